// gridgrad/element.hpp: the types a sample can have, and the type of its derivative
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "gridgrad/api.hpp"

namespace gridgrad {

/// IEEE binary16, for storage: computed in float and rounded once, to nearest even.
struct Float16 {
  std::uint16_t bits = 0;
  friend bool operator==(Float16, Float16) = default;
};

/// The upper half of a binary32, for storage, as Float16.
struct BFloat16 {
  std::uint16_t bits = 0;
  friend bool operator==(BFloat16, BFloat16) = default;
};

[[nodiscard]] GRIDGRAD_API float to_float(Float16 value) noexcept;
[[nodiscard]] GRIDGRAD_API float to_float(BFloat16 value) noexcept;
[[nodiscard]] GRIDGRAD_API Float16 to_float16(float value) noexcept;
[[nodiscard]] GRIDGRAD_API BFloat16 to_bfloat16(float value) noexcept;

/// The element type of an array that is known only at run time.
enum class ElementType : std::uint8_t {
  float16,
  bfloat16,
  float32,
  float64,
  complex64,
  complex128,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
};

/// "float32", "complex128", ...: the names of NumPy.
[[nodiscard]] GRIDGRAD_API std::string_view name(ElementType type) noexcept;

/// Bytes of one element.
[[nodiscard]] GRIDGRAD_API std::size_t size_of(ElementType type) noexcept;

/// Type of the derivative of a field of `type`: the same for floating and complex types,
/// float64 for integers.
[[nodiscard]] GRIDGRAD_API ElementType result_type(ElementType type) noexcept;

/// The integers that are numbers: neither bool nor a character type.
template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

template <class T>
concept Element = Integer<T> || std::same_as<T, float> || std::same_as<T, double> ||
    std::same_as<T, std::complex<float>> || std::same_as<T, std::complex<double>> ||
    std::same_as<T, Float16> || std::same_as<T, BFloat16>;

/// The run-time name of T; `long` and `long long` are both int64 where they have 8 bytes.
template <Element T>
[[nodiscard]] constexpr ElementType element_type() noexcept {
  if constexpr (std::same_as<T, Float16>) return ElementType::float16;
  if constexpr (std::same_as<T, BFloat16>) return ElementType::bfloat16;
  if constexpr (std::same_as<T, float>) return ElementType::float32;
  if constexpr (std::same_as<T, double>) return ElementType::float64;
  if constexpr (std::same_as<T, std::complex<float>>) return ElementType::complex64;
  if constexpr (std::same_as<T, std::complex<double>>) return ElementType::complex128;
  if constexpr (Integer<T>) {
    constexpr ElementType smallest =
        std::is_signed_v<T> ? ElementType::int8 : ElementType::uint8;
    constexpr int doublings = sizeof(T) == 1   ? 0
                              : sizeof(T) == 2 ? 1
                              : sizeof(T) == 4 ? 2
                                               : 3;
    return static_cast<ElementType>(static_cast<int>(smallest) + doublings);
  }
}

/// Element type of the derivative of a field of T.
template <Element T>
using Result = std::conditional_t<Integer<T>, double, T>;

}  // namespace gridgrad

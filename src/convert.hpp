// convert.hpp: samples as they are stored, and as they are computed
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "half.hpp"
#include "kernels/halves.hpp"
#include "tiling.hpp"

namespace gridgrad {

// One element to another type. Exact, but for results stored in 16 bits, which are
// rounded once to nearest even, and 64-bit integers as double, which are rounded. As
// std::int64_t an unsigned integer is moved down by 2^63, so that every difference stays
// the same.
template <class To, class From>
[[nodiscard]] To converted(From value) noexcept {
  if constexpr (std::same_as<From, Float16> || std::same_as<From, BFloat16>) {
    return widened(value);
  } else if constexpr (std::same_as<To, Float16>) {
    return narrowed_to_float16(value);
  } else if constexpr (std::same_as<To, BFloat16>) {
    return narrowed_to_bfloat16(value);
  } else if constexpr (std::same_as<From, std::uint64_t> &&
                       std::same_as<To, std::int64_t>) {
    return static_cast<std::int64_t>(value ^ std::uint64_t{1} << 63);
  } else {
    return static_cast<To>(value);
  }
}

// The strides of a contiguous block in C order.
inline PerDimension<std::ptrdiff_t> dense_strides(std::span<const std::size_t> extents) {
  PerDimension<std::ptrdiff_t> strides(extents.size(), 1);
  for (std::size_t d = extents.size(); d-- > 1;) {
    strides[d - 1] = strides[d] * static_cast<std::ptrdiff_t>(extents[d]);
  }
  return strides;
}

// A block of an array: pointer to its first sample, and strides.
template <class T>
struct Samples {
  T* first;
  std::span<const std::ptrdiff_t> strides;
};

template <class T>
inline constexpr bool is_half = std::same_as<T, Float16> || std::same_as<T, BFloat16>;

// The innermost loop. The strides that occur most are constants there, for the compiler
// to make vectors of.
template <class From, class To, class FromStride, class ToStride>
void convert_line(std::size_t count, const From* from, FromStride from_stride, To* to,
                  ToStride to_stride) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    to[at * to_stride] = converted<To>(from[at * from_stride]);
  }
}

// Halves have kernels of their own.
template <class From, class To>
void convert_dense(std::size_t count, const From* from, To* to) {
  if constexpr (is_half<From>) {
    kernels::widen(from, to, count);
  } else if constexpr (is_half<To>) {
    kernels::narrow(from, to, count);
  } else {
    using One = std::integral_constant<std::ptrdiff_t, 1>;
    convert_line(count, from, One(), to, One());
  }
}

// Copies a block of the given extents, element by element. Precondition: ensure_target()
// has run.
template <class From, class To>
void convert(std::span<const std::size_t> extents, Samples<const From> from,
             Samples<To> to) {
  if (extents.size() == 1) {
    using Forward = std::integral_constant<std::ptrdiff_t, 1>;
    using Backward = std::integral_constant<std::ptrdiff_t, -1>;
    const std::ptrdiff_t read = from.strides[0];
    const std::ptrdiff_t written = to.strides[0];
    const auto line = [&](auto from_stride, auto to_stride) {
      convert_line(extents[0], from.first, from_stride, to.first, to_stride);
    };
    if (read == 1 && written == 1) {
      return convert_dense(extents[0], from.first, to.first);
    }
    if (read == -1 && written == 1) return line(Backward(), Forward());
    if (read == 1 && written == -1) return line(Forward(), Backward());
    return line(read, written);
  }
  for (std::size_t i = 0; i < extents[0]; ++i) {
    convert<From, To>(extents.subspan(1), {from.first, from.strides.subspan(1)},
                      {to.first, to.strides.subspan(1)});
    from.first += from.strides[0];
    to.first += to.strides[0];
  }
}

}  // namespace gridgrad

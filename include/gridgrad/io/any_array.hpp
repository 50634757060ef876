// gridgrad/io/any_array.hpp: an owning array whose element type is known only at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "gridgrad/array.hpp"
#include "gridgrad/element.hpp"
#include "gridgrad/field_traits.hpp"

namespace gridgrad::io {

/// The samples of a file, in the type they have there. Alternatives in the order of
/// ElementType.
using AnyArray =
    std::variant<Array<Float16>, Array<BFloat16>, Array<float>, Array<double>,
                 Array<std::complex<float>>, Array<std::complex<double>>,
                 Array<std::int8_t>, Array<std::int16_t>, Array<std::int32_t>,
                 Array<std::int64_t>, Array<std::uint8_t>, Array<std::uint16_t>,
                 Array<std::uint32_t>, Array<std::uint64_t>>;

/// How the axes of a contiguous array lie in memory.
enum class MemoryOrder {
  c,        ///< the last axis is contiguous
  fortran,  ///< the first axis is contiguous
};

/// Strides of a contiguous array, in elements.
[[nodiscard]] std::vector<std::ptrdiff_t> contiguous_strides(
    std::span<const std::size_t> extents, MemoryOrder order);

/// An array of `type`; samples are not initialised. Throws Error: bad_shape over max_rank
/// axes; std::bad_alloc.
[[nodiscard]] AnyArray make_array(ElementType type, std::span<const std::size_t> extents,
                                  MemoryOrder order = MemoryOrder::c);

[[nodiscard]] inline ElementType type_of(const AnyArray& array) noexcept {
  return static_cast<ElementType>(array.index());
}

[[nodiscard]] inline std::span<const std::size_t> extents_of(const AnyArray& array) {
  return std::visit([](const auto& typed) { return typed.extents(); }, array);
}

/// The samples as bytes, in memory order.
[[nodiscard]] inline std::span<std::byte> bytes_of(AnyArray& array) {
  return std::visit(
      [](auto& typed) {
        return std::as_writable_bytes(std::span(typed.data(), typed.size()));
      },
      array);
}
[[nodiscard]] inline std::span<const std::byte> bytes_of(const AnyArray& array) {
  return std::visit(
      [](const auto& typed) {
        return std::as_bytes(std::span(typed.data(), typed.size()));
      },
      array);
}

/// As the compiled functions take it; refers to the array.
[[nodiscard]] inline AnyField field_of(const AnyArray& array) {
  return std::visit(
      [&](const auto& typed) {
        return AnyField(typed.data(), type_of(array), typed.extents(), typed.strides());
      },
      array);
}
[[nodiscard]] inline AnyOutput output_of(AnyArray& array) {
  return std::visit(
      [&](auto& typed) {
        return AnyOutput(typed.data(), type_of(array), typed.extents(), typed.strides());
      },
      array);
}

/// Calls f(view) with the StridedView of the samples in their own type.
template <class F>
decltype(auto) with_view(const AnyArray& array, F&& f) {
  return std::visit([&](const auto& typed) { return f(gridgrad::view(typed)); }, array);
}

}  // namespace gridgrad::io

// gridgrad/adapt/mdspan.hpp: fields held by std::mdspan
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <mdspan>

#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// Any layout with strides; not layouts that permute or pack samples, nor accessors that
/// compute them. Writes through an mdspan of non-const elements are allowed.
///
/// Results are `Array`s with the shape and the memory order of the field.
template <class T, class Extents, class Layout, class Accessor>
struct FieldTraits<std::mdspan<T, Extents, Layout, Accessor>> {
  using Mdspan = std::mdspan<T, Extents, Layout, Accessor>;

  static StridedView<T> view(const Mdspan& field) {
    static_assert(
        Mdspan::is_always_strided(),
        "the samples of this mdspan have no strides: copy them to layout_right");
    static_assert(std::same_as<typename Mdspan::data_handle_type, T*> &&
                      std::same_as<typename Mdspan::reference, T&>,
                  "the accessor of this mdspan computes its samples: store them first");
    constexpr std::size_t rank = Mdspan::rank();
    std::array<std::size_t, rank> extents{};
    std::array<std::ptrdiff_t, rank> strides{};
    // Mappings of rank 0 have no stride() to name.
    if constexpr (rank > 0) {
      for (std::size_t axis = 0; axis < rank; ++axis) {
        extents[axis] = static_cast<std::size_t>(field.extent(axis));
        strides[axis] = static_cast<std::ptrdiff_t>(field.stride(axis));
      }
    }
    return {field.data_handle(), extents, strides};
  }

  template <Element R>
  static Array<R> result(const Mdspan& field) {
    return Array<R>::like(view(field));
  }
};

}  // namespace gridgrad

// gridgrad/adapt/xtensor.hpp: fields held by xtensor's containers, adaptors and views
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>
#include <xtensor/xarray.hpp>
#include <xtensor/xtensor.hpp>

#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// xarray, xtensor, their adaptors, and views with strides, in any layout. Results are
/// xtensors where the rank is known at compile time, xarrays otherwise, with the shape,
/// the layout and the memory order of the field.
template <class Container>
requires xt::is_xexpression<Container>::value struct FieldTraits<Container> {
  static auto view(const Container& field) { return lower(field); }
  static auto view(Container& field) { return lower(field); }

  template <Element R>
  static auto result(const Container& field) {
    constexpr std::size_t rank = xt::get_rank<Container>::value;
    constexpr xt::layout_type layout = Container::static_layout;
    using Samples = typename std::conditional_t<
        rank == SIZE_MAX, std::type_identity<xt::xarray<R, layout>>,
        std::type_identity<xt::xtensor<R, rank, layout>>>::type;
    const auto from = lower(field);
    const std::vector<std::size_t> shape(from.extents().begin(), from.extents().end());
    Samples samples;
    if constexpr (layout == xt::layout_type::dynamic) {
      const auto strides = strides_like(from.extents(), from.strides());
      using Strides = typename Samples::strides_type;
      samples.resize(shape, xtl::forward_sequence<Strides, decltype(strides)>(strides));
    } else {
      samples.resize(shape);
    }
    return samples;
  }

 private:
  template <class Self>
  static auto lower(Self& field) {
    static_assert(
        xt::has_data_interface<Container>::value && xt::has_strides<Container>::value,
        "this xtensor expression has no samples in memory: pass xt::eval of it");
    auto* first = field.data() + static_cast<std::ptrdiff_t>(field.data_offset());
    const std::vector<std::size_t> extents(field.shape().begin(), field.shape().end());
    const std::vector<std::ptrdiff_t> strides(field.strides().begin(),
                                              field.strides().end());
    return StridedView<std::remove_pointer_t<decltype(first)>>(first, extents, strides);
  }
};

}  // namespace gridgrad

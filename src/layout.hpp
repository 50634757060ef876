// layout.hpp: the dimensions of a call, in the order of memory and as few as will do
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "sweep.hpp"
#include "tiling.hpp"

namespace gridgrad {

// Strides, and where the first element of the domain stands.
struct ViewLayout : PerDimension<std::ptrdiff_t> {
  std::ptrdiff_t first = 0;
};

// Where one term writes, and its axis among the dimensions. Numbers per line at an end
// have strides too, in C order, 0 along the axis.
struct TermLayout {
  ViewLayout out;
  std::array<ViewLayout, 2> ends;
  std::size_t axis = 0;
};

// Dimensions from the slowest to the fastest of the field. Those of extent 1 are left
// out; neighbours that every view steps through as one are merged, unless a term
// differentiates along them, and those that the field steps through backwards are turned.
// A complex sample is one more dimension, of two reals.
struct Layout {
  PerDimension<std::size_t> extents;  // along an axis: the larger of samples and rows
  ViewLayout in;
  ViewLayout mask;  // 0 without a mask
  boost::container::small_vector<TermLayout, 4> terms;
};

[[nodiscard]] Layout layout(const AnyField& field, std::span<const Term> terms);

}  // namespace gridgrad

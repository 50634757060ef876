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

// Where one term writes: strides of its output, and its axis among the dimensions.
// Numbers per line at an end have strides too, in C order, 0 along the axis.
struct TermLayout {
  PerDimension<std::ptrdiff_t> out;
  std::array<PerDimension<std::ptrdiff_t>, 2> ends;
  std::size_t axis = 0;
};

// Dimensions from the slowest to the fastest of the field. Those of extent 1 are left
// out; neighbours that every view steps through as one are merged, unless a term
// differentiates along them. A complex sample is one more dimension, of two reals.
struct Layout {
  PerDimension<std::size_t> extents;  // along an axis: the larger of samples and rows
  PerDimension<std::ptrdiff_t> in;
  PerDimension<std::ptrdiff_t> mask;  // 0 without a mask
  boost::container::small_vector<TermLayout, 4> terms;
};

[[nodiscard]] Layout layout(const AnyField& field, std::span<const Term> terms);

}  // namespace gridgrad

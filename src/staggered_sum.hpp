// staggered_sum.hpp: one component of an operator on a staggered grid
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/container/static_vector.hpp>
#include <cstddef>
#include <vector>

#include "gridgrad/execution.hpp"
#include "gridgrad/marked_view.hpp"

namespace gridgrad {

// Numbers that broadcast against an array; a stride per axis of that array.
struct Measure {
  const double* numbers = nullptr;  // null: 1 everywhere
  std::vector<std::ptrdiff_t> strides = {};
};

// Which two values result k differs: k + below and the next, of `count`.
struct Neighbours {
  enum class Beyond { wraps, is_zero, has_no_difference };

  std::ptrdiff_t below;
  std::size_t count;
  Beyond beyond;
};

// A difference along an axis, (f_upper measure_upper - f_lower measure_lower) / distance.
struct StaggeredTerm {
  AnyField field;
  Measure measure;
  std::size_t axis;
  Neighbours neighbours;
  const double* distances = nullptr;  // one per result along the axis; null: 1
  bool is_subtracted = false;
};

// The sum of the terms from the left, over the divisor.
struct StaggeredSum {
  AnyOutput out;
  boost::container::static_vector<StaggeredTerm, 3> terms = {};
  Measure divisor = {};
};

// Preconditions: all arrays are float32 or all float64, and fit.
void evaluate(const StaggeredSum& sum, Execution execution);

}  // namespace gridgrad

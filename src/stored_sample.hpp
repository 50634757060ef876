// stored_sample.hpp: one sample as it is stored, read as a double
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <limits>

#include "convert.hpp"

namespace gridgrad {

// What stands for a missing sample once it is read.
inline constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

template <class S>
[[nodiscard]] double value_of(S sample) noexcept {
  return static_cast<double>(converted<double>(sample));
}

// Whether a sample is the number that stands for a missing one, compared in its own type.
// Precondition: the type has the number.
template <class S>
[[nodiscard]] bool is_filled(S sample, double fill) noexcept {
  if constexpr (Integer<S>) {
    return sample == static_cast<S>(fill);
  } else {
    return value_of(sample) == fill;
  }
}

}  // namespace gridgrad

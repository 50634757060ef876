// coordinates.hpp: the positions behind an Axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "double_double.hpp"

namespace gridgrad {

// The distances from each position to the next along one dimension.
struct Gaps {
  bool have_one_sign = false;  // on all lines: each is increasing, or each is decreasing
  double smallest = 0;         // magnitudes, rounded once
  double largest = 0;
};

// Position i is high[i] + low[i] exactly. 64-bit integers need both; `low` is empty where
// the first suffices.
struct Coordinates {
  std::vector<double> high;
  std::vector<double> low;
  // Unit in the last place of the largest magnitude, in the type the positions came in: 0
  // for integers.
  double ulp = 0;
  // Bits of the significand of that type; 0 for integers.
  int digits = 0;
  // Shape of positions that vary along several axes, in C order; else one extent.
  std::vector<std::size_t> extents = {};
  // Per dimension, of positions that vary along several axes without low parts.
  std::vector<Gaps> gaps = {};
  double largest = 0;  // magnitude

  [[nodiscard]] std::size_t size() const noexcept { return high.size(); }
  [[nodiscard]] DoubleDouble operator[](std::size_t i) const noexcept {
    return {high[i], low.empty() ? 0.0 : low[i]};
  }

  [[nodiscard]] bool is_line() const noexcept { return extents.size() <= 1; }

  // Every `step`-th position from `first` on, `count` in all, as a line.
  [[nodiscard]] Coordinates line(std::size_t first, std::size_t step,
                                 std::size_t count) const;
};

}  // namespace gridgrad

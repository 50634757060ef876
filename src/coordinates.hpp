// coordinates.hpp: the positions behind an Axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "double_double.hpp"

namespace gridgrad {

// Position i is high[i] + low[i] exactly. 64-bit integers need both; `low` is empty where
// the first suffices.
struct Coordinates {
  std::vector<double> high;
  std::vector<double> low;
  // Unit in the last place of the largest magnitude, in the type the positions came in: 0
  // for integers.
  double ulp = 0;

  [[nodiscard]] std::size_t size() const noexcept { return high.size(); }
  [[nodiscard]] DoubleDouble operator[](std::size_t i) const noexcept {
    return {high[i], low.empty() ? 0.0 : low[i]};
  }
};

}  // namespace gridgrad

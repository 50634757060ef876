// cli/picks.hpp: what AXIS=SAMPLE means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gridgrad::cli {

// The one sample that is taken along an axis.
struct Pick {
  std::size_t axis = 0;
  std::string name;  // of the axis
  std::size_t sample = 0;
  std::size_t extent = 0;
};

struct PickableAxes {
  const char* option;  // that messages name
  std::vector<std::string> names;
  std::span<const std::size_t> extents;
};

// Those that are asked for, then axes of one sample. Throws Error: bad_argument, bad_axis
// naming the axes and how many samples there are.
[[nodiscard]] std::vector<Pick> picks_of(const std::vector<std::string>& words,
                                         const PickableAxes& axes);

// The axes along which all samples are taken.
[[nodiscard]] std::vector<std::size_t> axes_left(const std::vector<Pick>& picks,
                                                 std::size_t rank);

}  // namespace gridgrad::cli

// cli/picks.hpp: what AXIS=SAMPLE means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "component.hpp"

namespace gridgrad::cli {

// The one sample that is taken along an axis.
struct Pick {
  std::size_t axis = 0;
  std::string name;  // of the axis
  std::size_t sample = 0;
  std::size_t extent = 0;
  std::string nearest = {};  // its coordinate, if one was asked for
};

struct PickableAxes {
  const char* option;  // that messages name
  std::vector<std::string> names;
  std::span<const std::size_t> extents;
  // Where the samples along an axis stand; nothing where they are only counted.
  std::function<std::optional<Positions>(std::size_t)> positions;
};

// Those that are asked for, then axes of one sample: "lat=3" is a sample, "lat=@47.5" and
// "time=@2001-07-01" the one that is nearest there. Throws Error: bad_argument, bad_axis
// naming the axes and what there is along them.
[[nodiscard]] std::vector<Pick> picks_of(const std::vector<std::string>& words,
                                         const PickableAxes& axes);

// The axes along which all samples are taken.
[[nodiscard]] std::vector<std::size_t> axes_left(const std::vector<Pick>& picks,
                                                 std::size_t rank);

}  // namespace gridgrad::cli

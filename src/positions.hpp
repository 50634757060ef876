// positions.hpp: what the positions of samples say about their axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "coordinates.hpp"
#include "double_double.hpp"
#include "gridgrad/axis.hpp"

namespace gridgrad {

// Throws Error unless there is one position per sample and no nodes of a row, which reads
// at most `nodes` neighbours, coincide. All positive positions that are not monotone are
// refused as increments.
void check_positions(const Coordinates& positions, std::size_t extent, std::size_t nodes,
                     const std::optional<std::size_t>& field_axis);

[[nodiscard]] bool is_monotone(const Coordinates& positions);

// Where the samples of an axis stand: so far apart, or at positions.
struct Placement {
  std::optional<DoubleDouble> spacing;
  std::shared_ptr<const Coordinates> positions;  // not read where there is a spacing
};

// Equal spacing is h = (x_last - x_first) / (n - 1), or period / n on a periodic axis, if
// every position is within 2 ulp of x_first + i h and 2 ulp are at most h / 100; integers
// must be equally spaced exactly. Precondition: the axis was checked.
[[nodiscard]] Placement placement_of(const Axis& axis, std::size_t extent);

}  // namespace gridgrad

// positions.hpp: what the positions of samples say about their axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>

#include "coordinates.hpp"
#include "double_double.hpp"

namespace gridgrad {

// Throws Error unless there is one position per sample and no row's nodes coincide. All
// positive positions that are not monotone are refused as increments.
void check_positions(const Coordinates& positions, std::size_t extent,
                     const std::optional<std::size_t>& field_axis);

// The spacing h = (x_last - x_first) / (n - 1) if every position is within 2 ulp of
// x_first + i h and 2 ulp are at most h / 100; integers must be equally spaced exactly.
[[nodiscard]] std::optional<DoubleDouble> uniform_spacing(const Coordinates& positions);

}  // namespace gridgrad

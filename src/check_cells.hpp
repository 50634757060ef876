// check_cells.hpp: everything that keeps an axis from having cells
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/axis.hpp"
#include "gridgrad/interpolant.hpp"

namespace gridgrad {

// Samples that a row at a location reads.
[[nodiscard]] std::size_t window_of(const InterpolantOptions& options);

// Throws Error as documented at AnyInterpolant, for what checked_plan() does not see.
void check_cells(const Axis& axis, std::size_t extent, const InterpolantOptions& options,
                 std::size_t field_axis);

}  // namespace gridgrad

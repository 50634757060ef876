// check_axis.hpp: everything that can be wrong with an axis, its extent and a scheme
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>

#include "row_builder.hpp"

namespace gridgrad {

// Throws Error as documented at Difference.
[[nodiscard]] AxisPlan checked_plan(const Axis& axis, std::size_t extent,
                                    const Scheme& scheme,
                                    const std::optional<std::size_t>& field_axis);

}  // namespace gridgrad

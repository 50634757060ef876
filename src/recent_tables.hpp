// recent_tables.hpp: the rows of equally spaced axes, kept from call to call
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>

#include "gridgrad/axis.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/scheme.hpp"
#include "row_table.hpp"

namespace gridgrad {

// What RowTable's constructor makes of these, and throws; taken from the last few calls
// of this thread where the axis is given by a spacing: of small fields the rows cost more
// than the results.
[[nodiscard]] std::shared_ptr<const RowTable> table_of(const Axis& axis,
                                                       std::size_t extent,
                                                       const Scheme& scheme,
                                                       Execution execution,
                                                       std::size_t field_axis);

}  // namespace gridgrad

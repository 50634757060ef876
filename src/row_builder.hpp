// row_builder.hpp: from an axis rule and a scheme to rows
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/axis.hpp"
#include "gridgrad/execution.hpp"
#include "orders.hpp"
#include "positions.hpp"
#include "row_table.hpp"

namespace gridgrad {

// Where the samples of an axis stand, and which of them have rows.
struct AxisPlan {
  const Axis& axis;
  Orders orders;
  Placement placement;
  std::size_t extent;

  // Reach of the rows away from the ends.
  [[nodiscard]] StencilReach reach() const noexcept;

  // The samples that have rows of their own.
  [[nodiscard]] Range rows() const noexcept;
};

// Fills a table of `plan.extent` samples whose own_sample is plan.rows().first. Rows with
// weights of their own are computed on several threads.
void build_rows(RowTable& table, const AxisPlan& plan, Execution execution);

}  // namespace gridgrad

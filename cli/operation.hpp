// cli/operation.hpp: an operator, checked, then computed
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "component.hpp"
#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/tiled_operator.hpp"
#include "gridgrad/metric.hpp"
#include "gridgrad/terrain.hpp"
#include "operators.hpp"

namespace gridgrad::cli {

struct Operation {
  Operator op = Operator::grad;
  std::vector<Component> components;  // the axes, in the order of those of a vector
  Metric metric = {};
  Scheme scheme = {};
  std::vector<double> constants = {};  // a direction, in place of operands
  Terrain terrain = {};
};

// Throws what the library says of a rule that does not fit its axis, with the axis's
// name, and Error: bad_axis for a curl of other than two or three axes, and for terrain
// of other than two.
void require_fit(const Operation& operation, std::span<const std::size_t> extents);

// Throws Error as GridOperator.
[[nodiscard]] io::SharedOperator operator_of(const Operation& operation,
                                             std::span<const std::size_t> extents,
                                             Execution execution);

// The same with one result each.
[[nodiscard]] std::vector<io::SharedOperator> operators_by_result(
    const Operation& operation, std::span<const std::size_t> extents,
    Execution execution);

// The shape of so many results together: that of a field, after their number if they are
// several.
[[nodiscard]] std::vector<std::size_t> stacked_shape(
    std::size_t results, std::span<const std::size_t> extents);

// Several results are stacked in C order; one has the memory order asked for.
[[nodiscard]] io::AnyArray compute(const io::TiledOperator& op,
                                   std::span<const AnyField> fields,
                                   io::MemoryOrder order, Execution execution);

}  // namespace gridgrad::cli

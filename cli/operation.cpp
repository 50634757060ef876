// cli/operation.cpp: the one call of the engine
//
// SPDX-License-Identifier: BSD-3-Clause

#include "operation.hpp"

#include <string>
#include <utility>
#include <variant>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

// What gradient computes: it alone has higher derivatives and positions that vary.
bool is_plain_gradient(const Operation& operation) {
  return operation.op == Operator::grad && operation.metric.is_cartesian();
}

void require_lines(const Operation& operation) {
  for (const Component& component : operation.components) {
    if (!component.positions.rule.varies()) continue;
    throw Error(ErrorCode::bad_argument, "spacing",
                "positions of axis " + component.name + " vary along other axes; " +
                    name_of(operation.op) +
                    " needs one position for each sample of the axis");
  }
}

}  // namespace

void require_fit(const Operation& operation, std::span<const std::size_t> extents) {
  require_fit(operation.components, extents, operation.scheme);
  if (is_plain_gradient(operation)) return;
  require_lines(operation);
  if (operation.scheme.derivative != 1) {
    throw Error(ErrorCode::bad_argument, "derivative",
                std::to_string(operation.scheme.derivative) +
                    " given with a metric; of the second derivatives there are lap and "
                    "hess");
  }
  const std::size_t axes = operation.components.size();
  if (operation.op == Operator::curl && axes != 2 && axes != 3) {
    throw Error(ErrorCode::bad_axis, "axis",
                std::to_string(axes) + (axes == 1 ? " axis" : " axes") +
                    " given; curl has 2 or 3");
  }
  if (is_of_terrain(operation.op) && axes != 2) {
    throw Error(ErrorCode::bad_axis, "axis",
                std::to_string(axes) + (axes == 1 ? " axis" : " axes") + " given; " +
                    name_of(operation.op) + " has 2: east, north");
  }
  if (operation.op == Operator::lap || operation.op == Operator::hess) {
    Scheme second = operation.scheme;
    second.derivative = 2;
    require_fit(operation.components, extents, second);
  }
}

io::SharedOperator operator_of(const Operation& operation,
                               std::span<const std::size_t> extents,
                               Execution execution) {
  std::vector<Along> along = along_of(operation.components);
  if (is_plain_gradient(operation)) {
    return io::tiled_gradient(extents, std::move(along), operation.scheme, execution);
  }
  const std::size_t axes = along.size();
  const Grid grid = {std::move(along), operation.metric};
  std::vector<GridOperator> operators;
  if (is_of_terrain(operation.op)) {
    operators.emplace_back(operation.terrain, grid, extents, operation.scheme);
  }
  for (const Calculus calculus : calculus_of(operation.op, axes)) {
    operators.emplace_back(calculus, grid, extents, operation.scheme);
  }
  return io::tiled_calculus(std::move(operators), operation.constants);
}

std::vector<io::SharedOperator> operators_by_result(const Operation& operation,
                                                    std::span<const std::size_t> extents,
                                                    Execution execution) {
  std::vector<io::SharedOperator> operators;
  if (is_plain_gradient(operation)) {
    for (const Component& component : operation.components) {
      operators.push_back(io::tiled_gradient(extents, along_of({&component, 1}),
                                             operation.scheme, execution));
    }
    return operators;
  }
  const io::SharedOperator all = operator_of(operation, extents, execution);
  if (all->result_count() == 1) return {all};
  for (std::size_t k = 0; k < all->result_count(); ++k) {
    operators.push_back(io::one_result(all, k));
  }
  return operators;
}

std::vector<std::size_t> stacked_shape(std::size_t results,
                                       std::span<const std::size_t> extents) {
  std::vector<std::size_t> shape(extents.begin(), extents.end());
  if (results > 1) shape.insert(shape.begin(), results);
  return shape;
}

io::AnyArray compute(const io::TiledOperator& op, std::span<const AnyField> fields,
                     io::MemoryOrder order, Execution execution) {
  const std::span<const std::size_t> extents = fields.front().extents;
  const std::size_t results = op.result_count();
  const ElementType type = result_type(fields.front().type);
  io::AnyArray all = io::make_array(type, stacked_shape(results, extents),
                                    results > 1 ? io::MemoryOrder::c : order);
  const std::span<std::byte> bytes = io::bytes_of(all);
  const auto strides =
      io::contiguous_strides(extents, results > 1 ? io::MemoryOrder::c : order);
  std::vector<AnyOutput> outputs;
  for (std::size_t k = 0; k < results; ++k) {
    outputs.emplace_back(bytes.data() + k * (bytes.size() / results), type, extents,
                         strides);
  }
  op.apply(fields, outputs, io::whole_tile(extents), execution);
  return all;
}

}  // namespace gridgrad::cli

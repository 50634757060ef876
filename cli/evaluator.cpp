// cli/evaluator.cpp: the one call of the interpolant
//
// SPDX-License-Identifier: BSD-3-Clause

#include "evaluator.hpp"

#include <span>
#include <variant>

namespace gridgrad::cli {
namespace {

// The field without the axes along which one sample is taken.
template <class T>
StridedView<const T> picked(const Array<T>& samples, const LocatedField& field) {
  const T* first = samples.data();
  for (const Pick& pick : field.picks) {
    first += static_cast<std::ptrdiff_t>(pick.sample) * samples.strides()[pick.axis];
  }
  std::vector<std::size_t> extents;
  std::vector<std::ptrdiff_t> strides;
  for (const Component& component : field.components) {
    extents.push_back(samples.extents()[component.axis]);
    strides.push_back(samples.strides()[component.axis]);
  }
  return {first, extents, strides};
}

AnyInterpolant interpolant_of(const io::AnyArray& samples, const LocatedField& field,
                              const InterpolantOptions& options, Execution execution) {
  std::vector<Axis> rules;
  for (const Component& component : field.components) {
    rules.push_back(component.positions.rule);
  }
  return std::visit(
      [&](const auto& typed) {
        const auto view = picked(typed, field);
        return AnyInterpolant(AnyField(view), rules, options, execution);
      },
      samples);
}

}  // namespace

Evaluator::Evaluator(const io::AnyArray& samples, const LocatedField& field,
                     const InterpolantOptions& options, Execution execution)
    : interpolant_(interpolant_of(samples, field, options, execution)),
      field_(field),
      execution_(execution) {}

void Evaluator::evaluate(const PointBlock& block) {
  const std::size_t rank = interpolant_.rank();
  value_.resize(block.rows);
  gradient_.resize(block.rows * rank);
  status_.resize(block.rows);
  const std::vector<std::size_t> shape = {block.rows, rank};
  const std::span<const std::size_t> rows = std::span(shape).first(1);
  const auto value = StridedView<double>::contiguous(value_.data(), rows);
  const auto gradient = StridedView<double>::contiguous(gradient_.data(), shape);
  const auto status = StridedView<std::uint8_t>::contiguous(status_.data(), rows);
  interpolant_.evaluate(
      StridedView<const double>::contiguous(block.locations.data(), shape),
      {.value = value, .gradient = gradient, .status = status, .execution = execution_});
  for (double& number : value_) number = number * field_.factor + field_.offset;
  for (double& number : gradient_) number *= field_.factor;
  count();
}

void Evaluator::count() {
  tally_.all += status_.size();
  for (const std::uint8_t status : status_) {
    if (status == static_cast<std::uint8_t>(Status::outside)) ++tally_.outside;
    if (status == static_cast<std::uint8_t>(Status::missing)) ++tally_.missing;
  }
}

}  // namespace gridgrad::cli

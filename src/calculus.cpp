// calculus.cpp: what is refused, and what is done at poles
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/calculus.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "box_frame.hpp"
#include "calculus_plan.hpp"
#include "check_axis.hpp"
#include "gridgrad/error.hpp"
#include "message.hpp"
#include "metric_definition.hpp"
#include "pole_magnitude.hpp"
#include "poles.hpp"
#include "sweep.hpp"
#include "transpose.hpp"

namespace gridgrad {

void check_grid(const Grid& grid, std::span<const std::size_t> extents) {
  const auto shape = StridedView<double>::contiguous(nullptr, extents);
  if (grid.along.empty()) {
    throw Error(ErrorCode::bad_axis, "along", "no axis given; one at least is needed");
  }
  for (std::size_t k = 0; k < grid.along.size(); ++k) {
    const auto& [axis, rule] = grid.along[k];
    check_axis(shape, axis);
    for (std::size_t other = 0; other < k; ++other) {
      if (grid.along[other].axis != axis) continue;
      throw Error(ErrorCode::bad_axis, "along",
                  axis_text(axis) + " given twice; each component has its own");
    }
    if (rule.varies()) {
      throw Error(ErrorCode::unsupported, "along",
                  "positions along " + axis_text(axis) +
                      " vary along other axes; a line of positions and scale factors "
                      "(Metric::scaled) are needed");
    }
  }
}

void check_orientation(const Grid& grid, const char* operation) {
  if (grid.metric.is_cartesian()) return;
  const auto* const body = std::get_if<Geographic>(&grid.metric.definition()->kind);
  if (body == nullptr) return;
  const auto place = [&](std::size_t axis) {
    return std::ranges::find(grid.along, axis, &Along::axis);
  };
  if (place(body->axes.longitude) < place(body->axes.latitude)) return;
  throw Error(ErrorCode::bad_argument, "along",
              std::string("latitude before longitude given; ") + operation +
                  " needs east, north[, up]");
}

void check_derivative(const Scheme& scheme) {
  if (scheme.derivative != 1) {
    throw Error(ErrorCode::bad_argument, "derivative",
                std::to_string(scheme.derivative) +
                    " given; the operator says which derivatives it takes");
  }
}

namespace {

void check_calculus(Calculus calculus, const Grid& grid, const Scheme& scheme) {
  const std::size_t count = grid.along.size();
  check_derivative(scheme);
  if (calculus == Calculus::curl && count != 2 && count != 3) {
    throw Error(ErrorCode::bad_argument, "along",
                counted(count, "axis") + " given; a curl has 2 or 3 axes");
  }
  if (calculus == Calculus::rotation && count < 2) {
    throw Error(ErrorCode::bad_argument, "along",
                "1 axis given; a rotation needs 2 at least");
  }
  if (calculus == Calculus::curl || calculus == Calculus::rotation) {
    check_orientation(grid, "a curl");
  }
  if (calculus == Calculus::vector_laplacian && !grid.metric.is_cartesian()) {
    throw Error(ErrorCode::unsupported, "metric",
                "given for the Laplacian of a vector; it is there for lengths alone");
  }
}

// The block that a call holds, filled in.
HeldBlock held_block(const Domain& domain, const GridBlock& block) {
  HeldBlock held;
  const std::size_t rank = domain.samples.size();
  const auto check_count = [&](std::size_t count, const char* name) {
    if (count == 0 || count == rank) return;
    throw Error(ErrorCode::bad_argument, name,
                counted(count, "range") + " given for " + counted(rank, "axis") +
                    "; one each is needed");
  };
  check_count(block.rows.size(), "rows");
  check_count(block.samples.size(), "samples");
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const Range all = {0, domain.rows[axis]};
    held.rows.push_back(block.rows.empty() ? all : block.rows[axis]);
    held.samples.push_back(block.samples.empty()
                               ? SampleRanges(Range{0, domain.samples[axis]})
                               : SampleRanges(block.samples[axis]));
    const Range& rows = held.rows.back();
    if (rows.first > rows.last || rows.last > all.last) {
      throw Error(ErrorCode::bad_argument, "rows",
                  std::to_string(rows.first) + " to " + std::to_string(rows.last) +
                      " given along " + axis_text(axis) + "; within 0 to " +
                      std::to_string(all.last) + " is needed");
    }
  }
  return held;
}

std::vector<std::size_t> sample_extents(const HeldBlock& held) {
  std::vector<std::size_t> extents;
  for (const SampleRanges& ranges : held.samples) extents.push_back(ranges.size());
  return extents;
}

void check_fields(std::span<const AnyField> fields, std::size_t needed,
                  std::span<const std::size_t> extents) {
  if (fields.size() != needed) {
    throw Error(ErrorCode::bad_shape, "fields",
                counted(fields.size(), "field") + " given; " + std::to_string(needed) +
                    (needed == 1 ? " is needed" : " are needed"));
  }
  for (std::size_t k = 0; k < fields.size(); ++k) {
    const auto name = [&] {
      return needed == 1 ? std::string("field") : "fields[" + std::to_string(k) + "]";
    };
    if (!std::ranges::equal(fields[k].extents, extents)) {
      throw Error(ErrorCode::bad_shape, name(),
                  "shape " + shape_text(fields[k].extents) + " given; " +
                      shape_text(extents) + " is needed");
    }
    if (fields[k].type != fields[0].type) {
      throw Error(ErrorCode::bad_type, name(),
                  std::string(gridgrad::name(fields[k].type)) +
                      " given; all need the type of the first, " +
                      std::string(gridgrad::name(fields[0].type)));
    }
  }
}

// Products, roots and angles are those of numbers, not of real and imaginary parts.
void check_real(const CalculusPlan& plan, const AnyField& field) {
  if (!is_complex(field.type)) return;
  const char* what = nullptr;
  if (!plan.is_linear) what = "magnitudes and directional derivatives are of real fields";
  if (plan.is_of_reals) what = "real heights are needed";
  if (what == nullptr) return;
  throw Error(ErrorCode::bad_type, plan.fields == 1 ? "field" : "fields[0]",
              std::string(name(field.type)) + " given; " + what);
}

// Every derivative by itself, as `gradient` checks it.
void check_steps(const CalculusPlan& plan, std::span<const AnyField> fields,
                 const HeldBlock& held) {
  std::vector<std::ptrdiff_t> strides(plan.domain.samples.size(), 0);
  for (const Formula& formula : plan.formulas) {
    for (const Summand& summand : formula.summands) {
      for (const RowStep& step : summand.steps) {
        const AnyField& field = fields[summand.field];
        std::vector<std::size_t> shape(field.extents.begin(), field.extents.end());
        shape[step.axis] = held.rows[step.axis].size();
        const Term term = {step.table.get(),
                           step.axis,
                           AnyOutput(nullptr, result_type(field.type), shape, strides),
                           rows_of(step, plan.domain, held.rows[step.axis]),
                           held.samples[step.axis],
                           step.ends};
        check_terms(field, {&term, 1});
      }
    }
  }
}

// Own samples are needed of the axes that an operator does not differentiate along, too.
void check_own_samples(const Domain& domain, const HeldBlock& held) {
  for (std::size_t axis = 0; axis < domain.rows.size(); ++axis) {
    const Range& rows = held.rows[axis];
    if (rows.size() == 0) continue;
    const std::size_t shift = domain.shift[axis];
    if (held.samples[axis].contains({rows.first + shift, rows.last + shift})) continue;
    throw Error(ErrorCode::bad_argument, "samples",
                "those of rows " + std::to_string(rows.first) + " to " +
                    std::to_string(rows.last) + " along " + axis_text(axis) +
                    " are needed, too");
  }
}

void check_results(std::span<const AnyField> fields, std::span<const AnyOutput> out,
                   const HeldBlock& held, std::size_t needed) {
  if (out.size() != needed) {
    throw Error(ErrorCode::bad_shape, "out",
                counted(out.size(), "result") + " given; " + std::to_string(needed) +
                    (needed == 1 ? " is needed" : " are needed"));
  }
  std::vector<std::size_t> shape;
  for (const Range& rows : held.rows) shape.push_back(rows.size());
  for (std::size_t k = 0; k < out.size(); ++k) {
    const std::string name = needed == 1 ? "out" : "out[" + std::to_string(k) + "]";
    if (!std::ranges::equal(out[k].extents, shape)) {
      throw Error(ErrorCode::bad_shape, name,
                  "shape " + shape_text(out[k].extents) + " given; " + shape_text(shape) +
                      " is needed");
    }
    if (out[k].type != result_type(fields[0].type)) {
      throw Error(ErrorCode::bad_type, name,
                  std::string(gridgrad::name(out[k].type)) + " given; that of " +
                      std::string(gridgrad::name(fields[0].type)) + " is " +
                      std::string(gridgrad::name(result_type(fields[0].type))));
    }
  }
  check_overlap(fields, out);
}

// Poles that have a row: a halo has none, and may leave too few parallels.
std::vector<Pole> poles_of_rows(const Domain& domain, std::span<const Pole> poles) {
  std::vector<Pole> kept;
  for (Pole pole : poles) {
    const std::size_t shift = domain.shift[pole.axis];
    const std::size_t rows = domain.rows[pole.axis];
    if (pole.sample < shift || pole.sample - shift >= rows) continue;
    if (pole.weights.size() >= rows) {
      throw Error(ErrorCode::too_few_samples, "along",
                  counted(rows - 1, "parallel") +
                      " beside the pole without a halo along " + axis_text(pole.axis) +
                      " given; " + std::to_string(pole.weights.size()) + " are needed");
    }
    pole.sample -= shift;
    kept.push_back(std::move(pole));
  }
  return kept;
}

}  // namespace

namespace traits {

void require_components(std::size_t count) {
  if (count > 0) return;
  throw Error(ErrorCode::bad_shape, "fields", "none given; one per axis is needed");
}

}  // namespace traits

std::shared_ptr<CalculusPlan> plan_without_formulas(std::span<const std::size_t> extents,
                                                    const Scheme& scheme) {
  auto plan = std::make_shared<CalculusPlan>();
  plan->domain.samples.assign(extents.begin(), extents.end());
  plan->domain.rows = plan->domain.samples;
  plan->domain.shift.assign(extents.size(), 0);
  plan->has_missing = !std::holds_alternative<NoneMissing>(scheme.missing);
  return plan;
}

void shorten(CalculusPlan& plan, const FormulaBuilder& builder) {
  Domain& domain = plan.domain;
  const auto shorten_to = [&](const RowStep& step) {
    const auto own = static_cast<std::size_t>(step.table->own_sample());
    std::size_t& shift = domain.shift[step.axis];
    std::size_t& rows = domain.rows[step.axis];
    const std::size_t last = std::min(shift + rows, own + step.table->row_count());
    shift = std::max(shift, own);
    rows = last > shift ? last - shift : 0;
  };
  for (const RowStep& step : builder.steps()) shorten_to(step);
  for (const Formula& formula : plan.formulas) {
    for (const Summand& summand : formula.summands) {
      for (const RowStep& step : summand.steps) shorten_to(step);
    }
  }
  plan.poles = poles_of_rows(domain, builder.terms().poles());
}

GridOperator::GridOperator(Calculus calculus, const Grid& grid,
                           std::span<const std::size_t> extents, const Scheme& scheme) {
  check_grid(grid, extents);
  check_calculus(calculus, grid, scheme);
  FormulaBuilder builder(calculus, grid, extents, scheme);
  const auto plan = plan_without_formulas(extents, scheme);
  builder.build(*plan);
  shorten(*plan, builder);
  plan_ = plan;
}

std::size_t GridOperator::field_count() const noexcept {
  return plan_->fields;
}

std::size_t GridOperator::result_count() const noexcept {
  return plan_->formulas.size();
}

const ResultAxes& GridOperator::axes_of_result(std::size_t k) const {
  return plan_->result_axes.at(k);
}

std::span<const std::size_t> GridOperator::extents() const noexcept {
  return plan_->domain.samples;
}

std::span<const std::size_t> GridOperator::result_extents() const noexcept {
  return plan_->domain.rows;
}

std::vector<Range> GridOperator::support(std::size_t axis, Range rows) const {
  const std::size_t shift = plan_->domain.shift.at(axis);
  SampleRanges samples(Range{rows.first + shift, rows.last + shift});
  for (const Formula& formula : plan_->formulas) {
    for (const Summand& summand : formula.summands) {
      for (const RowStep& step : summand.steps) {
        if (step.axis != axis) continue;
        const SampleRanges needed =
            step.table->support(rows_of(step, plan_->domain, rows));
        for (const Range& range : needed.ranges()) samples.include(range);
      }
    }
  }
  samples.reduce();
  return {samples.ranges().begin(), samples.ranges().end()};
}

bool GridOperator::may_cut(std::size_t axis) const noexcept {
  return std::ranges::none_of(plan_->poles, [&](const Pole& pole) {
    return pole.axis == axis || pole.longitude == axis;
  });
}

void GridOperator::apply(std::span<const AnyField> fields, std::span<const AnyOutput> out,
                         const GridBlock& block, Execution execution) const {
  const HeldBlock held = held_block(plan_->domain, block);
  check_fields(fields, field_count(), sample_extents(held));
  check_real(*plan_, fields[0]);
  check_own_samples(plan_->domain, held);
  check_steps(*plan_, fields, held);
  check_results(fields, out, held, result_count());
  for (std::size_t axis = 0; axis < held.rows.size(); ++axis) {
    if (may_cut(axis) || held.rows[axis].size() == plan_->domain.rows[axis]) continue;
    throw Error(ErrorCode::bad_argument, "rows",
                "some of " + axis_text(axis) +
                    " given; results at a pole need all latitudes and longitudes");
  }
  const FormulaCall call = {plan_->domain, plan_->formulas, fields, out, held};
  evaluate(call, execution);
  const bool is_root = plan_->formulas[0].combination == Combination::magnitude;
  for (const Pole& pole : plan_->poles) {
    if (is_root) write_pole_magnitude(pole, call, execution);
    if (is_root) continue;
    for (std::size_t k = 0; k < out.size(); ++k) {
      const bool is_scalar = plan_->result_axes[k].empty();
      write_pole(pole, out[k],
                 is_scalar ? plan_->scalar_at_pole : AtPole::one_per_meridian);
    }
  }
}

GridOperator GridOperator::transposed() const {
  const char* obstacle = nullptr;
  if (!plan_->is_linear) obstacle = "an operator that is not linear in one field";
  if (plan_->has_missing) obstacle = "a rule for missing samples";
  if (!plan_->poles.empty()) obstacle = "a pole among the samples";
  if (plan_->domain.rows != plan_->domain.samples) obstacle = "a halo";
  if (obstacle != nullptr) {
    throw Error(ErrorCode::unsupported, "transposed", std::string(obstacle) + " given");
  }
  auto plan = std::make_shared<CalculusPlan>();
  plan->domain = plan_->domain;
  plan->fields = result_count();
  plan->formulas.resize(field_count());
  plan->result_axes.resize(field_count());
  for (std::size_t r = 0; r < plan_->formulas.size(); ++r) {
    for (const Summand& summand : plan_->formulas[r].summands) {
      Summand turned = {.field = r, .factor = summand.before, .before = summand.factor};
      for (std::size_t k = summand.steps.size(); k-- > 0;) {
        const RowStep& step = summand.steps[k];
        turned.steps.push_back(
            {step.axis, std::make_shared<RowTable>(gridgrad::transposed(*step.table))});
      }
      plan->formulas[summand.field].summands.push_back(std::move(turned));
    }
  }
  for (std::size_t k = 0; k < field_count(); ++k) {
    if (field_count() > 1) plan->result_axes[k] = {k};
  }
  return GridOperator(std::move(plan));
}

}  // namespace gridgrad

// calculus_formulas.cpp: the definitions of docs/calculus.md
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <string>
#include <utility>

#include "calculus_plan.hpp"
#include "gridgrad/error.hpp"
#include "known_ends.hpp"
#include "recent_tables.hpp"

namespace gridgrad {
namespace {

Factor times(Factor factor, double number) {
  for (double& value : factor.f64) value *= number;
  for (float& value : factor.f32) value *= static_cast<float>(number);
  return factor;
}

// Calls f(place in the result, place in a factor) for every number of a result of these
// extents.
template <class F>
void for_each_place(const std::vector<std::size_t>& extents, const Factor& factor,
                    const F& f) {
  std::vector<std::size_t> index(extents.size(), 0);
  std::size_t count = 1;
  for (const std::size_t extent : extents) count *= extent;
  for (std::size_t place = 0; place < count; ++place) {
    std::size_t from = 0;
    for (std::size_t d = 0; d < factor.extents.size(); ++d) {
      from = from * factor.extents[d] + (factor.extents[d] == 1 ? 0 : index[d]);
    }
    f(place, from);
    for (std::size_t d = extents.size(); d-- > 0;) {
      if (++index[d] < extents[d]) break;
      index[d] = 0;
    }
  }
}

// a and b where both are defined, by f, in double; rounded once more to float.
template <class F>
Factor combined(const Factor& a, const Factor& b, const F& f) {
  Factor result;
  if (a.extents.empty() && b.extents.empty()) {
    result.f64[0] = f(a.f64[0], b.f64[0]);
  } else {
    result.extents.assign(std::max(a.extents.size(), b.extents.size()), 1);
    std::size_t count = 1;
    for (std::size_t d = 0; d < result.extents.size(); ++d) {
      if (!a.extents.empty()) result.extents[d] = a.extents[d];
      if (!b.extents.empty()) {
        result.extents[d] = std::max(result.extents[d], b.extents[d]);
      }
      count *= result.extents[d];
    }
    result.f64.assign(count, 0);
    for_each_place(result.extents, a, [&](std::size_t place, std::size_t from) {
      result.f64[place] = a.f64[from];
    });
    for_each_place(result.extents, b, [&](std::size_t place, std::size_t from) {
      result.f64[place] = f(result.f64[place], b.f64[from]);
    });
  }
  result.f32.assign(result.f64.begin(), result.f64.end());
  return result;
}

Factor operator*(const Factor& a, const Factor& b) {
  return combined(a, b, [](double x, double y) { return x * y; });
}
Factor operator-(const Factor& a, const Factor& b) {
  return combined(a, b, [](double x, double y) { return x - y; });
}

void append(Formula& formula, Summand summand) {
  if (!summand.factor.is_zero()) formula.summands.push_back(std::move(summand));
}

// Derivatives before samples, in the order in which they were added.
void derivatives_first(Formula& formula) {
  std::ranges::stable_partition(
      formula.summands, [](const Summand& summand) { return !summand.steps.empty(); });
}

void append_times(Formula& to, const Formula& from, double number) {
  for (Summand summand : from.summands) {
    summand.factor = times(std::move(summand.factor), number);
    to.summands.push_back(std::move(summand));
  }
}

// The derivative along another axis of what is known at an end: 0 if that is one number.
EndValues differentiated(const EndValues& end) {
  if (!end.is_per_line()) return {};
  throw Error(ErrorCode::unsupported, "boundary",
              "a number per line given; mixed derivatives need one for all lines");
}

// What a calculus reads of the metric.
MetricUse use_of(Calculus calculus) {
  switch (calculus) {
    case Calculus::gradient:
    case Calculus::magnitude:
    case Calculus::directional:
      return MetricUse::slopes;
    case Calculus::laplacian:
      return MetricUse::laplacian;
    case Calculus::hessian:
    case Calculus::vector_laplacian:
      return MetricUse::all;
    case Calculus::divergence:
    case Calculus::curl:
    case Calculus::jacobian:
    case Calculus::strain_rate:
    case Calculus::rotation:
      break;
  }
  return MetricUse::vectors;
}

}  // namespace

FormulaBuilder::FormulaBuilder(Calculus calculus, const Grid& grid,
                               std::span<const std::size_t> extents, const Scheme& scheme)
    : calculus_(calculus),
      grid_(grid),
      extents_(extents.begin(), extents.end()),
      scheme_(scheme),
      terms_(grid.metric, grid.along, extents, scheme, use_of(calculus)),
      second_(grid.along.size()) {
  for (const auto& [axis, rule] : grid.along) {
    first_.push_back(
        {axis, table_of(rule, extents_[axis], scheme_, {}, axis), known_at(rule)});
  }
}

const RowStep& FormulaBuilder::second(std::size_t i) {
  if (!second_[i]) {
    Scheme scheme = scheme_;
    scheme.derivative = 2;
    const auto& [axis, rule] = grid_.along[i];
    second_[i] = {axis, table_of(rule, extents_[axis], scheme, {}, axis), known_at(rule)};
  }
  return *second_[i];
}

void FormulaBuilder::append_derivative(Formula& formula, std::size_t i, std::size_t j,
                                       double number) {
  append(formula,
         {.field = i, .steps = {first_[j]}, .factor = times(terms_.inverse(j), number)});
}

void FormulaBuilder::append_curvature(Formula& formula, std::size_t i, std::size_t j,
                                      double number) {
  if (i != j) {
    return append(formula,
                  {.field = j, .factor = times(terms_.curvature(j, i), -number)});
  }
  for (std::size_t k = 0; k < count(); ++k) {
    if (k == i) continue;
    append(formula, {.field = k, .factor = times(terms_.curvature(i, k), number)});
  }
}

Formula FormulaBuilder::jacobian(std::size_t i, std::size_t j) {
  Formula formula;
  append_derivative(formula, i, j, 1);
  append_curvature(formula, i, j, 1);
  return formula;
}

// number * (derivative of component i along j - that of j along i)
Formula FormulaBuilder::difference_of(std::size_t i, std::size_t j, double number) {
  Formula formula;
  append_times(formula, jacobian(i, j), number);
  append_times(formula, jacobian(j, i), -number);
  derivatives_first(formula);
  return formula;
}

Formula FormulaBuilder::strain(std::size_t i, std::size_t j) {
  if (i == j) return jacobian(i, i);
  Formula formula;
  append_times(formula, jacobian(i, j), 0.5);
  append_times(formula, jacobian(j, i), 0.5);
  derivatives_first(formula);
  return formula;
}

Formula FormulaBuilder::laplacian(std::size_t field) {
  Formula formula;
  for (std::size_t i = 0; i < count(); ++i) {
    append(formula, {.field = field, .steps = {second(i)}, .factor = terms_.second(i)});
  }
  for (std::size_t i = 0; i < count(); ++i) {
    if (grid_.metric.is_cartesian()) break;
    append(formula, {.field = field, .steps = {first_[i]}, .factor = terms_.first(i)});
  }
  return formula;
}

Formula FormulaBuilder::hessian(std::size_t i, std::size_t j) {
  Formula formula;
  if (i != j) {
    RowStep last = first_[j];
    last.ends = {differentiated(last.ends[0]), differentiated(last.ends[1])};
    append(formula,
           {.steps = {first_[i], last}, .factor = terms_.inverse(i) * terms_.inverse(j)});
    for (const auto& [k, other] : {std::pair(i, j), std::pair(j, i)}) {
      append(formula,
             {.steps = {first_[k]},
              .factor = times(terms_.curvature(k, other) * terms_.inverse(k), -1)});
    }
    return formula;
  }
  append(formula, {.steps = {second(i)}, .factor = terms_.second(i)});
  if (grid_.metric.is_cartesian()) return formula;
  Factor own = terms_.first(i);
  for (std::size_t k = 0; k < count(); ++k) {
    if (k != i) own = own - terms_.inverse(i) * terms_.curvature(k, i);
  }
  append(formula, {.steps = {first_[i]}, .factor = own});
  for (std::size_t k = 0; k < count(); ++k) {
    if (k == i) continue;
    append(formula,
           {.steps = {first_[k]}, .factor = terms_.curvature(i, k) * terms_.inverse(k)});
  }
  return formula;
}

// The sum or the magnitude of the components of a gradient; with a direction, those of
// fields 1, 2, ... times them.
Formula FormulaBuilder::along_gradient(bool has_direction) {
  Formula formula;
  for (std::size_t i = 0; i < count(); ++i) {
    append_derivative(formula, 0, i, 1);
    if (has_direction) formula.summands.back().multiplier = i + 1;
  }
  return formula;
}

Formula FormulaBuilder::divergence() {
  Formula formula;
  for (std::size_t i = 0; i < count(); ++i) append_times(formula, jacobian(i, i), 1);
  derivatives_first(formula);
  return formula;
}

void FormulaBuilder::build_of_scalar(CalculusPlan& plan) {
  plan.is_linear = calculus_ == Calculus::gradient || calculus_ == Calculus::laplacian ||
                   calculus_ == Calculus::hessian;
  switch (calculus_) {
    case Calculus::magnitude:
      plan.add(along_gradient(false), {});
      plan.formulas[0].combination = Combination::magnitude;
      return;
    case Calculus::directional:
      plan.fields = 1 + count();
      return plan.add(along_gradient(true), {});
    case Calculus::laplacian:
      return plan.add(laplacian(0), {});
    case Calculus::hessian:
      for (std::size_t i = 0; i < count(); ++i) {
        for (std::size_t j = i; j < count(); ++j) plan.add(hessian(i, j), {i, j});
      }
      return;
    default:
      for (std::size_t i = 0; i < count(); ++i) {
        Formula formula;
        append_derivative(formula, 0, i, 1);
        plan.add(std::move(formula), {i});
      }
  }
}

void FormulaBuilder::build_of_vector(CalculusPlan& plan) {
  plan.fields = count();
  switch (calculus_) {
    case Calculus::divergence:
      return plan.add(divergence(), {});
    case Calculus::curl:
      if (count() == 2) return plan.add(difference_of(1, 0, 1), {});
      for (std::size_t k = 0; k < 3; ++k) {
        plan.add(difference_of((k + 2) % 3, (k + 1) % 3, 1), {k});
      }
      return;
    case Calculus::vector_laplacian:
      for (std::size_t i = 0; i < count(); ++i) plan.add(laplacian(i), {i});
      return;
    case Calculus::jacobian:
      for (std::size_t i = 0; i < count(); ++i) {
        for (std::size_t j = 0; j < count(); ++j) plan.add(jacobian(i, j), {i, j});
      }
      return;
    case Calculus::rotation:
      for (std::size_t i = 0; i < count(); ++i) {
        for (std::size_t j = i + 1; j < count(); ++j) {
          plan.add(difference_of(j, i, 0.5), {i, j});
        }
      }
      return;
    default:
      for (std::size_t i = 0; i < count(); ++i) {
        for (std::size_t j = i; j < count(); ++j) plan.add(strain(i, j), {i, j});
      }
  }
}

void FormulaBuilder::build(CalculusPlan& plan) {
  switch (calculus_) {
    case Calculus::gradient:
    case Calculus::magnitude:
    case Calculus::directional:
    case Calculus::laplacian:
    case Calculus::hessian:
      return build_of_scalar(plan);
    case Calculus::divergence:
    case Calculus::curl:
    case Calculus::vector_laplacian:
    case Calculus::jacobian:
    case Calculus::strain_rate:
    case Calculus::rotation:
      return build_of_vector(plan);
  }
}

}  // namespace gridgrad

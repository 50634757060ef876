// calculus_plan.hpp: what a GridOperator has worked out
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "formula.hpp"
#include "gridgrad/calculus.hpp"
#include "gridgrad/terrain.hpp"
#include "metric_terms.hpp"
#include "poles.hpp"

namespace gridgrad {

struct CalculusPlan {
  Domain domain;
  std::size_t fields = 1;
  std::vector<Formula> formulas;        // one per result
  std::vector<ResultAxes> result_axes;  // likewise
  std::vector<Pole> poles;
  AtPole scalar_at_pole = AtPole::one_value;
  bool is_linear = true;
  bool is_of_reals = false;
  bool has_missing = false;

  void add(Formula formula, ResultAxes axes) {
    formulas.push_back(std::move(formula));
    result_axes.push_back(std::move(axes));
  }
};

// Throw Error as documented at GridOperator.
void check_grid(const Grid& grid, std::span<const std::size_t> extents);
void check_derivative(const Scheme& scheme);

// East before north: turned round, rotations have the other sign and directions are
// others. `operation` is what needs that.
void check_orientation(const Grid& grid, const char* operation);

// First and second derivatives along the axes of a grid, factors of its metric, and the
// formulas that are made of them.
class FormulaBuilder {
 public:
  FormulaBuilder(Calculus calculus, const Grid& grid,
                 std::span<const std::size_t> extents, const Scheme& scheme);

  // Formulas, their axes and the number of fields.
  void build(CalculusPlan& plan);
  void build(const Terrain& terrain, CalculusPlan& plan);

  [[nodiscard]] const MetricTerms& terms() const noexcept { return terms_; }
  [[nodiscard]] const std::vector<RowStep>& steps() const noexcept { return first_; }

 private:
  [[nodiscard]] std::size_t count() const noexcept { return grid_.along.size(); }
  const RowStep& second(std::size_t i);

  // Parts of the covariant derivative of component i along axis j, times a number.
  void append_derivative(Formula& formula, std::size_t i, std::size_t j, double number);
  void append_curvature(Formula& formula, std::size_t i, std::size_t j, double number);
  [[nodiscard]] Formula jacobian(std::size_t i, std::size_t j);
  [[nodiscard]] Formula difference_of(std::size_t i, std::size_t j, double number);
  [[nodiscard]] Formula strain(std::size_t i, std::size_t j);
  [[nodiscard]] Formula laplacian(std::size_t field);
  [[nodiscard]] Formula hessian(std::size_t i, std::size_t j);
  [[nodiscard]] Formula divergence();
  [[nodiscard]] Formula along_gradient(bool has_direction);

  void build_of_scalar(CalculusPlan& plan);
  void build_of_vector(CalculusPlan& plan);

  Calculus calculus_;
  const Grid& grid_;
  std::vector<std::size_t> extents_;
  Scheme scheme_;
  MetricTerms terms_;
  std::vector<RowStep> first_;
  std::vector<std::optional<RowStep>> second_;
};

// Of no formula yet; a result for each sample.
[[nodiscard]] std::shared_ptr<CalculusPlan> plan_without_formulas(
    std::span<const std::size_t> extents, const Scheme& scheme);

// To the results that all rows of the formulas have, and those of first derivatives along
// each axis: a halo shortens them by the widest reach. Throws Error: too_few_samples.
void shorten(CalculusPlan& plan, const FormulaBuilder& builder);

// The rows of a step that belong to rows of results.
[[nodiscard]] inline Range rows_of(const RowStep& step, const Domain& domain,
                                   Range rows) {
  const std::size_t shift = domain.shift[step.axis];
  const auto own = static_cast<std::size_t>(step.table->own_sample());
  return {rows.first + shift - own, rows.last + shift - own};
}

}  // namespace gridgrad

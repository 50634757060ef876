// terrain.cpp: the formulas of slope and aspect
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/terrain.hpp"

#include <cmath>
#include <memory>
#include <string>

#include "calculus_plan.hpp"
#include "gridgrad/error.hpp"
#include "message.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(const char* argument, const std::string& text) {
  throw Error(ErrorCode::bad_argument, argument, text);
}

void check_terrain(const Terrain& terrain, const Grid& grid, const Scheme& scheme) {
  if (grid.along.size() != 2) {
    refuse("along", counted(grid.along.size(), "axis") +
                        " given; a surface has 2: eastwards, northwards");
  }
  check_orientation(grid,
                    terrain.result == TerrainResult::slope ? "a slope" : "an aspect");
  check_derivative(scheme);
  if (!std::isfinite(terrain.z_factor) || terrain.z_factor <= 0) {
    refuse("z_factor",
           text(terrain.z_factor) + " given; a finite number above 0 is needed");
  }
  if (terrain.stencil == TerrainStencil::by_scheme) return;
  constexpr int order = 2;
  if (scheme.accuracy.value_or(order) != order) {
    refuse("accuracy",
           std::to_string(*scheme.accuracy) + " given; that of the stencil named is 2");
  }
  if (scheme.bias != Bias::central) {
    refuse("bias", "to one side given; the stencil named is central");
  }
}

// As the stencils have it where the scheme does not say.
Scheme scheme_of(const Terrain& terrain, Scheme scheme) {
  if (terrain.stencil == TerrainStencil::by_scheme) return scheme;
  scheme.edge_order = scheme.edge_order.value_or(1);
  return scheme;
}

Factor times(Factor factor, double number) {
  for (double& value : factor.f64) value *= number;
  factor.f32.assign(factor.f64.begin(), factor.f64.end());
  return factor;
}

// The mean of three derivatives, of which those beyond a known end are 0.
RowStep smoothing_like(const RowStep& step) {
  for (const EndValues& end : step.ends) {
    if (!end.is_per_line()) continue;
    throw Error(ErrorCode::unsupported, "boundary",
                "a number per line given; Horn's stencil needs one for all lines");
  }
  return {step.axis, std::make_shared<RowTable>(RowTable::smoothing(*step.table))};
}

double factor_of(const Terrain& terrain) {
  constexpr double percent = 100;
  if (terrain.result == TerrainResult::aspect) return -1;  // downhill
  return terrain.unit == SlopeUnit::percent ? percent * terrain.z_factor
                                            : terrain.z_factor;
}

Combination combination_of(const Terrain& terrain) {
  if (terrain.result == TerrainResult::slope) {
    return terrain.unit == SlopeUnit::degrees ? Combination::inclination
                                              : Combination::magnitude;
  }
  return terrain.flat == FlatAspect::zero ? Combination::direction_or_zero
                                          : Combination::direction;
}

}  // namespace

// A direction is counted from the second summand towards the first.
void FormulaBuilder::build(const Terrain& terrain, CalculusPlan& plan) {
  const bool is_turned = terrain.result == TerrainResult::aspect &&
                         terrain.angle == AspectAngle::trigonometric;
  Formula formula = {.combination = combination_of(terrain)};
  for (const std::size_t k : {0, 1}) {
    const std::size_t i = is_turned ? 1 - k : k;
    Summand summand = {.steps = {first_[i]},
                       .factor = times(terms_.inverse(i), factor_of(terrain))};
    if (terrain.stencil == TerrainStencil::horn) {
      summand.steps.push_back(smoothing_like(first_[1 - i]));
    }
    formula.summands.push_back(std::move(summand));
  }
  plan.formulas.push_back(std::move(formula));
  plan.result_axes.emplace_back();
  plan.scalar_at_pole =
      terrain.result == TerrainResult::slope ? AtPole::one_above_zero : AtPole::missing;
  plan.is_linear = false;
  plan.is_of_reals = true;
}

GridOperator::GridOperator(const Terrain& terrain, const Grid& grid,
                           std::span<const std::size_t> extents, const Scheme& given) {
  check_grid(grid, extents);
  check_terrain(terrain, grid, given);
  const Scheme scheme = scheme_of(terrain, given);
  FormulaBuilder builder(Calculus::gradient, grid, extents, scheme);
  const auto plan = plan_without_formulas(extents, scheme);
  builder.build(terrain, *plan);
  shorten(*plan, builder);
  plan_ = plan;
}

}  // namespace gridgrad

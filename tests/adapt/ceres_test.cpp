// ceres_test.cpp: interpolants under Ceres, and beside its own
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/ceres.hpp"

#include <ceres/ceres.h>
#include <ceres/cubic_interpolation.h>
#include <ceres/gradient_checker.h>

#include <cmath>
#include <iostream>

#include <gtest/gtest.h>

#include "support/bounds.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using CeresGrid = ceres::Grid2D<double>;

StridedView<const double> table(const std::vector<double>& samples, std::size_t rows,
                                std::size_t columns) {
  return StridedView<const double>::contiguous(samples.data(), {rows, columns});
}

// Both are Keys' cubic there. Ceres sums powers of the fraction, with coefficients of at
// most 5/2 times samples and 4 terms per axis, so its roundings count as ours do.
TEST(Ceres, HasTheSameCubicInsideAUniformGrid) {
  constexpr int extent = 20;
  Random random(seed);
  std::vector<double> samples = random_samples<double>(extent * extent, random);
  for (double& sample : samples) sample /= 100;
  const CeresGrid grid(samples.data(), 0, extent, 0, extent);
  const ceres::BiCubicInterpolator<CeresGrid> theirs(grid);
  const Interpolant<2> ours(table(samples, extent, extent), {Axis(), Axis()});
  std::uniform_real_distribution<double> inside(1, extent - 2);
  double worst = 0;
  for (int draw = 0; draw < 10000; ++draw) {
    const double row = inside(random);
    const double column = inside(random);
    double value;
    double d_row;
    double d_column;
    theirs.Evaluate(row, column, &value, &d_row, &d_column);

    const auto [mine, gradient, status] = ours.value_and_gradient({row, column});

    worst = std::max({worst, std::abs(mine - value), std::abs(gradient[0] - d_row),
                      std::abs(gradient[1] - d_column)});
  }
  // Sums of absolute weights are at most 5/4 for values and 5/2 for slopes (Keys).
  constexpr double required = 1e-13;
  EXPECT_LE(worst, std::min(required, 2 * interpolant_bound(2, 1.25 * 2.5, 1, 2 * 40)));
  std::cout << "largest difference " << worst << '\n';
}

// f = x + 2 y. Ceres repeats the border sample beyond it, which halves the slope there
// and turns it around half a cell outside.
TEST(Ceres, LosesTheSlopeOfAPlaneAtTheBorderWhereThisDoesNot) {
  std::vector<double> samples;
  for (int x = 0; x < 8; ++x) {
    for (int y = 0; y < 8; ++y) samples.push_back(x + 2 * y);
  }
  const CeresGrid grid(samples.data(), 0, 8, 0, 8);
  const ceres::BiCubicInterpolator<CeresGrid> theirs(grid);
  const Interpolant<2> ours(table(samples, 8, 8), {Axis(), Axis()},
                            {.outside = Outside::extend});
  std::array<double, 2> slopes;
  for (const auto& [x, slope] :
       {std::pair(0.0, &slopes[0]), std::pair(-0.5, &slopes[1])}) {
    double value;
    double d_y;
    theirs.Evaluate(x, 4, &value, slope, &d_y);
    const auto answer = ours.value_and_gradient({x, 4});
    std::cout << "x = " << x << ": Ceres " << *slope << ", here " << answer.gradient[0]
              << '\n';
    EXPECT_EQ(answer.value, x + 8);
    EXPECT_EQ(answer.gradient, (Gradient<2>{1, 2}));
  }

  EXPECT_EQ(slopes[0], 0.5);
  EXPECT_EQ(slopes[1], -0.125);
}

TEST(CeresFunctor, OfAJetAppliesTheChainRule) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(36, random);
  const Interpolant<2> map(table(samples, 6, 6), {Axis(), Axis()});
  const CeresFunctor<2> functor(map);
  using Jet = ceres::Jet<double, 3>;
  const Jet s(1.5, 0);
  const Jet location[] = {s * 2.0, s * s + Jet(0.5, 2)};  // (2 s, s^2 + t) at s = 1.5
  Jet value;

  EXPECT_TRUE(functor(location, &value));

  const auto [expected, gradient, status] = map.value_and_gradient({3, 2.75});
  EXPECT_EQ(value.a, expected);
  EXPECT_EQ(value.v[0], gradient[0] * 2 + gradient[1] * 3);
  EXPECT_EQ(value.v[1], 0);
  EXPECT_EQ(value.v[2], gradient[1]);
}

TEST(CeresFunctor, FailsWhereTheFieldIsMissing) {
  const std::vector<double> samples = {1, 2, 4, 8};
  const CeresFunctor<1> functor(Interpolant<1>(samples, {Axis()}));
  const double inside = 1.5;
  const double outside = 4;
  const ceres::Jet<double, 1> jet(4, 0);
  ceres::Jet<double, 1> slope;
  double value;

  EXPECT_TRUE(functor(&inside, &value));
  EXPECT_FALSE(functor(&outside, &value));
  EXPECT_FALSE(functor(&jet, &slope));
}

// Rosenbrock's residuals, 10 (y - x^2) and 1 - x, sampled on [-2, 2]^2.
constexpr std::size_t extent = 201;
constexpr double spacing = 4.0 / (extent - 1);

const Interpolant<2, 2>& rosenbrock(Outside outside) {
  static const std::vector<double> samples = [] {
    std::vector<double> residuals;
    for (std::size_t i = 0; i < extent; ++i) {
      for (std::size_t j = 0; j < extent; ++j) {
        const double x = -2 + static_cast<double>(i) * spacing;
        const double y = -2 + static_cast<double>(j) * spacing;
        residuals.push_back(10 * (y - x * x));
        residuals.push_back(1 - x);
      }
    }
    return residuals;
  }();
  static const auto made = [](Outside rule) {
    const Axis axis = Axis::spaced(spacing, -2);
    return Interpolant<2, 2>(
        StridedView<const double>::contiguous(samples.data(), {extent, extent, 2}),
        {axis, axis}, {.outside = rule});
  };
  static const Interpolant<2, 2> extended = made(Outside::extend);
  static const Interpolant<2, 2> missing = made(Outside::missing);
  return outside == Outside::extend ? extended : missing;
}

constexpr double gradient_tolerance = 1e-10;

using Cost = ceres::AutoDiffCostFunction<CeresFunctor<2, 2>, 2, 2>;

ceres::Solver::Summary solve(Outside outside, double* location) {
  ceres::Problem problem;
  problem.AddResidualBlock(new Cost(new CeresFunctor<2, 2>(rosenbrock(outside))), nullptr,
                           location);
  ceres::Solver::Options options;
  options.logging_type = ceres::SILENT;
  // The gradient alone decides.
  options.function_tolerance = 0;
  options.parameter_tolerance = 0;
  options.gradient_tolerance = gradient_tolerance;
  ceres::Solver::Summary summary;
  ceres::Solve(options, &problem, &summary);
  return summary;
}

// Quadratic residuals are exact, so the minimum is that of the function: (1, 1). Where
// the gradient is at most 1e-10, the location is off by that over the least eigenvalue of
// J^T J = [401 -200; -200 100], which is 0.2 (trace 501, determinant 100); twice that
// allows for the curvature. Residuals of up to 60, off by their roundings, move it by
// those over the least singular value of J.
TEST(CeresFunctor, LetsLevenbergAndMarquardtSolveRosenbrock) {
  double location[] = {-1.2, 1};

  const ceres::Solver::Summary summary = solve(Outside::missing, location);

  constexpr double least_eigenvalue = 100.0 / 501;
  const double residual = interpolant_bound(2, 5, 60, 2 * 2 / spacing);
  const double bound = 2 * gradient_tolerance / least_eigenvalue +
                       2 * residual / std::sqrt(least_eigenvalue);
  EXPECT_EQ(summary.termination_type, ceres::CONVERGENCE);
  EXPECT_NEAR(location[0], 1, bound);
  EXPECT_NEAR(location[1], 1, bound);
  std::cout << summary.iterations.size() << " iterations\n";
}

TEST(CeresFunctor, LeadsAStartThreeCellsOutsideBack) {
  double location[] = {-2 - 3 * spacing, 2 + 3 * spacing};

  const ceres::Solver::Summary summary = solve(Outside::extend, location);

  EXPECT_EQ(summary.termination_type, ceres::CONVERGENCE);
  EXPECT_NEAR(location[0], 1, spacing / 10);
  EXPECT_NEAR(location[1], 1, spacing / 10);
}

TEST(CeresFunctor, FailsFromAStartThatIsMissing) {
  double location[] = {-2 - 3 * spacing, 0};

  EXPECT_EQ(solve(Outside::missing, location).termination_type, ceres::FAILURE);
  EXPECT_EQ(location[0], -2 - 3 * spacing);
}

// Ridders' extrapolated differences within a cell, where the field is smooth: their first
// step, 1e-3 of the location, is less than the 0.3 cells to the next. On quadratics they
// are off by roundings of residuals alone, eps * 60 / 1e-3 = 1e-11.
TEST(CeresFunctor, PassesCeresGradientChecker) {
  const Cost cost(new CeresFunctor<2, 2>(rosenbrock(Outside::extend)));
  ceres::NumericDiffOptions differences;
  differences.ridders_relative_initial_step_size = 1e-3;
  const std::vector<const ceres::Manifold*>* const flat = nullptr;
  const ceres::GradientChecker checker(&cost, flat, differences);
  const double location[] = {-2 + 60.4 * spacing, -2 + 130.7 * spacing};
  const double* const parameters[] = {location};
  ceres::GradientChecker::ProbeResults results;

  constexpr double precision = 1e-9;
  EXPECT_TRUE(checker.Probe(parameters, precision, &results)) << results.error_log;
}

}  // namespace
}  // namespace gridgrad::test

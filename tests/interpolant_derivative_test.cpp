// interpolant_derivative_test.cpp: gradients and Hessians are those of the values
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "support/interpolant_comparison.hpp"

namespace gridgrad::test {
namespace {

// At a hundred locations.
template <std::size_t Rank>
void compare_grid(const InterpolantOptions& options, const std::vector<Boundary>& ends,
                  Random& random, Worst& worst) {
  constexpr std::size_t locations = 100;
  const GridCase<Rank> grid = random_grid<Rank>(options, random, ends);
  Comparison<Rank> comparison(grid, options, worst);
  for (std::size_t k = 0; k < locations; ++k) {
    comparison.check(random_location(grid, random));
    if (testing::Test::HasFailure()) return;
  }
}

template <std::size_t Rank>
void compare_with_dual_numbers(std::size_t grids, Random& random, Worst& worst) {
  for (std::size_t draw = 0; draw < grids; ++draw) {
    const InterpolantOptions options = random_options(random);
    SCOPED_TRACE("rank " + std::to_string(Rank) + " grid " + std::to_string(draw) + " " +
                 described(options));
    compare_grid<Rank>(options, cubic_ends(), random, worst);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(InterpolantDerivative, OfAnyOrderEqualsDualNumbersThroughTheValue) {
  Random random(seed);
  Worst worst;

  compare_with_dual_numbers<1>(300, random, worst);
  compare_with_dual_numbers<2>(400, random, worst);
  compare_with_dual_numbers<3>(200, random, worst);
  compare_with_dual_numbers<4>(100, random, worst);

  EXPECT_EQ(worst.checked, 100000U);
  EXPECT_GT(worst.outside, 10000U);
  EXPECT_GT(worst.missing, 1000U);
  EXPECT_LE(worst.relative, 1e-13);
  std::cout << worst.checked << " locations, largest error " << worst.relative
            << " of weights times samples\n";
}

// Values and derivatives up to `order` on both sides differ by at most the next
// derivative times the distance between them: C is the largest sum of absolute weights
// that a cubic of one of the cells has there. Of its third derivative that is at most 2 /
// width of the second's (12 and 6 for 6 and 4).
void expect_continuous(const GridCase<2>& grid, const InterpolantOptions& options,
                       double face, std::size_t order) {
  const Interpolant<2> interpolant(grid.field(), grid.rules(), options);
  std::array<InterpolatedAxis, 2> axes;
  for (std::size_t a = 0; a < 2; ++a) {
    axes[a] = interpolated_axis(grid.axes[a].rule, grid.axes[a].x, options);
  }
  constexpr double distance = 1e-6;
  const double other = (grid.axes[1].x[1] + 2 * grid.axes[1].x[2]) / 3;
  const std::array<double, 2> below = {face - distance, other};
  const std::array<double, 2> above = {face + distance, other};
  const double* const samples = grid.samples.data();
  const auto lower = reference_query(axes, grid.extents, samples, below);
  const auto upper = reference_query(axes, grid.extents, samples, above);
  constexpr double largest = 100;  // of random_sample()
  constexpr std::array<std::size_t, 3> along = {0, 0, 0};
  const auto weights = [&](std::size_t derivative) {
    const std::span<const std::size_t> times = std::span(along).first(derivative);
    return static_cast<double>(std::max(lower.weights(times), upper.weights(times)));
  };
  const auto allowed = [&](std::size_t derivative) {
    constexpr double narrowest = 0.5;  // of random_positions()
    const double next =
        derivative == 2 ? 2 / narrowest * weights(2) : weights(derivative + 1);
    const auto times = std::span(along).first(derivative);
    return 2 * distance * next * largest + partial_bound(lower, options, largest, times) +
           partial_bound(upper, options, largest, times);
  };
  if (std::isnan(lower.at.value) || std::isnan(upper.at.value)) return;
  const auto a = interpolant.value_gradient_and_hessian(below);
  const auto b = interpolant.value_gradient_and_hessian(above);

  EXPECT_LE(std::abs(a.value - b.value), allowed(0));
  if (order < 1) return;
  EXPECT_LE(std::abs(a.gradient[0] - b.gradient[0]), allowed(1));
  if (order < 2) return;
  EXPECT_LE(std::abs(a.hessian[0][0] - b.hessian[0][0]), allowed(2));
}

// At every sample of axis 0, its ends among them, and at half-points that mirror.
void expect_continuous_everywhere(Random& random, InterpolantOptions options,
                                  std::size_t order) {
  const bool is_spline = options.interpolation == Interpolation::spline;
  for (std::size_t draw = 0; draw < 300; ++draw) {
    SCOPED_TRACE(described(options) + " grid " + std::to_string(draw));
    const GridCase<2> grid =
        random_grid<2>(options, random, is_spline ? spline_ends() : cubic_ends());
    const InterpolatedAxis axis =
        interpolated_axis(grid.axes[0].rule, grid.axes[0].x, options);
    expect_continuous(grid, options, static_cast<double>(axis.lower), order);
    expect_continuous(grid, options, static_cast<double>(axis.upper), order);
    for (const Node& node : axis.nodes) {
      expect_continuous(grid, options, static_cast<double>(node.x), order);
    }
    if (testing::Test::HasFailure()) return;
  }
}

TEST(InterpolantDerivative, OfASplineEqualsDualNumbersOnSlopesByDenseElimination) {
  Random random(seed);
  Worst worst;
  for (std::size_t draw = 0; draw < 600; ++draw) {
    const InterpolantOptions options = {.interpolation = Interpolation::spline,
                                        .outside = static_cast<Outside>(draw % 3)};
    SCOPED_TRACE("grid " + std::to_string(draw));
    compare_grid<1>(options, spline_ends(), random, worst);
    compare_grid<2>(options, spline_ends(), random, worst);
    if (draw % 6 == 0) compare_grid<3>(options, spline_ends(), random, worst);
    if (HasFailure()) return;
  }

  EXPECT_EQ(worst.checked, 130000U);
}

TEST(InterpolantDerivative, OfCubicIsContinuousAtFacesAndAtTheBorderThatIsExtended) {
  Random random(seed);
  for (const int accuracy : {2, 4}) {
    expect_continuous_everywhere(random,
                                 {.accuracy = accuracy, .outside = Outside::extend}, 1);
  }
}

TEST(InterpolantDerivative, OfASplineIsContinuousToSecondOrder) {
  Random random(seed);
  // The border that is extended is no such place: lines have no second derivative.
  expect_continuous_everywhere(
      random, {.interpolation = Interpolation::spline, .outside = Outside::missing}, 2);
}

TEST(InterpolantDerivative, OfALinearOneJumpsButItsValueDoesNot) {
  Random random(seed);
  for (const Outside outside : {Outside::extend, Outside::clamp}) {
    expect_continuous_everywhere(
        random, {.interpolation = Interpolation::linear, .outside = outside}, 0);
  }
}

TEST(InterpolantDerivative, OfAClampedFieldLeavesTheValueContinuous) {
  Random random(seed);
  expect_continuous_everywhere(random, {.outside = Outside::clamp}, 0);
}

}  // namespace
}  // namespace gridgrad::test

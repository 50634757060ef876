// interpolant_derivative_test.cpp: gradients and Hessians are those of the values
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "support/bounds.hpp"
#include "support/interpolant_cases.hpp"
#include "support/reference_interpolant.hpp"

namespace gridgrad::test {
namespace {

// The largest error so far, relative to the sums of absolute weights times samples.
struct Worst {
  double relative = 0;
  std::size_t checked = 0;
  std::size_t outside = 0;
  std::size_t missing = 0;
};

template <std::size_t Rank>
class Comparison {
 public:
  Comparison(const GridCase<Rank>& grid, const InterpolantOptions& options, Worst& worst)
      : grid_(grid), worst_(worst), interpolant_(grid.field(), grid.rules(), options) {
    for (std::size_t a = 0; a < Rank; ++a) {
      const AxisCase& axis = grid.axes[a];
      axes_[a] = interpolated_axis(axis.rule, axis.x, options);
    }
    constexpr double end_value = 7;  // of cubic_ends()
    for (const double sample : grid.samples) {
      largest_ = std::max({largest_, std::abs(sample), end_value});
    }
  }

  void check(const std::array<double, Rank>& location) {
    const auto expected =
        reference_query(axes_, grid_.extents, grid_.samples.data(), location);
    const auto [value, gradient, hessian, status] =
        interpolant_.value_gradient_and_hessian(location);
    ASSERT_EQ(status, expected.status);
    ++worst_.checked;
    if (status == Status::outside) ++worst_.outside;
    if (std::isnan(expected.at.value)) {
      ++worst_.missing;
      EXPECT_TRUE(std::isnan(value) && std::isnan(gradient[Rank - 1]) &&
                  std::isnan(hessian[0][Rank - 1]));
      return;
    }
    near(value, expected.at.value, expected, {});
    for (std::size_t a = 0; a < Rank; ++a) {
      near(gradient[a], expected.at.first[a], expected, {{a}});
      for (std::size_t b = 0; b <= a; ++b) {
        near(hessian[a][b], expected.at.second[a][b], expected, {{a, b}});
        EXPECT_EQ(hessian[a][b], hessian[b][a]);
      }
    }
  }

 private:
  void near(double actual, Real exact, const ReferenceResult<Rank>& reference,
            const std::vector<std::size_t>& along) {
    const auto weights = static_cast<double>(reference.weights(along));
    const auto error = static_cast<double>(std::abs(actual - exact));
    const auto shift = static_cast<double>(reference.shift);
    EXPECT_LE(error, interpolant_bound(Rank, weights, largest_, shift));
    if (weights > 0) {
      worst_.relative = std::max(worst_.relative, error / (weights * largest_));
    }
  }

  const GridCase<Rank>& grid_;
  Worst& worst_;
  Interpolant<Rank> interpolant_;
  std::array<InterpolatedAxis, Rank> axes_;
  double largest_ = 0;
};

template <std::size_t Rank>
void compare_with_dual_numbers(std::size_t grids, Random& random, Worst& worst) {
  constexpr std::size_t locations = 100;
  for (std::size_t draw = 0; draw < grids; ++draw) {
    const InterpolantOptions options = random_options(random);
    SCOPED_TRACE("rank " + std::to_string(Rank) + " grid " + std::to_string(draw) + " " +
                 described(options));
    const GridCase<Rank> grid = random_grid<Rank>(options, random);
    Comparison<Rank> comparison(grid, options, worst);
    for (std::size_t k = 0; k < locations; ++k) {
      comparison.check(random_location(grid, random));
      if (testing::Test::HasFailure()) return;
    }
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
    const auto shift = static_cast<double>(std::max(lower.shift, upper.shift));
    return 2 * distance * next * largest +
           2 * interpolant_bound(2, weights(derivative), largest, shift);
  };
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

TEST(InterpolantDerivative, OfCubicIsContinuousAtFacesAndAtTheBorderThatIsExtended) {
  Random random(seed);
  for (const int accuracy : {2, 4}) {
    expect_continuous_everywhere(random,
                                 {.accuracy = accuracy, .outside = Outside::extend}, 1);
  }
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

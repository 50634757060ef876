// support/interpolant_comparison.hpp: an interpolant beside its reference
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/bounds.hpp"
#include "support/interpolant_cases.hpp"
#include "support/reference_interpolant.hpp"

namespace gridgrad::test {

// How far a partial derivative may be from that of the reference.
template <std::size_t Rank>
double partial_bound(const ReferenceResult<Rank>& reference,
                     const InterpolantOptions& options, double largest,
                     std::span<const std::size_t> along) {
  const auto weights = static_cast<double>(reference.weights(along));
  const auto shift = static_cast<double>(reference.shift);
  if (options.interpolation != Interpolation::spline) {
    return interpolant_bound(Rank, weights, largest, shift);
  }
  constexpr double narrowest = 0.5;  // of random_positions()
  constexpr std::array<double, 3> splines = {1, 6 / narrowest,
                                             24 / (narrowest * narrowest)};
  double basis = 1;
  double reach = 1;
  for (std::size_t a = 0; a < Rank; ++a) {
    const auto times = static_cast<std::size_t>(std::ranges::count(along, a));
    const double on_axis = splines[times] * static_cast<double>(reference.reach[a]);
    basis *= on_axis;
    reach *= std::max(on_axis, static_cast<double>(reference.magnitude[a][times]));
  }
  const auto of_value = static_cast<double>(reference.weights());
  return spline_bound(Rank, of_value, largest, basis, reach) +
         moved_bound(weights, largest, shift);
}

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
      : grid_(grid),
        options_(options),
        worst_(worst),
        interpolant_(grid.field(), grid.rules(), options) {
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
    EXPECT_LE(error, partial_bound(reference, options_, largest_, along));
    if (weights > 0) {
      worst_.relative = std::max(worst_.relative, error / (weights * largest_));
    }
  }

  const GridCase<Rank>& grid_;
  InterpolantOptions options_;
  Worst& worst_;
  Interpolant<Rank> interpolant_;
  std::array<InterpolatedAxis, Rank> axes_;
  double largest_ = 0;
};

}  // namespace gridgrad::test

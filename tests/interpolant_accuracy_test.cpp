// interpolant_accuracy_test.cpp: orders of convergence, and polynomials that are exact
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <iostream>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "support/interpolant_comparison.hpp"

namespace gridgrad::test {
namespace {

struct Kind {
  const char* name;
  InterpolantOptions options;
  std::array<double, 3> orders;  // of value, gradient and Hessian; 0: none promised
  int degree;                    // along each axis, of polynomials that are exact
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"linear", {.interpolation = Interpolation::linear}, {2, 1, 0}, 1},
      {"cubic, accuracy 2", {}, {3, 2, 0}, 2},
      {"cubic, accuracy 4", {.accuracy = 4}, {4, 3, 0}, 3},
      {"spline", {.interpolation = Interpolation::spline}, {4, 3, 2}, 3},
  };
  return all;
}

// f(x, y) = sin(2 x) exp(y) on the unit square, with its derivatives along x.
std::array<double, 3> smooth(double x, double y) {
  return {std::sin(2 * x) * std::exp(y), 2 * std::cos(2 * x) * std::exp(y),
          -4 * std::sin(2 * x) * std::exp(y)};
}

std::vector<double> positions(std::size_t cells, bool is_uniform) {
  std::vector<double> x;
  for (std::size_t i = 0; i <= cells; ++i) {
    const double s = static_cast<double>(i) / static_cast<double>(cells);
    // Neighbours of cells differ by O(h^2), as of any smooth map of the axis.
    x.push_back(is_uniform ? s : s + 0.1 * std::sin(2 * M_PI * s));
  }
  return x;
}

// Largest errors of value, d/dx and d2/dx2 on a lattice of locations, borders included.
std::array<double, 3> largest_errors(const Kind& kind, std::size_t cells,
                                     bool is_uniform) {
  const std::vector<double> x = positions(cells, is_uniform);
  std::vector<double> samples;
  for (const double a : x) {
    for (const double b : x) samples.push_back(smooth(a, b)[0]);
  }
  const auto field =
      StridedView<const double>::contiguous(samples.data(), {x.size(), x.size()});
  const Axis axis =
      is_uniform ? Axis::spaced(1 / static_cast<double>(cells)) : Axis::at(x);
  const Interpolant<2> interpolant(field, {axis, axis}, kind.options);
  std::array<double, 3> largest = {};
  constexpr int steps = 509;  // a prime: locations fall anywhere in their cells
  for (int i = 0; i <= steps; ++i) {
    for (const double y : {0.0, 1.0 / steps, 0.3, 0.77, 1.0}) {
      const double at = static_cast<double>(i) / steps;
      const auto [value, gradient, hessian, status] =
          interpolant.value_gradient_and_hessian({at, y});
      const std::array<double, 3> exact = smooth(at, y);
      largest[0] = std::max(largest[0], std::abs(value - exact[0]));
      largest[1] = std::max(largest[1], std::abs(gradient[0] - exact[1]));
      largest[2] = std::max(largest[2], std::abs(hessian[0][0] - exact[2]));
    }
  }
  return largest;
}

TEST(InterpolantAccuracy, HasTheOrdersOfTheTableBordersIncluded) {
  constexpr double allowance = 0.15;  // of slopes between 64 and 128 cells
  for (const Kind& kind : kinds()) {
    for (const bool is_uniform : {true, false}) {
      const auto coarse = largest_errors(kind, 64, is_uniform);
      const auto fine = largest_errors(kind, 128, is_uniform);
      std::cout << kind.name << (is_uniform ? ", uniform:" : ", irregular:");
      for (std::size_t k = 0; k < 3; ++k) {
        const double slope = std::log2(coarse[k] / fine[k]);
        std::cout << ' ' << slope;
        if (kind.orders[k] == 0) continue;
        EXPECT_GE(slope, kind.orders[k] - allowance) << kind.name << " derivative " << k;
      }
      std::cout << '\n';
    }
  }
}

// sum of c_ij x^i y^j, with derivatives by dual numbers.
template <class N>
N polynomial(const std::vector<double>& c, int degree, const N& x, const N& y) {
  N sum(0);
  N power_x(1);
  for (int i = 0; i <= degree; ++i, power_x = power_x * x) {
    N power(power_x);
    for (int j = 0; j <= degree; ++j, power = power * y) {
      sum += N(c[static_cast<std::size_t>(i * (degree + 1) + j)]) * power;
    }
  }
  return sum;
}

// On grids that are uniform or irregular, of all directions, with one-sided ends. Samples
// are rounded: a relative error u of the largest in every one of them.
void expect_exact(const Kind& kind, Random& random) {
  GridCase<2> grid = random_grid<2>(kind.options, random, {OneSided{}});
  for (AxisCase& axis : grid.axes) axis.rule = axis.rule.with_ends(OneSided{});
  const auto terms = static_cast<std::size_t>((kind.degree + 1) * (kind.degree + 1));
  const std::vector<double> c = random_samples<double>(terms, random);
  using N = Dual<Real, 2>;
  double largest = 0;
  grid.samples.clear();
  for (const double x : grid.axes[0].x) {
    for (const double y : grid.axes[1].x) {
      grid.samples.push_back(static_cast<double>(polynomial<Real>(c, kind.degree, x, y)));
      largest = std::max(largest, std::abs(grid.samples.back()));
    }
  }
  const Interpolant<2> interpolant(grid.field(), grid.rules(), kind.options);
  std::array<InterpolatedAxis, 2> axes;
  for (std::size_t a = 0; a < 2; ++a) {
    axes[a] = interpolated_axis(grid.axes[a].rule, grid.axes[a].x, kind.options);
  }
  for (int draw = 0; draw < 50; ++draw) {
    const auto at = random_location(grid, random);
    const auto [value, gradient, hessian, status] =
        interpolant.value_gradient_and_hessian(at);
    if (status == Status::outside) continue;
    const N exact =
        polynomial(c, kind.degree, N::variable(at[0], 0), N::variable(at[1], 1));
    const auto reference = reference_query(axes, grid.extents, grid.samples.data(), at);
    const auto bound = [&](const std::vector<std::size_t>& along) {
      const auto weights = static_cast<double>(reference.weights(along));
      return partial_bound(reference, kind.options, largest, along) +
             unit_roundoff<double> * weights * largest;
    };
    EXPECT_NEAR(value, static_cast<double>(exact.value), bound({}));
    for (std::size_t a = 0; a < 2; ++a) {
      EXPECT_NEAR(gradient[a], static_cast<double>(exact.first[a]), bound({a}));
      for (std::size_t b = 0; b <= a; ++b) {
        EXPECT_NEAR(hessian[a][b], static_cast<double>(exact.second[a][b]),
                    bound({a, b}));
      }
    }
  }
}

TEST(InterpolantAccuracy, OfPolynomialsUpToTheDegreeOfTheTableIsExact) {
  Random random(seed);
  for (const Kind& kind : kinds()) {
    for (int grid = 0; grid < 100; ++grid) {
      SCOPED_TRACE(std::string(kind.name) + " grid " + std::to_string(grid));
      expect_exact(kind, random);
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace gridgrad::test

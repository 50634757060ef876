// interpolant_descent_test.cpp: what an optimizer finds on a sampled function
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <iostream>
#include <tuple>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using Point = std::array<double, 2>;

struct Found {
  Point at;
  int evaluations;
};

double dot(const Point& a, const Point& b) {
  return a[0] * b[0] + a[1] * b[1];
}

// (x^2 + y - 11)^2 + (x + y^2 - 7)^2.
double himmelblau(double x, double y) {
  return std::pow(x * x + y - 11, 2) + std::pow(x + y * y - 7, 2);
}

// Its four minima, all 0: Himmelblau, Applied Nonlinear Programming (1972).
constexpr std::array<Point, 4> minima = {{{3, 2},
                                          {-2.805118086952745, 3.131312518250573},
                                          {-3.779310253377747, -3.283185991286170},
                                          {3.584428340330492, -1.848126526964404}}};

// BFGS with Armijo's rule and halved steps (Nocedal and Wright, Numerical Optimization
// (2006), algorithms 3.1 and 6.1), as anyone writes it. `ask` gives value and gradient.
template <class Ask>
Found minimum(const Ask& ask, Point x) {
  constexpr int most = 300;
  constexpr double flat = 1e-6;
  constexpr double armijo = 1e-4;
  std::array<Point, 2> inverse = {{{1, 0}, {0, 1}}};
  bool is_scaled = false;
  auto [value, slope] = ask(x);
  int evaluations = 1;
  while (evaluations < most && std::hypot(slope[0], slope[1]) > flat) {
    Point step = {-dot(inverse[0], slope), -dot(inverse[1], slope)};
    if (dot(step, slope) >= 0) {
      inverse = {{{1, 0}, {0, 1}}};
      step = {-slope[0], -slope[1]};
    }
    // The first step is at most 1 long: nothing is known of the curvature yet.
    const double length = std::hypot(step[0], step[1]);
    double share = is_scaled ? 1 : std::min(1.0, 1 / length);
    Point next;
    double next_value = value;
    Point next_slope = slope;
    bool is_lower = false;
    while (!is_lower && evaluations < most && share * length > 1e-10) {
      next = {x[0] + share * step[0], x[1] + share * step[1]};
      std::tie(next_value, next_slope) = ask(next);
      ++evaluations;
      is_lower = next_value <= value + armijo * share * dot(step, slope);
      if (!is_lower) share /= 2;
    }
    if (!is_lower) break;
    const Point s = {next[0] - x[0], next[1] - x[1]};
    const Point y = {next_slope[0] - slope[0], next_slope[1] - slope[1]};
    const double curvature = dot(s, y);
    if (curvature > 0) {
      if (!is_scaled) {
        const double scale = curvature / dot(y, y);
        inverse = {{{scale, 0}, {0, scale}}};
        is_scaled = true;
      }
      const Point hy = {dot(inverse[0], y), dot(inverse[1], y)};
      const double factor = (1 + dot(y, hy) / curvature) / curvature;
      for (std::size_t a = 0; a < 2; ++a) {
        for (std::size_t b = 0; b < 2; ++b) {
          inverse[a][b] +=
              factor * s[a] * s[b] - (hy[a] * s[b] + s[a] * hy[b]) / curvature;
        }
      }
    }
    x = next;
    value = next_value;
    slope = next_slope;
  }
  return {x, evaluations};
}

struct Experiment {
  int successes = 0;
  int median_evaluations = 0;
};

constexpr int starts = 500;

// From 500 random starts; success: within a tenth of a spacing of a true minimum.
template <class Ask>
Experiment experiment(const Ask& ask, double spacing) {
  Random random(seed);
  std::uniform_real_distribution<double> uniform(-5, 5);
  Experiment result;
  std::vector<int> evaluations;
  for (int k = 0; k < starts; ++k) {
    const double x = uniform(random);
    const Found found = minimum(ask, {x, uniform(random)});
    evaluations.push_back(found.evaluations);
    const bool is_success = std::ranges::any_of(minima, [&](const Point& true_minimum) {
      const double distance =
          std::hypot(found.at[0] - true_minimum[0], found.at[1] - true_minimum[1]);
      return distance < spacing / 10;
    });
    if (is_success) ++result.successes;
  }
  std::ranges::nth_element(evaluations, evaluations.begin() + starts / 2);
  result.median_evaluations = evaluations[starts / 2];
  return result;
}

void report(const char* name, std::size_t extent, const Experiment& result) {
  std::cout << name << ", " << extent << "^2 samples: " << result.successes << " of "
            << starts << ", median " << result.median_evaluations << " evaluations\n";
}

// Himmelblau's function on [-5, 5]^2.
struct Surface {
  std::size_t extent;
  double spacing;
  std::vector<double> samples;

  explicit Surface(std::size_t n) : extent(n), spacing(10 / static_cast<double>(n - 1)) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) samples.push_back(himmelblau(at(i), at(j)));
    }
  }

  [[nodiscard]] double at(std::size_t i) const {
    return -5 + static_cast<double>(i) * spacing;
  }
  [[nodiscard]] Interpolant<2> interpolant(const InterpolantOptions& options) const {
    const Axis axis = Axis::spaced(spacing, -5);
    return {StridedView<const double>::contiguous(samples.data(), {extent, extent}),
            {axis, axis},
            options};
  }
};

Experiment with(const Surface& surface, const InterpolantOptions& options,
                const char* name) {
  const Interpolant<2> interpolant = surface.interpolant(options);
  const auto ask = [&](const Point& x) {
    const auto answer = interpolant.value_and_gradient(x);
    return std::tuple(answer.value, answer.gradient);
  };
  const Experiment result = experiment(ask, surface.spacing);
  report(name, surface.extent, result);
  return result;
}

Experiment with_nearest_samples(const Surface& surface) {
  const Interpolant<2> interpolant = surface.interpolant({.outside = Outside::clamp});
  const auto nearest = [&](double x) {
    return std::round((std::clamp(x, -5.0, 5.0) + 5) / surface.spacing) *
               surface.spacing -
           5;
  };
  const auto ask = [&](const Point& x) {
    const auto answer = interpolant.value_and_gradient({nearest(x[0]), nearest(x[1])});
    return std::tuple(answer.value, answer.gradient);
  };
  const Experiment result = experiment(ask, surface.spacing);
  report("nearest sample", surface.extent, result);
  return result;
}

// A step to where the field is missing or clamped is halved. What is extended falls
// without bound beyond a corner whose mixed derivative is negative, as that at (-5, -5)
// is: a few of the first steps are lost there.
TEST(InterpolantDescent, OnHimmelblausFunctionFindsAMinimumFromEveryStart) {
  for (const std::size_t extent : {41, 201}) {
    const Surface surface(extent);

    const Experiment nearest = with_nearest_samples(surface);
    const Experiment linear =
        with(surface, {.interpolation = Interpolation::linear}, "linear");
    const Experiment cubic = with(surface, {}, "cubic");
    const Experiment clamped =
        with(surface, {.outside = Outside::clamp}, "cubic, clamped");
    with(surface, {.outside = Outside::extend}, "cubic, extended");
    with(surface, {.interpolation = Interpolation::spline}, "spline");

    EXPECT_EQ(cubic.successes, starts);
    EXPECT_EQ(clamped.successes, starts);
    EXPECT_LE(cubic.median_evaluations, 20);
    EXPECT_LT(linear.successes, starts / 2);
    EXPECT_LT(nearest.successes, starts / 2);
  }
}

}  // namespace
}  // namespace gridgrad::test

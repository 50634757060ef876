// order_test.cpp: the order of every row, proved by moments and shown on functions
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include <gtest/gtest.h>
#include <boost/math/constants/constants.hpp>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "support/bounds.hpp"
#include "support/fields.hpp"
#include "support/jet.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {
namespace {

std::vector<Scheme> all_schemes(int highest_derivative, int highest_accuracy) {
  std::vector<Scheme> schemes;
  for (int m = 1; m <= highest_derivative; ++m) {
    for (int p = 2; p <= highest_accuracy; p += 2) {
      schemes.push_back({.derivative = m, .accuracy = p});
    }
  }
  return schemes;
}

std::vector<double> uniform(std::size_t n) {
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(-1 + 2 * static_cast<double>(i) / static_cast<double>(n - 1));
  }
  return x;
}

// The last gap is 20 times the first.
std::vector<double> geometric(std::size_t n) {
  const double steps = static_cast<double>(n - 1);
  const double ratio = std::pow(20.0, 1 / steps);
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(-1 + 2 * (std::pow(ratio, static_cast<double>(i)) - 1) /
                         (std::pow(ratio, steps) - 1));
  }
  return x;
}

std::vector<double> chebyshev(std::size_t n) {
  std::vector<double> x;
  for (const double at : uniform(n)) x.push_back(std::sin(std::numbers::pi / 2 * at));
  return x;
}

// Gaps between 0.5 and 1.5 of the mean.
std::vector<double> jittered(std::size_t n, Random& random) {
  std::vector<double> x = random_positions(n, random);
  const double first = x.front();
  const double span = x.back() - first;
  for (double& at : x) at = -1 + 2 * (at - first) / span;
  return x;
}

// |sum of w_j (x_j - x_i)^k - m! delta_km| for the row i of a matrix, and its magnitude.
struct Moment {
  Digits error;
  Digits magnitude;
};

Moment moment(const SparseRows& rows, std::size_t i, const std::vector<Digits>& x, int m,
              int k) {
  Moment result = {0, 0};
  for (std::size_t at = rows.starts[i]; at < rows.starts[i + 1]; ++at) {
    const Digits term = Digits(rows.weights[at]) * pow(x[rows.columns[at]] - x[i], k);
    result.error += term;
    result.magnitude += abs(term);
  }
  Digits factorial = 1;
  for (int n = 2; n <= m; ++n) factorial *= n;
  if (k == m) result.error -= factorial;
  result.error = abs(result.error);
  return result;
}

// `roundings` of each weight; the diagonal is rounded once more from their sum.
void expect_moments(const Difference& operator_, const std::vector<Digits>& x,
                    const Scheme& scheme, std::size_t roundings) {
  const SparseRows rows = operator_.rows();
  for (std::size_t i = 0; i < x.size(); ++i) {
    const int order = rows.accuracies[i];
    EXPECT_GE(order, *scheme.accuracy);
    for (int k = 0; k < scheme.derivative + order; ++k) {
      const auto [error, magnitude] = moment(rows, i, x, scheme.derivative, k);
      EXPECT_LE(error, gamma(roundings, unit_roundoff<double>) * magnitude)
          << "row " << i << ", degree " << k << ", derivative " << scheme.derivative
          << ", accuracy " << *scheme.accuracy;
    }
  }
}

std::vector<Digits> widened(const std::vector<double>& x) {
  return {x.begin(), x.end()};
}

TEST(Order, OfEveryRowAtPositionsIsProvedByItsMoments) {
  Random random(seed);
  for (const Scheme& scheme : all_schemes(4, 12)) {
    for (const std::vector<double>& x :
         {geometric(40), chebyshev(40), jittered(40, random)}) {
      expect_moments(Difference(Axis::at(x), x.size(), scheme), widened(x), scheme, 1);
    }
  }
}

// A weight here is a numerator and a scale, rounded each, and their product.
TEST(Order, OfEveryRowOnEqualSpacingIsProvedByItsMoments) {
  std::vector<Digits> x;
  for (int i = 0; i < 40; ++i) x.push_back(Digits(0.3) * i);
  for (const Scheme& scheme : all_schemes(6, 20)) {
    expect_moments(Difference(Axis::spaced(0.3), x.size(), scheme), x, scheme, 3);
  }
}

TEST(Order, OfEdgesIsTheEdgeOrder) {
  Random random(seed);
  const std::vector<double> x = jittered(30, random);
  for (int edge_order = 1; edge_order <= 6; ++edge_order) {
    const Scheme scheme = {.accuracy = 4, .edge_order = edge_order};
    const SparseRows rows = Difference(Axis::at(x), 30, scheme).rows();
    const std::vector<int> expected = {edge_order, edge_order, 4, 4};
    EXPECT_EQ(std::vector<int>(rows.accuracies.begin(), rows.accuracies.begin() + 4),
              expected);
  }
}

struct Function {
  const char* name;
  Jet (*at)(const Jet& x);
};
const std::vector<Function> functions = {
    {"exp(sin 3x)", [](const Jet& x) { return exp(sin(3 * x)); }},
    {"Runge",
     [](const Jet& x) {
       Jet sum = 25 * (x * x);
       sum[0] += 1;
       return reciprocal(sum);
     }},
    // tanh 5x = 1 - 2 / (exp 10x + 1)
    {"tanh layer",
     [](const Jet& x) {
       Jet sum = exp(10 * x);
       sum[0] += 1;
       Jet result = -2 * reciprocal(sum);
       result[0] += 1;
       return result;
     }},
};

// One row in exact arithmetic on exact samples, and what roundings may add to it.
struct ExactRow {
  Digits value;
  double rounding;
};

ExactRow exact_row(const std::vector<double>& x, const std::vector<Jet>& f, std::size_t i,
                   const Scheme& scheme) {
  const ReferenceAxis axis = {1, x, scheme};
  const std::vector<int> offsets = reference_offsets(axis, i, x.size());
  std::vector<Digits> nodes;
  for (const int offset : offsets) {
    const auto at = static_cast<std::size_t>(static_cast<int>(i) + offset);
    nodes.push_back(Digits(x[at]) - Digits(x[i]));
  }
  const std::vector<Digits> weights = fornberg_weights(nodes, scheme.derivative);
  ExactRow row = {0, 0};
  double magnitude = 0;
  double of_samples = 0;
  for (std::size_t k = 0; k < offsets.size(); ++k) {
    const auto at = static_cast<std::size_t>(static_cast<int>(i) + offsets[k]);
    const Digits difference = f[at][0] - f[i][0];
    row.value += weights[k] * difference;
    const double weight = abs(weights[k]).convert_to<double>();
    magnitude += weight * abs(difference).convert_to<double>();
    of_samples += weight * (abs(f[at][0]) + abs(f[i][0])).convert_to<double>();
  }
  row.rounding = sampled_row_bound<double>(offsets.size(), magnitude, of_samples);
  return row;
}

std::vector<Jet> jets(const Function& function, const std::vector<double>& x) {
  std::vector<Jet> result;
  for (const double at : x) result.push_back(function.at(variable(Digits(at))));
  return result;
}

void expect_no_more_than_rounding(const std::vector<double>& x,
                                  const Function& function) {
  const std::vector<Jet> f = jets(function, x);
  std::vector<double> samples;
  for (const Jet& jet : f) samples.push_back(jet[0].convert_to<double>());
  for (const Scheme& scheme : all_schemes(4, 8)) {
    // At random positions no axis is uniform up to rounding; elsewhere rows may be those
    // of equal spacing, whose positions differ by 2 ulp.
    const auto result = derivative(samples, {0, Axis::at(x)}, scheme);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const ExactRow row = exact_row(x, f, i, scheme);
      const Digits exact = derivative_of(f[i], scheme.derivative);
      const double truncation = abs(row.value - exact).convert_to<double>();
      const double error = abs(Digits(result[i]) - exact).convert_to<double>();
      ASSERT_LE(error, truncation + row.rounding)
          << function.name << ", sample " << i << " of " << x.size() << ", derivative "
          << scheme.derivative << ", accuracy " << *scheme.accuracy;
    }
  }
}

TEST(Order, LosesNoMoreThanRoundingsToTheExactRows) {
  Random random(seed);
  for (const Function& function : functions) {
    // Positions that are equally spaced to the last bit.
    for (const std::size_t n : {33, 129, 513}) {
      expect_no_more_than_rounding(uniform(n), function);
    }
    for (const std::size_t n : {33, 97, 513}) {
      expect_no_more_than_rounding(geometric(n), function);
      expect_no_more_than_rounding(chebyshev(n), function);
      expect_no_more_than_rounding(jittered(n, random), function);
    }
  }
}

// The largest error of exact rows at samples spread over the grid and at both edges.
double largest_error(const std::vector<double>& x, const Function& function,
                     const Scheme& scheme) {
  const std::size_t n = x.size();
  constexpr std::size_t edge = 6;
  constexpr std::size_t spread = 48;
  Digits largest = 0;
  std::vector<Jet> f(n);
  for (std::size_t k = 0; k < spread + 2 * edge; ++k) {
    const std::size_t i = k < edge       ? k
                          : k < 2 * edge ? n - 1 - (k - edge)
                                         : (k - 2 * edge) * (n - 1) / spread;
    const ReferenceAxis axis = {1, x, scheme};
    for (const int offset : reference_offsets(axis, i, n)) {
      const auto at = static_cast<std::size_t>(static_cast<int>(i) + offset);
      f[at] = function.at(variable(Digits(x[at])));
    }
    f[i] = function.at(variable(Digits(x[i])));
    const Digits exact = derivative_of(f[i], scheme.derivative);
    largest = std::max<Digits>(largest, abs(exact_row(x, f, i, scheme).value - exact));
  }
  return largest.convert_to<double>();
}

double slope(double coarse, double fine, double refinement) {
  return std::log(coarse / fine) / std::log(refinement);
}

TEST(Order, OfExactErrorsIsTheAccuracyOnSmoothGrids) {
  const Function& function = functions.front();
  for (const Scheme& scheme :
       {Scheme{.accuracy = 2}, Scheme{.accuracy = 8},
        Scheme{.derivative = 2, .accuracy = 4}, Scheme{.derivative = 4, .accuracy = 6}}) {
    for (auto* const grid : {geometric, chebyshev}) {
      const double order = slope(largest_error(grid(513), function, scheme),
                                 largest_error(grid(4097), function, scheme), 8);
      EXPECT_GE(order, *scheme.accuracy - 0.15)
          << "derivative " << scheme.derivative << ", accuracy " << *scheme.accuracy;
    }
  }
}

TEST(Order, OfExactErrorsIsTheAccuracyOnJitteredGrids) {
  Random random(seed);
  constexpr std::size_t draws = 20;
  for (const Scheme& scheme : {Scheme{.accuracy = 2}, Scheme{.derivative = 2}}) {
    std::vector<double> orders;
    Scheme with_accuracy = scheme;
    with_accuracy.accuracy = 2;
    for (std::size_t draw = 0; draw < draws; ++draw) {
      const double coarse =
          largest_error(jittered(513, random), functions.front(), with_accuracy);
      const double fine =
          largest_error(jittered(4097, random), functions.front(), with_accuracy);
      orders.push_back(slope(coarse, fine, 8));
    }
    std::ranges::nth_element(orders, orders.begin() + draws / 2);
    EXPECT_GE(orders[draws / 2], 2 - 0.3) << "derivative " << scheme.derivative;
  }
}

// Of the first derivative on spacing 1; kept, because most rows share them.
const std::vector<Digits>& weights_of(const std::vector<int>& offsets) {
  static std::map<std::vector<int>, std::vector<Digits>> kept;
  std::vector<Digits>& weights = kept[offsets];
  if (weights.empty()) {
    weights = fornberg_weights(std::vector<Digits>(offsets.begin(), offsets.end()), 1);
  }
  return weights;
}

// exp on [0, 1]: the best error over n, of ours and of exact sums of the same samples.
TEST(Order, LosesAtMostHalfOfWhatExactSumsKeep) {
  for (const int accuracy : {4, 6, 8, 10, 12}) {
    double ours = 1;
    double exact = 1;
    for (std::size_t n = 2 * static_cast<std::size_t>(accuracy); n <= 1500;
         n = n * 9 / 8) {
      const double h = 1 / static_cast<double>(n - 1);
      std::vector<double> f;
      for (std::size_t i = 0; i < n; ++i)
        f.push_back(std::exp(static_cast<double>(i) * h));
      const Scheme scheme = {.accuracy = accuracy};
      const auto result = derivative(f, {0, Axis::spaced(h)}, scheme);
      double worst = 0;
      double worst_exact = 0;
      const ReferenceAxis axis = {1, {}, scheme};
      for (std::size_t i = 0; i < n; ++i) {
        const Digits slope = exp(Digits(h) * i);
        worst = std::max(worst, abs(result[i] - slope).convert_to<double>());
        const std::vector<int> offsets = reference_offsets(axis, i, n);
        const std::vector<Digits>& weights = weights_of(offsets);
        Digits sum = 0;
        for (std::size_t k = 0; k < offsets.size(); ++k) {
          const auto at = static_cast<std::size_t>(static_cast<int>(i) + offsets[k]);
          sum += weights[k] * f[at];
        }
        worst_exact = std::max(worst_exact, abs(sum / h - slope).convert_to<double>());
      }
      ours = std::min(ours, worst);
      exact = std::min(exact, worst_exact);
    }
    EXPECT_LE(ours, 2 * exact) << "accuracy " << accuracy;
  }
}

// The largest error of the derivative of sin over a period of n samples.
double sine_error(std::size_t n, int accuracy) {
  const Digits step = 2 * boost::math::constants::pi<Digits>() / n;
  std::vector<double> f;
  for (std::size_t i = 0; i < n; ++i) f.push_back(sin(step * i).convert_to<double>());
  const Axis axis = Axis::spaced(step.convert_to<double>()).with_ends(Periodic{});
  const auto slope = derivative(f, {0, axis}, {.accuracy = accuracy});
  double worst = 0;
  for (std::size_t i = 0; i < n; ++i) {
    worst = std::max(worst, abs(slope[i] - cos(step * i)).convert_to<double>());
  }
  return worst;
}

TEST(Order, OfAPeriodicSineKeepsFalling) {
  double before = 1;
  for (int accuracy = 2; accuracy <= 12; accuracy += 2) {
    double best = 1;
    for (std::size_t n = 26; n <= 200; n += 6)
      best = std::min(best, sine_error(n, accuracy));
    EXPECT_LT(best, before);
    before = best;
  }
  EXPECT_LT(before, 1e-15);
}

}  // namespace
}  // namespace gridgrad::test

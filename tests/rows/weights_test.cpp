// weights_test.cpp: weights on arbitrary nodes against a hundred digits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "kernels/neighbours.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"
#include "support/jet.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {
namespace {

double ulp(double number) {
  const double magnitude = std::abs(number);
  return std::nextafter(magnitude, std::numeric_limits<double>::infinity()) - magnitude;
}

// Distances from the own sample to others; gaps differ by up to `ratio`.
std::vector<double> random_nodes(std::size_t count, double ratio, Random& random) {
  std::uniform_real_distribution<double> exponent(0, std::log(ratio));
  const auto own = static_cast<std::size_t>(random() % (count + 1));
  std::vector<double> x(count + 1, 0);
  for (std::size_t k = own; k-- > 0;) x[k] = x[k + 1] - std::exp(exponent(random));
  for (std::size_t k = own + 1; k <= count; ++k) {
    x[k] = x[k - 1] + std::exp(exponent(random));
  }
  x.erase(x.begin() + static_cast<std::ptrdiff_t>(own));
  return x;
}

// Integers around 0, moved by a share of up to `jitter`.
std::vector<double> nearly_uniform_nodes(std::size_t count, double jitter,
                                         Random& random) {
  std::uniform_real_distribution<double> moved(-jitter, jitter);
  const int below = static_cast<int>(random() % (count + 1));
  std::vector<double> x;
  for (int k = -below; k <= static_cast<int>(count) - below; ++k) {
    if (k != 0) x.push_back(k * (1 + moved(random)));
  }
  return x;
}

struct Counts {
  std::size_t weights = 0;
  std::size_t not_nearest = 0;
};

// Within an ulp, or 2^-60 of the largest weight; nearly all are the nearest.
void expect_weights(const std::vector<double>& x, int derivative, Counts& counts) {
  std::vector<DoubleDouble> nodes;
  std::vector<Digits> exact_nodes = {0};
  for (const double at : x) {
    nodes.push_back({at, 0});
    exact_nodes.emplace_back(at);
  }
  std::vector<Rounded> weights(x.size());
  derivative_weights(nodes, derivative, 1, weights);
  const std::vector<Digits> exact = fornberg_weights(exact_nodes, derivative);
  double largest = 0;
  for (const Rounded& weight : weights) largest = std::max(largest, std::abs(weight.f64));
  for (std::size_t j = 0; j < x.size(); ++j) {
    // What is 0 comes out of a hundred digits as what they leave.
    const bool is_zero = abs(exact[j + 1]) < 0x1p-300 * largest;
    const double nearest = is_zero ? 0 : exact[j + 1].convert_to<double>();
    const double error = abs(Digits(weights[j].f64) - exact[j + 1]).convert_to<double>();
    ASSERT_LE(error, std::max(ulp(nearest), 0x1p-60 * largest));
    counts.not_nearest += weights[j].f64 == nearest ? 0 : 1;
    // Others are refused before they are used.
    const bool is_normal = std::isnormal(weights[j].f32) || nearest == 0;
    const float narrow = is_zero ? 0 : exact[j + 1].convert_to<float>();
    counts.not_nearest += !is_normal || weights[j].f32 == narrow ? 0 : 1;
    ++counts.weights;
  }
}

TEST(Weights, OnRandomNodesAreTheNearestDoublesAndFloats) {
  Random random(seed);
  Counts counts;
  for (int draw = 0; draw < 100'000; ++draw) {
    const int derivative = 1 + draw % 4;
    const std::size_t count = static_cast<std::size_t>(derivative) + random() % 8;
    const double ratio = std::pow(10.0, static_cast<double>(draw % 7));
    expect_weights(random_nodes(count, ratio, random), derivative, counts);
  }
  EXPECT_EQ(counts.not_nearest, 0U) << "of " << counts.weights;
}

TEST(Weights, OnNearlyUniformNodesAreTheNearestDoublesAndFloats) {
  Random random(seed);
  Counts counts;
  for (int draw = 0; draw < 10'000; ++draw) {
    const int derivative = 1 + draw % 6;
    const std::size_t count = static_cast<std::size_t>(derivative) + 1 + random() % 12;
    const double jitter = std::pow(10.0, -2.0 - draw % 11);
    expect_weights(nearly_uniform_nodes(count, jitter, random), derivative, counts);
  }
  EXPECT_EQ(counts.not_nearest, 0U) << "of " << counts.weights;
}

// The extra node that an even derivative takes counts for nothing where the others are
// symmetric.
TEST(Weights, ThatAreExactlyZeroAreZero) {
  const std::vector<DoubleDouble> nodes = {{-1.7, 0}, {1.7, 0}, {4.1, 0}};
  std::vector<Rounded> weights(3);

  derivative_weights(nodes, 2, 1, weights);

  EXPECT_EQ(weights[2].f64, 0);
  EXPECT_EQ(weights[2].f32, 0);
  EXPECT_EQ(weights[0].f64, weights[1].f64);
}

// One of the nodes may be where the row is; all weights are there.
TEST(Weights, BetweenNodesAreTheNearestDoublesAndFloats) {
  Random random(seed);
  for (int draw = 0; draw < 10'000; ++draw) {
    const int derivative = 1 + draw % 4;
    const std::size_t count = static_cast<std::size_t>(derivative) + 1 + random() % 8;
    std::vector<double> x = random_nodes(count, 10, random);
    const double row =
        draw % 10 == 0 ? x[draw % count] : random_sample<double>(random) / 8;
    std::vector<DoubleDouble> nodes;
    std::vector<Digits> exact_nodes;
    for (const double at : x) {
      nodes.push_back(two_sum(at, -row));
      exact_nodes.push_back(Digits(at) - Digits(row));
    }
    std::vector<Rounded> weights(count);

    weights_between(nodes, derivative, 1, weights);

    const std::vector<Digits> exact = fornberg_weights(exact_nodes, derivative);
    for (std::size_t j = 0; j < count; ++j) {
      EXPECT_EQ(weights[j].f64, exact[j].convert_to<double>());
      EXPECT_EQ(weights[j].f32, exact[j].convert_to<float>());
    }
  }
}

TEST(Weights, OnNodesFarFromOneAreExactToo) {
  Random random(seed);
  for (const double factor : {1e-200, 1e-30, 1e30, 1e200}) {
    std::vector<double> x = random_nodes(5, 1e3, random);
    for (double& at : x) at *= factor;
    std::vector<DoubleDouble> nodes;
    std::vector<Digits> exact_nodes = {0};
    for (const double at : x) {
      nodes.push_back({at, 0});
      exact_nodes.emplace_back(at);
    }
    std::vector<Rounded> weights(5);
    derivative_weights(nodes, 1, 1, weights);
    const std::vector<Digits> exact = fornberg_weights(exact_nodes, 1);
    for (std::size_t j = 0; j < 5; ++j) {
      EXPECT_EQ(weights[j].f64, exact[j + 1].convert_to<double>());
    }
  }
}

// Weights of samples and of one slope: exact on polynomials of the degree that their
// number determines.
TEST(Weights, WithASlopeAreExactOnPolynomials) {
  Random random(seed);
  for (int draw = 0; draw < 1'000; ++draw) {
    const int derivative = 1 + draw % 4;
    const std::size_t count = static_cast<std::size_t>(derivative) + random() % 6;
    const std::vector<double> x = random_nodes(count, 100, random);
    const std::size_t end = random() % (count + 1);
    std::vector<DoubleDouble> nodes;
    for (const double at : x) nodes.push_back({at, 0});
    std::vector<Rounded> weights(count + 1);

    slope_weights(nodes, end, derivative, 1, weights);

    const Digits at_end = end == 0 ? Digits(0) : Digits(x[end - 1]);
    for (int k = 1; k <= static_cast<int>(count) + 1; ++k) {
      Digits sum = weights[count].f64 * k * pow(at_end, k - 1);
      Digits magnitude = abs(sum);
      for (std::size_t j = 0; j < count; ++j) {
        const Digits term = weights[j].f64 * pow(Digits(x[j]), k);
        sum += term;
        magnitude += abs(term);
      }
      Digits expected = k == derivative ? 1 : 0;
      for (int n = 2; n <= derivative; ++n) expected *= n;
      ASSERT_LE(abs(sum - expected), magnitude * 0x1p-52) << "degree " << k;
    }
  }
}

class NeighbourWeights : public EveryTarget {};

template <class T>
T rounded_as(const Rounded& weight) {
  if constexpr (std::is_same_v<T, float>) return weight.f32;
  if constexpr (std::is_same_v<T, double>) return weight.f64;
}

// Rows with two others: the next on both sides, the two
// above or the two below; or with the one above. What the closed form gives is what the
// general one gives, where it says so.
template <class T>
void expect_closed_form(std::span<const double> x, std::array<std::ptrdiff_t, 2> to,
                        std::size_t count, std::size_t& decided) {
  const double* const own = x.data() + 2;
  const std::array<kernels::Neighbour, 2> others = {
      {{own + to[0], 1}, {own + to[1], -1}}};
  const std::size_t neighbours = to[1] == 0 ? 1 : 2;
  const kernels::NeighbourRun run = {count, own, {others.data(), neighbours}};
  std::array<std::vector<T>, 2> weights = {std::vector<T>(count), std::vector<T>(count)};
  if (!kernels::neighbour_weights(run, {weights[0].data(), weights[1].data()})) return;
  ++decided;
  for (std::size_t i = 0; i < count; ++i) {
    std::array<DoubleDouble, 2> nodes;
    std::array<Rounded, 2> exact;
    for (std::size_t k = 0; k < neighbours; ++k) {
      nodes[k] = two_sum(others[k].positions[i], -own[i]);
    }
    derivative_weights({nodes.data(), neighbours}, 1, 1, {exact.data(), neighbours});
    ASSERT_EQ(weights[0][i], rounded_as<T>(exact[0]));
    if (neighbours == 1) continue;
    ASSERT_EQ(weights[1][i], -rounded_as<T>(exact[1]));
  }
}

TEST_P(NeighbourWeights, AreThoseOfTheGeneralForm) {
  Random random(seed);
  std::size_t runs = 0;
  std::size_t decided32 = 0;
  std::size_t decided64 = 0;
  for (const double ratio : {1.0001, 3.0, 1e4}) {
    for (std::size_t count = 1; count < 70; ++count) {
      std::vector<double> x(count + 4, 1000 * ratio);
      std::uniform_real_distribution<double> exponent(0, std::log(ratio));
      for (std::size_t k = 1; k < x.size(); ++k) {
        x[k] = x[k - 1] + std::exp(exponent(random));
      }
      for (const std::array<std::ptrdiff_t, 2> to :
           {std::array<std::ptrdiff_t, 2>{-1, 1}, {1, 2}, {-1, -2}, {1, 0}}) {
        expect_closed_form<float>(x, to, count, decided32);
        expect_closed_form<double>(x, to, count, decided64);
        ++runs;
      }
    }
  }
  EXPECT_GT(decided32, runs * 9 / 10);
  // The closed form in double needs fused operations.
  EXPECT_TRUE(decided64 == 0 || decided64 > runs * 9 / 10) << decided64;
}
GRIDGRAD_FOR_EVERY_TARGET(NeighbourWeights);

}  // namespace
}  // namespace gridgrad::test

// accuracy_test.cpp: closed forms, within the bounds of support/bounds.hpp
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "support/bounds.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

template <class T>
void expect_constant_is_zero(T constant) {
  Random random(seed);
  for (int draw = 0; draw < 20; ++draw) {
    const std::size_t extent = 3 + random() % 40;
    const std::vector<T> field(extent, constant);
    const std::vector<double> x = random_positions(extent, random);
    for (const Axis& axis : {Axis::spaced(0.1), Axis::at(x)}) {
      for (const int edge_order : {1, 2}) {
        const auto slope = derivative(field, {0, axis}, {.edge_order = edge_order});
        for (const auto& value : slope) {
          EXPECT_EQ(value, Result<T>{}) << "extent " << extent;
        }
      }
    }
  }
}

TEST(Accuracy, OfAConstantIsExactlyZeroForEveryType) {
  expect_constant_is_zero(273.15F);
  expect_constant_is_zero(273.15);
  expect_constant_is_zero(1e300);
  expect_constant_is_zero(std::complex<float>(273.15F, -1e10F));
  expect_constant_is_zero(std::complex<double>(273.15, -1e10));
  expect_constant_is_zero(to_float16(273.15F));
  expect_constant_is_zero(to_bfloat16(273.15F));
  expect_constant_is_zero(std::int8_t{-100});
  expect_constant_is_zero(std::uint16_t{65535});
  expect_constant_is_zero(std::int32_t{-2147483647});
  expect_constant_is_zero(std::int64_t{9007199254740993});
  expect_constant_is_zero(std::uint64_t{18446744073709551615U});
}

// A random grid, descending where `sign` is -1.
std::vector<double> grid(double sign, Random& random) {
  std::vector<double> x = random_positions(60, random);
  for (double& position : x) position *= sign;
  return x;
}

template <class F>
std::vector<double> sampled(F&& f, const std::vector<double>& x) {
  std::vector<double> samples(x.size());
  std::ranges::transform(x, samples.begin(), f);
  return samples;
}

// Magnitude of a row: the slopes to the neighbours, weighted with at most 3 in all
// (4 - 1 at an edge of order 2), and the rounding of the samples themselves.
double magnitude_of_rows(const std::vector<double>& f, const std::vector<double>& x) {
  double steepest = 0;
  double smallest_gap = std::abs(x[1] - x[0]);
  double largest = 0;
  for (std::size_t i = 1; i < f.size(); ++i) {
    const double gap = std::abs(x[i] - x[i - 1]);
    steepest = std::max(steepest, std::abs(f[i] - f[i - 1]) / gap);
    smallest_gap = std::min(smallest_gap, gap);
    largest = std::max({largest, std::abs(f[i]), std::abs(f[i - 1])});
  }
  constexpr double largest_weight_sum = 5;
  return largest_weight_sum * (steepest + 2 * largest / smallest_gap);
}

// Exact on polynomials of the degree that the rows promise: 1 at an edge of order 1,
// else 2.
TEST(Accuracy, OfPolynomialsIsWithinRoundingOfTheirDerivative) {
  Random random(seed);
  for (const double sign : {1.0, -1.0}) {
    const std::vector<double> x = grid(sign, random);
    const std::vector<double> f =
        sampled([](double t) { return 2 + 3 * t - 0.5 * t * t; }, x);
    const std::vector<double> slope = derivative(f, {0, Axis::at(x)}, {.edge_order = 2});
    const double bound = row_bound<double>(2, magnitude_of_rows(f, x));
    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(slope[i], 3 - x[i], bound);
  }
}

TEST(Accuracy, OfLinesIsWithinRoundingEverywhere) {
  Random random(seed);
  const std::vector<double> x = grid(1, random);
  const std::vector<double> f = sampled([](double t) { return 1e6 - 7 * t; }, x);

  const std::vector<double> slope = derivative(f, {0, Axis::at(x)});

  const double bound = row_bound<double>(2, magnitude_of_rows(f, x));
  for (const double value : slope) EXPECT_NEAR(value, -7, bound);
}

// D (2 f - 3 g) = 2 D f - 3 D g without a rounding: small integers, spacing 1/4.
TEST(Accuracy, IsLinear) {
  Random random(seed);
  std::vector<double> f(40);
  std::vector<double> g(40);
  std::vector<double> combined(40);
  for (std::size_t i = 0; i < 40; ++i) {
    f[i] = static_cast<double>(random() % 1000);
    g[i] = static_cast<double>(random() % 1000);
    combined[i] = 2 * f[i] - 3 * g[i];
  }
  const Along along = {0, Axis::spaced(0.25)};

  const std::vector<double> d_f = derivative(f, along, {.edge_order = 2});
  const std::vector<double> d_g = derivative(g, along, {.edge_order = 2});
  const std::vector<double> d_combined = derivative(combined, along, {.edge_order = 2});

  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(d_combined[i], 2 * d_f[i] - 3 * d_g[i]);
}

// Positions a little off an equal spacing take irregular rows, which must differ from the
// uniform ones by no more than their weights do: 1/h by a relative 2 jitter / h each.
TEST(Accuracy, OfIrregularRowsApproachesUniformOnesWithTheirPositions) {
  Random random(seed);
  const std::vector<double> f = random_samples<double>(40, random);
  constexpr double jitter = 0x1p-30;
  std::vector<double> x(40);
  for (std::size_t i = 0; i < 40; ++i) {
    x[i] = static_cast<double>(i) + (i % 2 == 0 ? jitter : -jitter);
  }
  const std::vector<double> uniform = derivative(f, {0}, {.edge_order = 2});
  const std::vector<double> irregular =
      derivative(f, {0, Axis::at(x)}, {.edge_order = 2});
  // At most three differences of samples below 100, weights of at most 2, each a quotient
  // of at most four gaps that are off by 2 jitter; as much again for the terms of second
  // order.
  const double bound = 2 * (3 * 200) * 2 * (4 * 2 * jitter);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_NEAR(irregular[i], uniform[i], bound);
  EXPECT_NE(irregular[1], uniform[1]);
}

// sin' = cos; its second and third derivatives are at most 1.
TEST(Accuracy, OfASineIsWithinTruncationAndRounding) {
  Random random(seed);
  for (const double gap : {0.1, 0.01}) {
    std::vector<double> x = grid(1, random);
    for (double& position : x) position *= gap;
    const std::vector<double> f = sampled([](double t) { return std::sin(t); }, x);
    const double rounding = row_bound<double>(2, magnitude_of_rows(f, x));
    const std::vector<double> slope = derivative(f, {0, Axis::at(x)}, {.edge_order = 2});
    const std::vector<double> first = derivative(f, {0, Axis::at(x)});
    for (std::size_t i = 1; i + 1 < x.size(); ++i) {
      const double truncation = central_truncation(x[i] - x[i - 1], x[i + 1] - x[i], 1);
      EXPECT_NEAR(slope[i], std::cos(x[i]), truncation + rounding);
    }
    EXPECT_NEAR(slope[0], std::cos(x[0]),
                second_order_truncation(x[1] - x[0], x[2] - x[1], 1) + rounding);
    EXPECT_NEAR(first[0], std::cos(x[0]),
                first_order_truncation(x[1] - x[0], 1) + rounding);
  }
}

// Twice the samples, a quarter of the error: the order is 2 inside and at edges of
// order 2.
TEST(Accuracy, FallsWithTheSquareOfTheSpacing) {
  const auto largest_error = [](std::size_t extent) {
    const double spacing = std::numbers::pi / static_cast<double>(extent - 1);
    std::vector<double> f(extent);
    for (std::size_t i = 0; i < extent; ++i)
      f[i] = std::exp(static_cast<double>(i) * spacing);
    const auto slope = derivative(f, {0, Axis::spaced(spacing)}, {.edge_order = 2});
    double largest = 0;
    for (std::size_t i = 0; i < extent; ++i) {
      largest = std::max(largest, std::abs(slope[i] - f[i]));
    }
    return largest;
  };

  const double order = std::log2(largest_error(513) / largest_error(1025));

  // The next term of the error at the edge, h f''''/4 of the first, shifts the slope by
  // less than h; h = pi / 512.
  EXPECT_NEAR(order, 2, std::numbers::pi / 512);
}

// numpy.gradient loses 5 of 7 digits here: its weights do not sum to 0.
TEST(Accuracy, OfFloat32KeepsItsDigitsUnderALargeOffset) {
  Random random(seed);
  const std::vector<double> x = grid(1, random);
  std::vector<float> f;
  for (const double position : x) {
    f.push_back(static_cast<float>(0x1p20 + std::round(64 * position) / 64));
  }
  const std::vector<float> slope = derivative(f, {0, Axis::at(x)});
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const double lower = (double{f[i]} - f[i - 1]) / (x[i] - x[i - 1]);
    const double upper = (double{f[i + 1]} - f[i]) / (x[i + 1] - x[i]);
    const double h1 = x[i] - x[i - 1];
    const double h2 = x[i + 1] - x[i];
    const double exact = (h2 * lower + h1 * upper) / (h1 + h2);
    EXPECT_NEAR(slope[i], exact, row_bound<float>(2, std::abs(lower) + std::abs(upper)));
  }
}

}  // namespace
}  // namespace gridgrad::test

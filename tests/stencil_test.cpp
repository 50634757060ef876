// stencil_test.cpp: fractions, their doubles, and what they make of waves
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/stencil.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

#include "support/errors.hpp"
#include "support/rational.hpp"

namespace gridgrad::test {
namespace {

std::vector<int> from_to(int first, int last) {
  std::vector<int> offsets(static_cast<std::size_t>(last - first + 1));
  std::iota(offsets.begin(), offsets.end(), first);
  return offsets;
}

void expect_exact(const Stencil& stencil) {
  const std::vector<Rational> exact =
      solved_weights(stencil.offsets(), stencil.derivative());
  for (std::size_t j = 0; j < exact.size(); ++j) {
    EXPECT_EQ(stencil.fractions()[j], exact[j].str());
    EXPECT_TRUE(is_nearest(stencil.weights()[j], exact[j])) << exact[j];
  }
}

class OfDerivative : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Stencil, OfDerivative, testing::Range(1, 7));

TEST_P(OfDerivative, CentralWeightsAreTheExactSolution) {
  const int m = GetParam();
  for (int accuracy = 2; accuracy <= 20; accuracy += 2) {
    const Stencil central = stencil(m, accuracy);
    EXPECT_EQ(central.accuracy(), accuracy);
    EXPECT_EQ(central.offsets().back(), (m + accuracy - 1) / 2);
    expect_exact(central);
  }
}

// Rows of every one-sided closure; the windows at either end are the biased stencils.
TEST_P(OfDerivative, OneSidedWeightsAreTheExactSolution) {
  const int m = GetParam();
  for (int accuracy = 1; accuracy <= 20; ++accuracy) {
    const int last = m + accuracy - 1;
    for (int below = 0; below <= last / 2; ++below) {
      expect_exact(Stencil(m, from_to(-below, last - below)));
    }
    EXPECT_EQ(stencil(m, accuracy, Bias::forward).offsets().front(), 0);
    EXPECT_EQ(stencil(m, accuracy, Bias::backward).offsets().back(), 0);
    EXPECT_EQ(stencil(m, accuracy, Bias::forward).accuracy(), accuracy);
  }
}

// At the upper end the offsets change sign, and with them the weights of odd derivatives.
TEST_P(OfDerivative, BackwardWeightsAreForwardWeightsMirrored) {
  const int m = GetParam();
  for (int accuracy = 1; accuracy <= 20; ++accuracy) {
    const Stencil forward = stencil(m, accuracy, Bias::forward);
    const Stencil backward = stencil(m, accuracy, Bias::backward);
    const std::size_t n = forward.weights().size();
    for (std::size_t j = 0; j < n; ++j) {
      EXPECT_EQ(backward.weights()[n - 1 - j],
                (m % 2 == 0 ? 1 : -1) * forward.weights()[j]);
    }
  }
}

std::vector<std::string> fractions(const Stencil& stencil) {
  return {stencil.fractions().begin(), stencil.fractions().end()};
}

TEST(Stencil, HasTheWeightsOfTheTables) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(fractions(stencil(1, 8)), (Texts{"1/280", "-4/105", "1/5", "-4/5", "0", "4/5",
                                             "-1/5", "4/105", "-1/280"}));
  EXPECT_EQ(fractions(stencil(2, 4)), (Texts{"-1/12", "4/3", "-5/2", "4/3", "-1/12"}));
  EXPECT_EQ(fractions(stencil(1, 2, Bias::forward)), (Texts{"-3/2", "2", "-1/2"}));
  EXPECT_EQ(stencil(1, 2).error_constant(), "1/6");
  EXPECT_EQ(stencil(2, 6).error_constant(), "1/560");
}

TEST(Stencil, TakesOffsetsInAnyOrderWithGaps) {
  const std::vector<int> offsets = {2, -3, 0, -1};
  const Stencil gaps(1, offsets);

  EXPECT_EQ(std::vector<int>(gaps.offsets().begin(), gaps.offsets().end()),
            (std::vector<int>{-3, -1, 0, 2}));
  expect_exact(gaps);
  EXPECT_EQ(gaps.accuracy(), 3);
  expect_exact(Stencil(2, std::vector<int>{-1000, 1, 7, 1000}));
  expect_exact(Stencil(1, std::vector<int>{3, 5}));
}

TEST(Stencil, ModifiesWavenumbersAsInTheTextbooks) {
  for (const double theta : {1e-8, 0.1, 1.0, 3.0}) {
    constexpr double few_roundings = 0x1p-50;
    const auto first = stencil(1, 2).modified_wavenumber(theta);
    const auto second = stencil(2, 2).modified_wavenumber(theta);
    const auto upwind = stencil(1, 1, Bias::backward).modified_wavenumber(theta);
    const double half = 2 * std::sin(theta / 2);
    EXPECT_NEAR(first.real(), std::sin(theta), few_roundings * theta);
    EXPECT_EQ(first.imag(), 0);
    EXPECT_NEAR(second.real(), half * half, few_roundings * theta * theta);
    EXPECT_NEAR(upwind.real(), std::sin(theta), few_roundings * theta);
    EXPECT_NEAR(upwind.imag(), -half * half / 2, few_roundings * theta * theta);
  }
}

TEST(Stencil, RefusesWhatItCannotBe) {
  EXPECT_ERROR(static_cast<void>(stencil(7, 2)), bad_argument,
               "derivative: 7 given; 1 to 6 is needed");
  EXPECT_ERROR(static_cast<void>(stencil(1, 3)), bad_argument,
               "accuracy: 3 given; central differences need an even number from 2 to 20");
  EXPECT_ERROR(Stencil(1, std::vector<int>{0, 1, 0}), bad_argument,
               "offsets: 0 given twice; different offsets are needed");
  EXPECT_ERROR(Stencil(2, std::vector<int>{0, 1}), too_few_samples,
               "offsets: 2 given; derivative 2 needs at least 3");
  EXPECT_ERROR(Stencil(1, from_to(0, 64)), bad_argument,
               "offsets: 65 given; at most 64 are accepted");
  EXPECT_ERROR(Stencil(1, std::vector<int>{0, 2000}), bad_argument,
               "offsets: 2000 given; -1000 to 1000 is accepted");
}

}  // namespace
}  // namespace gridgrad::test

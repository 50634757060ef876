// degrees_test.cpp: sines, cosines and arc sines against a hundred digits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "degrees.hpp"

#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/fields.hpp"
#include "support/jet.hpp"

namespace gridgrad::test {
namespace {

Digits exactly(double x) {
  return Digits(x);
}

Digits exactly(DoubleDouble x) {
  return Digits(x.high) + Digits(x.low);
}

Digits radians(const Digits& degrees) {
  return degrees * boost::math::constants::pi<Digits>() / half_turn;
}

double relative_error(const Digits& found, const Digits& exact) {
  return abs((found - exact) / exact).convert_to<double>();
}

// The larger of the two errors.
template <class Real>
double error_at(Real degrees) {
  const SineAndCosine<Real> found = sine_and_cosine(degrees);
  const Digits angle = radians(exactly(degrees));
  return std::max(relative_error(exactly(found.sine), sin(angle)),
                  relative_error(exactly(found.cosine), cos(angle)));
}

TEST(Degrees, HaveSinesWithinTheBoundPromised) {
  Random random(seed);
  std::uniform_real_distribution<double> uniform(-720, 720);
  double narrow = 0;
  double wide = 0;
  for (int draw = 0; draw < 5'000; ++draw) {
    const double degrees = uniform(random);
    narrow = std::max(narrow, error_at(degrees));
    wide = std::max(wide, error_at(two_sum(degrees, degrees * 0x1p-60)));
  }

  EXPECT_LE(narrow, 4 * std::numeric_limits<double>::epsilon());
  EXPECT_LE(wide, 0x1p-98);
}

TEST(Degrees, HaveSinesWithinTheBoundNextToMultiplesOfNinety) {
  double narrow = 0;
  double wide = 0;
  for (const double quarter : {-360.0, -270.0, -180.0, -90.0, 0.0, 90.0, 180.0, 450.0}) {
    for (int power = 1; power < 40; ++power) {
      for (const double sign : {-1.0, 1.0}) {
        const double degrees = quarter + sign * std::ldexp(1.0, -power);
        narrow = std::max(narrow, error_at(degrees));
        wide = std::max(wide, error_at(DoubleDouble{degrees, 0}));
      }
    }
  }

  EXPECT_LE(narrow, 4 * std::numeric_limits<double>::epsilon());
  EXPECT_LE(wide, 0x1p-98);
}

TEST(Degrees, AreExactAtMultiplesOfNinety) {
  for (int k = -8; k <= 8; ++k) {
    const auto found = sine_and_cosine(right_angle * k);
    const auto wide = sine_and_cosine(DoubleDouble{right_angle * k, 0});
    const int turned = ((k % 4) + 4) % 4;

    EXPECT_EQ(found.sine, turned == 1 ? 1 : turned == 3 ? -1 : 0) << k;
    EXPECT_EQ(found.cosine, turned == 0 ? 1 : turned == 2 ? -1 : 0) << k;
    EXPECT_EQ(wide.sine.high, found.sine) << k;
    EXPECT_EQ(wide.cosine.high, found.cosine) << k;
  }
}

TEST(Degrees, HaveArcSinesWithinEightUlp) {
  Random random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  double largest = 0;
  for (int draw = 0; draw < 5'000; ++draw) {
    const double sine = std::pow(uniform(random), draw % 9 + 1);
    largest =
        std::max(largest, relative_error(Digits(arc_sine(sine)), asin(Digits(sine))));
  }

  // Above a half it is the rounding of 1 - sine^2 that counts most.
  EXPECT_LE(largest, 8 * std::numeric_limits<double>::epsilon());
  EXPECT_EQ(arc_sine(0), 0);
  EXPECT_LE(relative_error(Digits(arc_sine(1)), radians(right_angle)),
            8 * std::numeric_limits<double>::epsilon());
}

}  // namespace
}  // namespace gridgrad::test

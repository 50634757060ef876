// rows/arctangent_test.cpp: angles against fifty digits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arctangent.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_50;

constexpr double infinity = std::numeric_limits<double>::infinity();

Exact exact_degrees(const Exact& tangent) {
  return atan(tangent) * 180 / boost::math::constants::pi<Exact>();
}

// Distance in units in the last place of the exact number.
double units_off(double angle, const Exact& exact) {
  const auto rounded = static_cast<double>(exact);
  const double unit = std::ldexp(1, std::ilogb(rounded) - 52);
  return std::fabs(static_cast<double>((Exact(angle) - exact) / Exact(unit)));
}

double degrees(double tangent) {
  return Arctangent::table().degrees(tangent);
}
double degrees(double y, double x) {
  return Arctangent::table().degrees(y, x);
}

TEST(Arctangent, IsWithinItsBound) {
  Random random(seed);
  std::uniform_real_distribution<double> exponent(-60, 60);
  std::uniform_real_distribution<double> moderate(-5, 4);
  double worst = 0;
  for (int turn = 0; turn < 20000; ++turn) {
    const double t = std::exp2(turn % 4 == 0 ? exponent(random) : moderate(random));
    worst = std::max(worst, units_off(degrees(t), exact_degrees(t)));
  }
  EXPECT_LT(worst, 0.9);
  EXPECT_GT(worst, 0.5);
}

TEST(Arctangent, IsWithinItsBoundAroundTheSeamsOfTheTable) {
  double worst = 0;
  for (int k = 1; k <= 128; ++k) {
    for (double t : {k / 128.0, 128.0 / k}) {
      for (int step = 0; step < 4; ++step) t = std::nextafter(t, 0);
      for (int step = -4; step <= 4; ++step, t = std::nextafter(t, infinity)) {
        worst = std::max(worst, units_off(degrees(t), exact_degrees(t)));
      }
    }
  }
  EXPECT_LT(worst, 0.9);
}

TEST(Arctangent, IsExactWhereItCanBe) {
  EXPECT_EQ(degrees(0), 0);
  EXPECT_EQ(degrees(1), 45);
  EXPECT_EQ(degrees(infinity), 90);
  EXPECT_EQ(degrees(std::numeric_limits<double>::max()), 90);
  EXPECT_TRUE(std::isnan(degrees(std::nan(""))));
  const double least = std::numeric_limits<double>::denorm_min();
  EXPECT_NEAR(degrees(least), 57 * least, least);
}

TEST(Arctangent, IncreasesWithItsArgument) {
  Random random(seed);
  std::uniform_real_distribution<double> moderate(-5, 4);
  for (int turn = 0; turn < 20000; ++turn) {
    const double t = std::exp2(moderate(random));
    EXPECT_LE(degrees(t), degrees(t * (1 + 0x1p-50)));
  }
}

TEST(Arctangent, OfTwoComponentsGoesAround) {
  const double half = std::sqrt(0.5);
  EXPECT_EQ(degrees(0, 1), 0);
  EXPECT_EQ(degrees(-0.0, 1), 0);
  EXPECT_EQ(degrees(half, half), 45);
  EXPECT_EQ(degrees(1, 0), 90);
  EXPECT_EQ(degrees(1, -0.0), 90);
  EXPECT_EQ(degrees(half, -half), 135);
  EXPECT_EQ(degrees(0, -1), 180);
  EXPECT_EQ(degrees(-half, -half), 225);
  EXPECT_EQ(degrees(-1, 0), 270);
  EXPECT_EQ(degrees(-half, half), 315);
  EXPECT_EQ(degrees(-0x1p-200, 1), 0);
  EXPECT_EQ(degrees(0, 0), 0);
  EXPECT_EQ(degrees(1, infinity), 0);
  EXPECT_EQ(degrees(1, -infinity), 180);
  EXPECT_TRUE(std::isnan(degrees(infinity, infinity)));
  EXPECT_TRUE(std::isnan(degrees(std::nan(""), 1)));
}

TEST(Arctangent, OfTwoComponentsIsWithinItsBound) {
  Random random(seed);
  std::normal_distribution<double> component;
  double worst = 0;
  for (int turn = 0; turn < 20000; ++turn) {
    const double y = component(random);
    const double x = component(random);
    Exact exact = exact_degrees(Exact(std::fabs(y)) / Exact(std::fabs(x)));
    if (x < 0) exact = 180 - exact;
    if (y < 0) exact = 360 - exact;
    worst = std::max(worst, units_off(degrees(y, x), exact));
  }
  EXPECT_LT(worst, 0.9 + 1.1);
}

}  // namespace
}  // namespace gridgrad::test

// great_circle_test.cpp: lengths against the angles of vectors of a hundred digits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "great_circle.hpp"

#include <array>
#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/fields.hpp"
#include "support/jet.hpp"

namespace gridgrad::test {
namespace {

using DigitVector = std::array<Digits, 3>;

struct Place {
  double latitude;
  double longitude;
};

DigitVector unit_vector(const Place& place) {
  const Digits unit = boost::math::constants::pi<Digits>() / 180;
  const Digits north = place.latitude * unit;
  const Digits east = place.longitude * unit;
  return {cos(north) * cos(east), cos(north) * sin(east), sin(north)};
}

// From the lengths of the sum and the difference of two unit vectors, which loses digits
// nowhere.
Digits angle(const Place& from, const Place& to) {
  const DigitVector a = unit_vector(from);
  const DigitVector b = unit_vector(to);
  Digits apart = 0;
  Digits together = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    apart += (a[k] - b[k]) * (a[k] - b[k]);
    together += (a[k] + b[k]) * (a[k] + b[k]);
  }
  return 2 * atan2(sqrt(apart), sqrt(together));
}

// The way along the only link of the first column of four places.
double length_between(const Place& from, const Place& to) {
  const Places places = {
      {2, 2}, {from.latitude, 1, to.latitude, 2}, {from.longitude, 3, to.longitude, 4}};
  return great_circle_lengths(places)[0].half_ways[0];
}

double relative_error(const Place& from, const Place& to) {
  const Digits exact = angle(from, to);
  return abs((length_between(from, to) - exact) / exact).convert_to<double>();
}

constexpr double bound = 16 * std::numeric_limits<double>::epsilon();

TEST(GreatCircle, OfNeighboursIsWithinTheBoundPromised) {
  Random random(seed);
  std::uniform_real_distribution<double> latitude(-85, 85);
  std::uniform_real_distribution<double> longitude(-180, 360);
  std::uniform_real_distribution<double> step(-1, 1);
  double largest = 0;
  for (int draw = 0; draw < 5'000; ++draw) {
    const double size = std::ldexp(1.0, 2 - draw % 12);
    const Place from = {latitude(random), longitude(random)};
    const Place to = {from.latitude + size * step(random),
                      from.longitude + size * step(random) + 360 * (draw % 3 - 1)};
    largest = std::max(largest, relative_error(from, to));
  }

  EXPECT_LE(largest, bound);
}

TEST(GreatCircle, CrossesTheDateLineAndThePoles) {
  EXPECT_LE(relative_error({10, 179.9}, {10.1, -179.9}), bound);
  EXPECT_LE(relative_error({10, 359.9}, {10, 0.2}), bound);
  EXPECT_LE(relative_error({89.9, 30}, {89.8, 210}), bound);
  EXPECT_LE(relative_error({-89.99, 0}, {-89.99, 180}), bound);
  EXPECT_LE(relative_error({90, 17}, {89.5, -100}), bound);
}

TEST(GreatCircle, GoesAsFarAsTheAntipodes) {
  const double half_way = boost::math::constants::pi<double>();

  EXPECT_NEAR(length_between({-90, 0}, {90, 0}), half_way, 8 * half_way * bound);
  EXPECT_NEAR(length_between({0, 10}, {0, 190}), half_way, 8 * half_way * bound);
  EXPECT_LE(relative_error({0, 0}, {0, 90}), bound);
  EXPECT_LE(relative_error({-45, 0}, {50, 100}), bound);
}

TEST(GreatCircle, IsZeroWhereALinkIs) {
  const Places places = {{2, 3}, {10, 10, 10, 20, 20, 20}, {5, 365, 7, 5, 6, 7}};
  const auto [down, across] = great_circle_lengths(places);

  EXPECT_EQ(across.half_ways[0], 0);
  EXPECT_EQ(across.half_ways[1], 0);
  EXPECT_GT(across.half_ways[2], 0);
  EXPECT_GT(down.half_ways[0], 0);
}

// Halfway from one neighbour to the other by way of the sample; the seam closes the line.
TEST(GreatCircle, MeasuresHalfTheWayBetweenNeighbours) {
  const Places places = {
      {2, 4}, {0, 0, 0, 0, 10, 10, 10, 10}, {0, 90, 170, 260, 0, 90, 170, 260}};
  const auto [down, across] = great_circle_lengths(places);
  const double degree = boost::math::constants::degree<double>();

  EXPECT_NEAR(across.half_ways[0], 90 * degree, 90 * degree * bound);
  EXPECT_NEAR(across.half_ways[1], 85 * degree, 85 * degree * bound);
  EXPECT_NEAR(across.half_ways[2], 85 * degree, 85 * degree * bound);
  EXPECT_NEAR(across.half_ways[3], 90 * degree, 90 * degree * bound);
  EXPECT_NEAR(across.seams[0], 100 * degree, 100 * degree * bound);
  EXPECT_EQ(down.seams.size(), 4U);
  EXPECT_NEAR(down.half_ways[1], 10 * degree, 10 * degree * bound);
}

Places grid_with_shear(double shear) {
  Places places = {{20, 30}, {}, {}};
  for (std::size_t i = 0; i < 20; ++i) {
    for (std::size_t j = 0; j < 30; ++j) {
      const double north = -0.5 + 0.05 * static_cast<double>(i);
      places.latitudes.push_back(north);
      places.longitudes.push_back(0.05 * static_cast<double>(j) + shear * north);
    }
  }
  return places;
}

// Chords are differences of unit vectors, rounded to 2^-53 of 1 each; these are 2^-10
// long.
TEST(GreatCircle, SeesWhetherAxesAreOrthogonal) {
  EXPECT_LE(largest_obliqueness(grid_with_shear(0)), 0x1p-40);
}

// Near the equator degrees are equal both ways.
TEST(GreatCircle, SeesHowObliqueAxesAre) {
  EXPECT_NEAR(largest_obliqueness(grid_with_shear(1)), std::sqrt(0.5), 0x1p-13);
  EXPECT_NEAR(largest_obliqueness(grid_with_shear(-1)), std::sqrt(0.5), 0x1p-13);
}

}  // namespace
}  // namespace gridgrad::test

// arrows_test.cpp: vectors over a map
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/arrows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "pictures/pictures.hpp"

namespace gridgrad::cli {
namespace {

using test::vectors_of;

constexpr float missing = std::numeric_limits<float>::quiet_NaN();
constexpr double rounding = 0x1p-40;  // of places in a picture of some hundred units

// A map of 300 by 200 units with its left upper corner at (10, 20), of cells that are
// whole numbers apart.
MapFrame frame_of(const FieldPicture& picture) {
  const double columns = static_cast<double>(picture.x.positions.size());
  const double rows = static_cast<double>(picture.y.positions.size());
  const bool is_upwards = picture.y.upwards == Upwards::larger;
  return {{10, 20, 300, 200},
          {{-0.5, columns - 0.5}, 10, 310},
          {{-0.5, rows - 0.5}, is_upwards ? 220.0 : 20.0, is_upwards ? 20.0 : 220.0}};
}

Arrows drawn(const FieldPicture& picture) {
  return arrows_of(picture, frame_of(picture));
}

void expect_near(const Point& point, double x, double y) {
  EXPECT_NEAR(point.x, x, rounding);
  EXPECT_NEAR(point.y, y, rounding);
}

TEST(Arrows, PointToTheRightWithTheFirstComponent) {
  const Arrows arrows = drawn(vectors_of(10, 15, 3, 0));

  ASSERT_EQ(arrows.arrows.size(), 150U);
  // The upper left cell is 20 by 20 units, and so are the arrows.
  expect_near(arrows.arrows.front().tail, 10, 30);
  expect_near(arrows.arrows.front().tip, 30, 30);
}

TEST(Arrows, PointUpWhereLargerPositionsAreUp) {
  const Arrows arrows = drawn(vectors_of(10, 15, 0, 3));

  expect_near(arrows.arrows.front().tail, 20, 40);
  expect_near(arrows.arrows.front().tip, 20, 20);
}

TEST(Arrows, PointDownWhereLargerPositionsAreDown) {
  FieldPicture picture = vectors_of(10, 15, 0, 3);
  picture.y.upwards = Upwards::smaller;

  const Arrows arrows = drawn(picture);

  expect_near(arrows.arrows.front().tail, 20, 20);
  expect_near(arrows.arrows.front().tip, 20, 40);
}

TEST(Arrows, HaveBothComponents) {
  const Arrows arrows = drawn(vectors_of(10, 15, -3, 4));

  expect_near(arrows.arrows.front().tail, 20 + 6, 30 + 8);
  expect_near(arrows.arrows.front().tip, 20 - 6, 30 - 8);
}

// The sample of one cell only, of positions that descend along both axes.
TEST(Arrows, StandAtTheirSamples) {
  FieldPicture picture = vectors_of(2, 3, missing, missing);
  std::ranges::reverse(picture.x.positions);
  std::ranges::reverse(picture.x.borders);
  std::ranges::reverse(picture.y.positions);
  std::ranges::reverse(picture.y.borders);
  picture.layers[1].samples[5] = 1;  // at position 0 of both
  picture.layers[2].samples[5] = 0;

  const Arrows arrows = drawn(picture);

  ASSERT_EQ(arrows.arrows.size(), 1U);
  EXPECT_NEAR((arrows.arrows[0].tail.x + arrows.arrows[0].tip.x) / 2, 60, rounding);
  EXPECT_NEAR(arrows.arrows[0].tail.y, 170, rounding);
  EXPECT_GT(arrows.arrows[0].tip.x, arrows.arrows[0].tail.x);
}

TEST(Arrows, AreThirtyByTwentyAtMost) {
  for (const std::size_t extent : {29, 30, 31, 45, 60, 61, 1000}) {
    const Arrows arrows = drawn(vectors_of(extent, extent, 1, 1));

    EXPECT_LE(arrows.arrows.size(), 600U) << extent;
    EXPECT_GE(arrows.arrows.size(), 150U) << extent;  // half as many along each axis
  }
}

TEST(Arrows, AreAsLongAsTheyAreApartForAUsualVector) {
  FieldPicture picture = vectors_of(10, 10, 1, 0);
  for (std::size_t i = 0; i < 4; ++i) picture.layers[1].samples[i] = 1.5F;

  const Arrows arrows = drawn(picture);

  // Four of a hundred are longer; rows are 20 units apart.
  EXPECT_NEAR(arrows.arrows.front().tip.x - arrows.arrows.front().tail.x, 20, rounding);
  EXPECT_NEAR(arrows.arrows.back().tip.x - arrows.arrows.back().tail.x, 20, rounding);
  EXPECT_NEAR(arrows.arrows[90].tip.x - arrows.arrows[90].tail.x, 30, rounding);
  EXPECT_FALSE(arrows.are_cut);
}

TEST(Arrows, OfTheLongestVectorsAreCut) {
  FieldPicture picture = vectors_of(10, 10, 1, 0);
  picture.layers[1].samples[0] = 1e30F;

  const Arrows arrows = drawn(picture);

  EXPECT_NEAR(arrows.arrows[90].tip.x - arrows.arrows[90].tail.x, 40, rounding);
  EXPECT_TRUE(arrows.are_cut);
}

TEST(Arrows, HaveARoundReference) {
  const Arrows arrows = drawn(vectors_of(10, 10, 0.003F, 0));

  EXPECT_DOUBLE_EQ(arrows.reference, 0.005);
  EXPECT_NEAR(arrows.reference_length, 20 * 0.005 / 0.003F, rounding);
}

TEST(Arrows, AreNoneWithoutVectors) {
  EXPECT_TRUE(drawn(vectors_of(3, 3, 0, 0)).empty());
  EXPECT_TRUE(drawn(vectors_of(3, 3, missing, 1)).empty());
  EXPECT_TRUE(drawn(vectors_of(3, 3, std::numeric_limits<float>::infinity(), 1)).empty());
}

TEST(Arrows, OfOneSampleFitInItsCell) {
  const Arrows arrows = drawn(vectors_of(1, 1, 0, 5));

  ASSERT_EQ(arrows.arrows.size(), 1U);
  EXPECT_GT(arrows.arrows[0].tip.y, 20);
  EXPECT_LT(arrows.arrows[0].tail.y, 220);
}

}  // namespace
}  // namespace gridgrad::cli

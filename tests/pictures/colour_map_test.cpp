// colour_map_test.cpp: which colour a value has
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/colour_map.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace gridgrad::cli {
namespace {

constexpr std::size_t last = colour_count - 1;

TEST(ColourMap, BeginsAndEndsAsPublished) {
  const ColourMap& sequential = colour_map(ColourScale::sequential);
  const ColourMap& diverging = colour_map(ColourScale::diverging);

  EXPECT_EQ(hex(sequential.front()), "#440154");
  EXPECT_EQ(hex(sequential.back()), "#fde724");
  EXPECT_EQ(hex(diverging.front()), "#053061");
  EXPECT_EQ(hex(diverging.back()), "#67001f");
}

TEST(ColourMap, IsNeutralInTheMiddleOfTwoSides) {
  const ColourMap& map = colour_map(ColourScale::diverging);
  const ColourRange range = {ColourScale::diverging, -3, 3};

  EXPECT_EQ(hex(map.at(colour_index(range, 0))), "#f7f7f7");
}

TEST(ColourMap, HasTheSameColourAtBothEndsOfACircle) {
  const ColourMap& map = colour_map(ColourScale::cyclic);

  EXPECT_EQ(map.front(), map.back());
}

// The weights of the channels are those of luminance in sRGB (IEC 61966-2-1).
double brightness(const Colour& colour) {
  return 0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue;
}

TEST(ColourMap, GetsBrighterFromLowToHigh) {
  const ColourMap& map = colour_map(ColourScale::sequential);

  for (std::size_t i = 1; i < map.size(); ++i) {
    const double rise = brightness(map[i]) - brightness(map[i - 1]);
    EXPECT_GT(rise, -0.5) << i;  // rounded channels
  }
}

TEST(ColourMap, CutsTheRangeIntoEqualParts) {
  const ColourRange range = {ColourScale::sequential, 0, colour_count};

  for (std::size_t i = 0; i < colour_count; ++i) {
    EXPECT_EQ(colour_index(range, static_cast<double>(i) + 0.5), i);
  }
}

TEST(ColourMap, GivesValuesBeyondTheRangeTheNearestColour) {
  const double infinity = std::numeric_limits<double>::infinity();
  const ColourRange range = {ColourScale::sequential, 10, 20};

  EXPECT_EQ(colour_index(range, 10), 0);
  EXPECT_EQ(colour_index(range, 9), 0);
  EXPECT_EQ(colour_index(range, -infinity), 0);
  EXPECT_EQ(colour_index(range, 20), last);
  EXPECT_EQ(colour_index(range, infinity), last);
}

TEST(ColourMap, TakesTheLargestAndTheSmallestRanges) {
  const double most = std::numeric_limits<double>::max();
  const double least = std::numeric_limits<double>::min();

  EXPECT_EQ(colour_index({ColourScale::diverging, -most, most}, 0), last / 2);
  EXPECT_EQ(colour_index({ColourScale::diverging, -most, most}, most), last);
  EXPECT_EQ(colour_index({ColourScale::sequential, 0, least}, 0), 0);
  EXPECT_EQ(colour_index({ColourScale::sequential, 0, least}, least), last);
}

}  // namespace
}  // namespace gridgrad::cli

// axis_look_test.cpp: ticks, numbers and the title of an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/axis_look.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "pictures/pictures.hpp"

namespace gridgrad::cli {
namespace {

// Whether labels of 11 units stand apart along a length.
void expect_apart(const AxisWords& words, const AxisScale& scale) {
  double end = -std::numeric_limits<double>::infinity();
  for (const Tick& tick : words.ticks.ticks) {
    const double half =
        std::max(text_width(tick.label, 11), text_width(tick.note, 11)) / 2;
    EXPECT_GT(scale.at(tick.value) - half, end) << tick.label;
    end = scale.at(tick.value) + half;
  }
}

TEST(AxisWords, DoNotOverlapHoweverLong) {
  for (const double span : {90.0, 3600.0, 1e5, 4e6, 1e8, 1e10}) {
    for (const double length : {200.0, 480.0, 640.0}) {
      for (const AxisValues values : {AxisValues::numbers, AxisValues::dates}) {
        const Interval interval = {1.3e9, 1.3e9 + span};
        const AxisWords words = words_along({"time", values, TickSteps::decimal},
                                            interval, Side::below, length);
        expect_apart(words, {interval, 0, length});
        EXPECT_GE(words.ticks.ticks.size(), 1U) << span << ' ' << length;
      }
    }
  }
}

TEST(AxisWords, SayThePowerOfTenOnce) {
  const AxisWords axis = words_along({"speed in m s-1"}, {0, 3e-6}, Side::left, 400);
  const AxisWords brackets = words_along({"speed (m s-1)"}, {0, 3e-6}, Side::left, 400);
  const AxisWords bar = words_along({"m s-1"}, {0, 3e-6}, Side::right, 400);
  const AxisWords nameless = words_along({}, {0, 3e-6}, Side::right, 400);

  EXPECT_EQ(axis.title.lines.front(), "speed in m s-1, ×10⁻⁶");
  EXPECT_EQ(brackets.title.lines.front(), "speed (×10⁻⁶ m s-1)");
  EXPECT_EQ(bar.title.lines.front(), "×10⁻⁶ m s-1");
  EXPECT_EQ(nameless.title.lines.front(), "×10⁻⁶");
}

TEST(AxisWords, CountSamplesInWholeNumbers) {
  const PictureAxis counted = test::axis_with(test::whole_borders(3));
  const PictureAxis measured = test::axis_with({0, 0.1, 0.2});

  EXPECT_EQ(text_of(counted).steps, TickSteps::whole);
  EXPECT_EQ(text_of(measured).steps, TickSteps::decimal);
}

TEST(AxisWords, NeedNoRoomForATitleThatIsNone) {
  const AxisWords with = words_along({"title"}, {0, 1}, Side::below, 400);
  const AxisWords without = words_along({}, {0, 1}, Side::below, 400);

  EXPECT_LT(without.depth(), with.depth());
}

TEST(AxisScale, TakesTheLargestNumbers) {
  const double most = std::numeric_limits<double>::max();

  EXPECT_EQ((AxisScale{{-most, most}, 0, 100}.at(0)), 50);
  EXPECT_EQ((AxisScale{{0, 10}, 200, 100}.at(2.5)), 175);
}

}  // namespace
}  // namespace gridgrad::cli

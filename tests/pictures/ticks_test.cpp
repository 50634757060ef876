// ticks_test.cpp: round numbers along an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/ticks.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fields.hpp"

namespace gridgrad::cli {
namespace {

using test::Random;
using testing::ElementsAre;

std::vector<std::string> labels_of(const Ticks& ticks) {
  std::vector<std::string> labels;
  for (const Tick& tick : ticks.ticks) labels.push_back(tick.label);
  return labels;
}

std::vector<double> values_of(const Ticks& ticks) {
  std::vector<double> values;
  for (const Tick& tick : ticks.ticks) values.push_back(tick.value);
  return values;
}

TEST(Ticks, AreMultiplesOfRoundNumbers) {
  EXPECT_THAT(labels_of(number_ticks(0, 1, 6)),
              ElementsAre("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(labels_of(number_ticks(-1.2, 1.2, 4)), ElementsAre("−1", "0", "1"));
  EXPECT_THAT(labels_of(number_ticks(0, 10, 5)),
              ElementsAre("0.0", "2.5", "5.0", "7.5", "10.0"));
  EXPECT_THAT(labels_of(number_ticks(1013.25, 1013.31, 4)),
              ElementsAre("1013.26", "1013.28", "1013.30"));
}

TEST(Ticks, HaveValuesWithoutRoundingsOfSums) {
  EXPECT_THAT(values_of(number_ticks(0, 0.5, 6)),
              ElementsAre(0, 0.1, 0.2, 0.3, 0.4, 0.5));
}

TEST(Ticks, TakePowersOfTenOutOfLongLabels) {
  const Ticks small = number_ticks(0, 4e-5, 5);
  const Ticks large = number_ticks(-2e12, 2e12, 5);

  EXPECT_THAT(labels_of(small), ElementsAre("0", "1", "2", "3", "4"));
  EXPECT_EQ(small.factor, "×10⁻⁵");
  EXPECT_THAT(labels_of(large), ElementsAre("−2", "−1", "0", "1", "2"));
  EXPECT_EQ(large.factor, "×10¹²");
  EXPECT_EQ(number_ticks(5000000, 5000090, 5).factor, "");  // metres on a map
}

TEST(Ticks, StandAtPartsOfATurn) {
  EXPECT_THAT(labels_of(number_ticks(0, 360, 9, TickSteps::degrees)),
              ElementsAre("0", "45", "90", "135", "180", "225", "270", "315", "360"));
  EXPECT_THAT(labels_of(number_ticks(-90, 90, 7, TickSteps::degrees)),
              ElementsAre("−90", "−60", "−30", "0", "30", "60", "90"));
  EXPECT_THAT(labels_of(number_ticks(-28, -10, 9, TickSteps::degrees)),
              ElementsAre("−27", "−24", "−21", "−18", "−15", "−12"));
  EXPECT_THAT(labels_of(number_ticks(7.1, 7.9, 5, TickSteps::degrees)),
              ElementsAre("7.2", "7.4", "7.6", "7.8"));
}

TEST(Ticks, StandAtPartsOfPi) {
  const double pi = std::numbers::pi;

  EXPECT_THAT(labels_of(number_ticks(-pi, pi, 6, TickSteps::radians)),
              ElementsAre("−π", "−π/2", "0", "π/2", "π"));
  EXPECT_THAT(labels_of(number_ticks(0, 3.1415927F, 5, TickSteps::radians)),
              ElementsAre("0", "π/4", "π/2", "3π/4", "π"));
  EXPECT_THAT(labels_of(number_ticks(0, 0.4, 6, TickSteps::radians)),
              ElementsAre("0.0", "0.1", "0.2", "0.3", "0.4"));
}

TEST(Ticks, StandAtWholeNumbersOfWhatIsCounted) {
  EXPECT_THAT(labels_of(number_ticks(-0.5, 2.5, 9, TickSteps::whole)),
              ElementsAre("0", "1", "2"));
  EXPECT_THAT(labels_of(number_ticks(-0.5, 10.5, 9, TickSteps::whole)),
              ElementsAre("0", "2", "4", "6", "8", "10"));
}

TEST(Ticks, KnowAnglesFromTemperatures) {
  EXPECT_EQ(steps_for("longitude in degrees_east"), TickSteps::degrees);
  EXPECT_EQ(steps_for("longitude (degrees_east)"), TickSteps::degrees);
  EXPECT_EQ(steps_for("degree"), TickSteps::degrees);
  EXPECT_EQ(steps_for("direction in degrees"), TickSteps::degrees);
  EXPECT_EQ(steps_for("latitude in °"), TickSteps::degrees);
  EXPECT_EQ(steps_for("phase in rad"), TickSteps::radians);
  EXPECT_EQ(steps_for("temperature in degrees_C"), TickSteps::decimal);
  EXPECT_EQ(steps_for("temperature in degree Celsius"), TickSteps::decimal);
  EXPECT_EQ(steps_for("sea surface temperature in Deg C"), TickSteps::decimal);
  EXPECT_EQ(steps_for("temperature (degree Celsius)"), TickSteps::decimal);
  EXPECT_EQ(steps_for("temperature (degree_C)"), TickSteps::decimal);
  EXPECT_EQ(steps_for("grad"), TickSteps::decimal);
  EXPECT_EQ(steps_for(""), TickSteps::decimal);
}

// From the smallest to the largest exponent that a float has, and around numbers that are
// up to a million times the span.
void expect_three_to_ten(Random& random, TickSteps steps) {
  const double span =
      std::pow(10.0, std::uniform_real_distribution<double>(-38, 38)(random));
  const double low = span * std::uniform_real_distribution<double>(-1, 1)(random) *
                     std::pow(10.0, std::uniform_int_distribution(0, 6)(random));
  const double high = low + span;
  const std::size_t most = std::uniform_int_distribution<std::size_t>(5, 10)(random);
  SCOPED_TRACE(testing::Message() << low << " to " << high << ", at most " << most);

  const Ticks ticks = number_ticks(low, high, most, steps);

  ASSERT_GE(ticks.ticks.size(), 3U);
  ASSERT_LE(ticks.ticks.size(), most);
  EXPECT_GE(ticks.ticks.front().value, low);
  EXPECT_LE(ticks.ticks.back().value, high);
  const std::vector<std::string> labels = labels_of(ticks);
  EXPECT_EQ(std::set<std::string>(labels.begin(), labels.end()).size(), labels.size());
}

TEST(Ticks, AreThreeToTenWithinAnyRange) {
  Random random(20240915);
  for (int i = 0; i < 20000; ++i) {
    const bool are_degrees = i % 4 == 0;
    expect_three_to_ten(random, are_degrees ? TickSteps::degrees : TickSteps::decimal);
    if (testing::Test::HasFatalFailure()) return;
  }
}

// What a label says, times its factor, is the value: to the digits that are written.
TEST(Ticks, AreWhereTheirLabelsSay) {
  Random random(7);
  for (int i = 0; i < 2000; ++i) {
    const double low = std::uniform_real_distribution<double>(-100, 100)(random);
    const double high = low + std::uniform_real_distribution<double>(0.01, 100)(random);
    for (const Tick& tick : number_ticks(low, high, 8).ticks) {
      const bool is_negative = tick.label.starts_with("−");
      const double number = std::stod(is_negative ? tick.label.substr(3) : tick.label);
      // Ticks at the very ends are moved into the range, by a millionth of a step.
      EXPECT_NEAR(is_negative ? -number : number, tick.value, (high - low) * 0x1p-20);
    }
  }
}

TEST(Ticks, AreNoneWhereThereIsNoRange) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double most = std::numeric_limits<double>::max();

  EXPECT_TRUE(number_ticks(1, 1, 9).ticks.empty());
  EXPECT_TRUE(number_ticks(2, 1, 9).ticks.empty());
  EXPECT_TRUE(number_ticks(0, infinity, 9).ticks.empty());
  EXPECT_TRUE(number_ticks(std::nan(""), 1, 9).ticks.empty());
  EXPECT_TRUE(number_ticks(-most, most, 9).ticks.empty());
  EXPECT_TRUE(number_ticks(1, std::nextafter(1.0, 2.0), 9).ticks.empty());
  EXPECT_TRUE(number_ticks(0, std::numeric_limits<double>::min(), 9).ticks.empty());
}

TEST(NumberText, HasSixDigitsAndPowersOfTen) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(-1.5), "−1.5");
  EXPECT_EQ(number_text(1013.25), "1013.25");
  EXPECT_EQ(number_text(2.5e-7), "2.5×10⁻⁷");
  EXPECT_EQ(number_text(-3e12), "−3×10¹²");
}

}  // namespace
}  // namespace gridgrad::cli

// date_ticks_test.cpp: round dates along an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/date_ticks.hpp"

#include <chrono>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fields.hpp"

namespace gridgrad::cli {
namespace {

using std::chrono::day;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using testing::ElementsAre;

double count_of(sys_seconds moment) {
  return static_cast<double>(moment.time_since_epoch().count());
}

sys_days date(int the_year, unsigned the_month, unsigned the_day) {
  return year(the_year) / month(the_month) / day(the_day);
}

std::vector<std::string> labels_of(const Ticks& ticks) {
  std::vector<std::string> labels;
  for (const Tick& tick : ticks.ticks) labels.push_back(tick.label);
  return labels;
}

std::vector<std::string> notes_of(const Ticks& ticks) {
  std::vector<std::string> notes;
  for (const Tick& tick : ticks.ticks) notes.push_back(tick.note);
  return notes;
}

TEST(DateTicks, AreYears) {
  const Ticks ticks =
      date_ticks(count_of(date(1981, 3, 1)), count_of(date(2021, 1, 1)), 6);

  EXPECT_THAT(labels_of(ticks), ElementsAre("1990", "2000", "2010", "2020"));
  EXPECT_EQ(ticks.ticks.front().value, count_of(date(1990, 1, 1)));
}

TEST(DateTicks, AreMonths) {
  const Ticks ticks =
      date_ticks(count_of(date(2000, 11, 16)), count_of(date(2001, 12, 16)), 5);

  EXPECT_THAT(labels_of(ticks), ElementsAre("2001-01", "2001-04", "2001-07", "2001-10"));
}

TEST(DateTicks, AreDaysThatBeginWithMonths) {
  const Ticks ticks =
      date_ticks(count_of(date(2001, 1, 20)), count_of(date(2001, 2, 10)), 6);

  EXPECT_THAT(labels_of(ticks),
              ElementsAre("2001-01-21", "2001-01-26", "2001-02-01", "2001-02-06"));
}

TEST(DateTicks, AreHoursWithTheirDaysBelow) {
  const Ticks ticks = date_ticks(count_of(date(2001, 12, 31) + hours(10)),
                                 count_of(date(2002, 1, 1) + hours(13)), 6);

  EXPECT_THAT(labels_of(ticks), ElementsAre("12:00", "18:00", "00:00", "06:00", "12:00"));
  EXPECT_THAT(notes_of(ticks), ElementsAre("2001-12-31", "", "2002-01-01", "", ""));
}

TEST(DateTicks, AreSecondsAndTheirParts) {
  const sys_seconds noon = date(2001, 1, 1) + hours(12);

  EXPECT_THAT(labels_of(date_ticks(count_of(noon), count_of(noon + seconds(20)), 5)),
              ElementsAre("12:00:00", "12:00:05", "12:00:10", "12:00:15", "12:00:20"));
  EXPECT_THAT(labels_of(date_ticks(count_of(noon) - 0.5, count_of(noon) + 0.5, 3)),
              ElementsAre("11:59:59.5", "12:00:00.0", "12:00:00.5"));
}

TEST(DateTicks, AreDatesBeforeTheEpochToo) {
  const Ticks ticks = date_ticks(count_of(date(1, 1, 1)), count_of(date(1960, 1, 1)), 5);

  EXPECT_THAT(labels_of(ticks), ElementsAre("0500", "1000", "1500"));
}

TEST(DateTicks, AreNumbersWhereYearsAreTooLong) {
  EXPECT_EQ(date_ticks(0, 1e15, 6).factor, "×10¹⁵");
  EXPECT_TRUE(date_ticks(0, 0, 6).ticks.empty());
}

// Of any span from a tenth of a second to a thousand years.
TEST(DateTicks, AreThreeToTenWithinAnyRange) {
  test::Random random(20240916);
  for (int i = 0; i < 2000; ++i) {
    const double span =
        std::pow(10.0, std::uniform_real_distribution<double>(-1, 10.5)(random));
    const double low = std::uniform_real_distribution<double>(-1e9, 1e9)(random);
    SCOPED_TRACE(testing::Message() << std::fixed << low << " and " << span << " more");

    const Ticks ticks = date_ticks(low, low + span, 9);

    ASSERT_GE(ticks.ticks.size(), 3U);
    ASSERT_LE(ticks.ticks.size(), 9U);
    EXPECT_GE(ticks.ticks.front().value, low);
    EXPECT_LE(ticks.ticks.back().value, low + span);
    for (std::size_t k = 1; k < ticks.ticks.size(); ++k) {
      EXPECT_LT(ticks.ticks[k - 1].value, ticks.ticks[k].value);
    }
  }
}

}  // namespace
}  // namespace gridgrad::cli

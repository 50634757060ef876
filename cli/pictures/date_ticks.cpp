// cli/pictures/date_ticks.cpp: round dates along an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "date_ticks.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

namespace gridgrad::cli {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr double seconds_of_day = 86400;
constexpr double days_of_year = 365.2425;

enum class DateUnit { second, day, month, year };

struct DateStep {
  DateUnit unit;
  int count;
};

double length_of(const DateStep& step) {
  switch (step.unit) {
    case DateUnit::second:
      return step.count;
    case DateUnit::day:
      return step.count * seconds_of_day;
    case DateUnit::month:
      return step.count * days_of_year / 12 * seconds_of_day;
    case DateUnit::year:
      break;
  }
  return step.count * days_of_year * seconds_of_day;
}

constexpr std::array steps = {
    DateStep{DateUnit::second, 1},     DateStep{DateUnit::second, 2},
    DateStep{DateUnit::second, 5},     DateStep{DateUnit::second, 10},
    DateStep{DateUnit::second, 15},    DateStep{DateUnit::second, 30},
    DateStep{DateUnit::second, 60},    DateStep{DateUnit::second, 120},
    DateStep{DateUnit::second, 300},   DateStep{DateUnit::second, 600},
    DateStep{DateUnit::second, 900},   DateStep{DateUnit::second, 1800},
    DateStep{DateUnit::second, 3600},  DateStep{DateUnit::second, 7200},
    DateStep{DateUnit::second, 10800}, DateStep{DateUnit::second, 21600},
    DateStep{DateUnit::second, 43200}, DateStep{DateUnit::day, 1},
    DateStep{DateUnit::day, 2},        DateStep{DateUnit::day, 5},
    DateStep{DateUnit::day, 10},       DateStep{DateUnit::day, 15},
    DateStep{DateUnit::month, 1},      DateStep{DateUnit::month, 2},
    DateStep{DateUnit::month, 3},      DateStep{DateUnit::month, 6},
    DateStep{DateUnit::year, 1},       DateStep{DateUnit::year, 2},
    DateStep{DateUnit::year, 5},       DateStep{DateUnit::year, 10},
    DateStep{DateUnit::year, 20},      DateStep{DateUnit::year, 50},
    DateStep{DateUnit::year, 100},     DateStep{DateUnit::year, 200},
    DateStep{DateUnit::year, 500},     DateStep{DateUnit::year, 1000},
    DateStep{DateUnit::year, 2000},    DateStep{DateUnit::year, 5000}};

year_month_day date_of(sys_seconds moment) {
  return year_month_day(floor<days>(moment));
}

bool is_round(const year_month_day& date, int step) {
  const unsigned day = static_cast<unsigned>(date.day());
  // The 31st is followed by the 1st.
  return step == 1 || (day % static_cast<unsigned>(step) == 1 && day != 31);
}

// The first round date that is not before a moment.
sys_seconds first_from(sys_seconds moment, const DateStep& step) {
  if (step.unit == DateUnit::second) {
    const std::int64_t since = moment.time_since_epoch().count();
    const std::int64_t past = ((since % step.count) + step.count) % step.count;
    return moment + seconds(past == 0 ? 0 : step.count - past);
  }
  sys_days day = std::chrono::ceil<days>(moment);
  const auto is_first = [&](const year_month_day& date) {
    if (step.unit == DateUnit::day) return is_round(date, step.count);
    if (static_cast<unsigned>(date.day()) != 1) return false;
    const int month = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    if (step.unit == DateUnit::month) return month % step.count == 0;
    return month == 0 && static_cast<int>(date.year()) % step.count == 0;
  };
  while (!is_first(year_month_day(day))) {
    const year_month_day date(day);
    const bool is_far = step.unit == DateUnit::year &&
                        date.month() == std::chrono::January &&
                        date.day() == std::chrono::day(1);
    day = is_far ? sys_days(date + years(1)) : day + days(1);
  }
  return day;
}

sys_seconds after(sys_seconds moment, const DateStep& step) {
  const year_month_day date = date_of(moment);
  switch (step.unit) {
    case DateUnit::second:
      return moment + seconds(step.count);
    case DateUnit::day:
      return first_from(moment + days(1), step);
    case DateUnit::month:
      return sys_days(date + months(step.count));
    case DateUnit::year:
      break;
  }
  return sys_days(date + years(step.count));
}

std::string day_text(const year_month_day& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// Of a moment in its day; `text` is that of the seconds.
std::string clock_text(sys_seconds moment, const std::string& text) {
  const std::chrono::hh_mm_ss time(moment - floor<days>(moment));
  const std::string minutes =
      fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
  return text.empty() ? minutes : minutes + ":" + text;
}

std::string label_of(sys_seconds moment, const DateStep& step) {
  const year_month_day date = date_of(moment);
  switch (step.unit) {
    case DateUnit::second: {
      const seconds past = moment - floor<std::chrono::minutes>(moment);
      return clock_text(moment,
                        step.count % 60 == 0 ? "" : fmt::format("{:02}", past.count()));
    }
    case DateUnit::day:
      return day_text(date);
    case DateUnit::month:
      return fmt::format("{:04}-{:02}", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()));
    case DateUnit::year:
      break;
  }
  return fmt::format("{:04}", static_cast<int>(date.year()));
}

// The day below the first tick, and below each that begins another.
void add_days(Ticks& ticks) {
  std::string last;
  for (Tick& tick : ticks.ticks) {
    const std::string day =
        day_text(date_of(sys_seconds(seconds(std::llround(std::floor(tick.value))))));
    if (day != last) tick.note = day;
    last = day;
  }
}

// Where whole seconds are too far apart.
Ticks fractions_of_seconds(double low, double high, std::size_t most) {
  const double zero = std::floor(low / 60) * 60;
  Ticks ticks = number_ticks(low - zero, high - zero, most);
  for (Tick& tick : ticks.ticks) {
    const std::size_t point = tick.label.find('.');
    const std::size_t decimals =
        point == std::string::npos ? 0 : tick.label.size() - point - 1;
    const double minute = std::floor(tick.value / 60) * 60;
    const std::string past = fmt::format("{:0{}.{}f}", tick.value - minute,
                                         decimals == 0 ? 2 : decimals + 3, decimals);
    tick.value += zero;
    tick.label = clock_text(sys_seconds(seconds(std::llround(zero + minute))), past);
  }
  ticks.factor.clear();
  add_days(ticks);
  return ticks;
}

Ticks ticks_of(const DateStep& step, double low, double high) {
  Ticks result;
  const sys_seconds begin{seconds(std::llround(std::ceil(low)))};
  for (sys_seconds moment = first_from(begin, step);; moment = after(moment, step)) {
    const double value = static_cast<double>(moment.time_since_epoch().count());
    if (value > high) break;
    result.ticks.push_back({value, label_of(moment, step), {}});
  }
  if (step.unit == DateUnit::second) add_days(result);
  return result;
}

}  // namespace

Ticks date_ticks(double low, double high, std::size_t most) {
  constexpr double year_0 = -62167219200;
  constexpr double year_10000 = 253402300800;
  constexpr double fewest = 3;
  if (!(low >= year_0 && high < year_10000)) return number_ticks(low, high, most);
  if (high - low < fewest) return fractions_of_seconds(low, high, most);
  for (const DateStep& step : steps) {
    // Months are of different lengths.
    const double about = (high - low) / length_of(step);
    if (about > 1.5 * static_cast<double>(most)) continue;
    Ticks ticks = ticks_of(step, low, high);
    if (ticks.ticks.size() <= most) return ticks;
  }
  return {};
}

}  // namespace gridgrad::cli

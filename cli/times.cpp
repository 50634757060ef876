// cli/times.cpp: calendars of the CF conventions, dates of ISO 8601
//
// SPDX-License-Identifier: BSD-3-Clause

#include "times.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <string>
#include <utility>

#include "labels.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

constexpr int months_per_year = 12;
constexpr int days_per_month = 30;  // of the calendar that has no others
constexpr std::int64_t seconds_per_minute = 60;
constexpr std::int64_t seconds_per_hour = 3600;
constexpr std::int64_t seconds_per_day = 86400;

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  auto operator<=>(const Date&) const = default;
};

constexpr Date first_gregorian = {1582, 10, 15};
constexpr Date last_julian = {1582, 10, 4};

enum class Leap { never, always };

int days_before(int month, Leap leap) {
  constexpr std::array<int, months_per_year + 1> before = {
      0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  const int leap_day = leap == Leap::always && month > 2 ? 1 : 0;
  return before[static_cast<std::size_t>(month - 1)] + leap_day;
}

// Days from any one day of the calendar; nothing for a date that it does not have.
std::optional<std::int64_t> days_of_equal_years(const Date& date, Leap leap) {
  const int first = days_before(date.month, leap);
  if (date.day > days_before(date.month + 1, leap) - first) return std::nullopt;
  const std::int64_t per_year = days_before(months_per_year + 1, leap);
  return date.year * per_year + first + date.day;
}

std::optional<std::int64_t> gregorian_days(const Date& date) {
  const std::chrono::year_month_day day(
      std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
      std::chrono::day(static_cast<unsigned>(date.day)));
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day).time_since_epoch().count();
}

// Days from 1 January 1970 of the Gregorian calendar, which was 13 days ahead then.
std::optional<std::int64_t> julian_days(const Date& date) {
  constexpr int years_per_cycle = 4;
  constexpr std::int64_t days_per_cycle = 1461;
  const Leap leap = date.year % years_per_cycle == 0 ? Leap::always : Leap::never;
  const int first = days_before(date.month, leap);
  if (date.day > days_before(date.month + 1, leap) - first) return std::nullopt;
  // Of 1 January of the year 0, a leap year: its Julian day at noon is 1721058, that of
  // 1 January 1970 is 2440588.
  constexpr std::int64_t year_zero = 1721058 - 2440588;
  const int cycle = date.year / years_per_cycle;
  const int year = date.year - cycle * years_per_cycle;
  const std::int64_t leap_days = year > 0 ? 1 : 0;
  const std::int64_t per_year = days_before(months_per_year + 1, Leap::never);
  return year_zero + cycle * days_per_cycle + year * per_year + leap_days + first +
         date.day - 1;
}

std::optional<std::int64_t> days_of(Calendar calendar, const Date& date) {
  switch (calendar) {
    case Calendar::proleptic_gregorian:
      return gregorian_days(date);
    case Calendar::julian:
      return date.year < 1 ? std::nullopt : julian_days(date);
    case Calendar::standard:
      if (date >= first_gregorian) return gregorian_days(date);
      if (date > last_julian || date.year < 1) return std::nullopt;
      return julian_days(date);
    case Calendar::noleap:
      return days_of_equal_years(date, Leap::never);
    case Calendar::all_leap:
      return days_of_equal_years(date, Leap::always);
    case Calendar::days_360:
      break;
  }
  if (date.day > days_per_month) return std::nullopt;
  const std::int64_t months = std::int64_t{date.year} * months_per_year + date.month;
  return months * days_per_month + date.day;
}

// Takes parts off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool is_at_end() const { return text_.empty(); }
  [[nodiscard]] bool starts_with_digit() const {
    return !text_.empty() && text_[0] >= '0' && text_[0] <= '9';
  }

  bool take(char letter) {
    if (!text_.starts_with(letter)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool take_word(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  // A number of at most `digits` digits, within a range.
  std::optional<int> number(std::size_t digits, int least, int most) {
    int number = 0;
    const std::string_view front = text_.substr(0, digits);
    const auto [stop, error] =
        std::from_chars(front.data(), front.data() + front.size(), number);
    if (!starts_with_digit() || error != std::errc()) return std::nullopt;
    if (number < least || number > most) return std::nullopt;
    text_.remove_prefix(static_cast<std::size_t>(stop - front.data()));
    return number;
  }

  // ".25", if it is there.
  double fraction() {
    double number = 0;
    const auto [stop, error] = std::from_chars(text_.data(), text_.data() + text_.size(),
                                               number, std::chars_format::fixed);
    if (!text_.starts_with('.') || error != std::errc()) return 0;
    text_.remove_prefix(static_cast<std::size_t>(stop - text_.data()));
    return number;
  }

 private:
  std::string_view text_;
};

std::optional<Date> date_in(Scanner& text) {
  constexpr std::size_t longest_year = 5;
  constexpr int last_year = 32767;  // of std::chrono
  constexpr int last_day = 31;
  const bool is_before_zero = text.take('-');
  const auto year = text.number(longest_year, 0, last_year);
  if (!year || !text.take('-')) return std::nullopt;
  const auto month = text.number(2, 1, months_per_year);
  if (!month || !text.take('-')) return std::nullopt;
  const auto day = text.number(2, 1, last_day);
  if (!day) return std::nullopt;
  return Date{is_before_zero ? -*year : *year, *month, *day};
}

// "12", "1230", "12:30" or "12:30:15.5".
std::optional<Moment> time_in(Scanner& text) {
  constexpr int last_hour = 23;
  constexpr int last_minute = 59;
  constexpr int last_second = 60;  // a leap second
  Moment time;
  const auto hour = text.number(2, 0, last_hour);
  if (!hour) return std::nullopt;
  time.seconds = *hour * seconds_per_hour;
  if (!text.take(':') && !text.starts_with_digit()) return time;
  const auto minute = text.number(2, 0, last_minute);
  if (!minute) return std::nullopt;
  time.seconds += *minute * seconds_per_minute;
  if (!text.take(':')) return time;
  const auto second = text.number(2, 0, last_second);
  if (!second) return std::nullopt;
  time.seconds += *second;
  time.fraction = text.fraction();
  return time;
}

// How far the zone is ahead of UTC, in seconds.
std::optional<std::int64_t> zone_in(Scanner& text) {
  text.take(' ');
  if (text.is_at_end() || text.take('Z') || text.take_word("UTC")) return 0;
  const bool is_behind = text.take('-');
  if (!is_behind && !text.take('+')) return std::nullopt;
  const auto ahead = time_in(text);
  if (!ahead) return std::nullopt;
  return is_behind ? -ahead->seconds : ahead->seconds;
}

std::optional<Calendar> calendar_named(const std::string& name) {
  using enum Calendar;
  constexpr std::array<std::pair<std::string_view, Calendar>, 10> calendars = {
      {{"", standard},
       {"standard", standard},
       {"gregorian", standard},
       {"proleptic_gregorian", proleptic_gregorian},
       {"julian", julian},
       {"noleap", noleap},
       {"365_day", noleap},
       {"all_leap", all_leap},
       {"366_day", all_leap},
       {"360_day", days_360}}};
  for (const auto& [known, calendar] : calendars) {
    if (name == known) return calendar;
  }
  return std::nullopt;
}

struct TimeUnit {
  std::string_view names;  // of UDUNITS, between blanks
  double ticks;
  double seconds;
};

constexpr std::array<TimeUnit, 8> units = {
    {{" nanosecond nanoseconds nsec nsecs ns ", 1e9, 1},
     {" microsecond microseconds microsec microsecs us ", 1e6, 1},
     {" millisecond milliseconds millisec millisecs msec msecs ms ", 1e3, 1},
     {" second seconds sec secs s ", 1, 1},
     {" minute minutes min mins ", 1, seconds_per_minute},
     {" hour hours hr hrs h ", 1, seconds_per_hour},
     {" day days d ", 1, seconds_per_day},
     {" week weeks ", 1, 7.0 * seconds_per_day}}};

}  // namespace

std::optional<Moment> moment_of(Calendar calendar, std::string_view word) {
  Scanner text(word);
  const auto date = date_in(text);
  const auto days = date ? days_of(calendar, *date) : std::nullopt;
  if (!days) return std::nullopt;
  Moment moment;
  if (text.take('T') || (text.take(' ') && text.starts_with_digit())) {
    const auto time = time_in(text);
    if (!time) return std::nullopt;
    moment = *time;
  }
  const auto ahead = zone_in(text);
  if (!ahead || !text.is_at_end()) return std::nullopt;
  moment.seconds += *days * seconds_per_day - *ahead;
  return moment;
}

std::optional<Clock> clock_of(const io::Variable& coordinate) {
  constexpr std::string_view since = " since ";
  const std::string text = io::text_of(coordinate.attributes, "units");
  const std::size_t at = text.find(since);
  const auto calendar = calendar_named(io::text_of(coordinate.attributes, "calendar"));
  if (at == std::string::npos || !calendar) return std::nullopt;
  const std::string word = " " + lower(text.substr(0, at)) + " ";
  const auto* const unit = std::ranges::find_if(units, [&](const TimeUnit& known) {
    return known.names.find(word) != std::string_view::npos;
  });
  const auto zero =
      moment_of(*calendar, std::string_view(text).substr(at + since.size()));
  if (unit == units.end() || !zero) return std::nullopt;
  return Clock{*calendar, *zero, unit->ticks, unit->seconds};
}

Clock clock_of(double ticks_per_second) {
  Clock clock;
  if (ticks_per_second >= 1) {
    clock.ticks = ticks_per_second;
  } else {
    clock.seconds = std::round(1 / ticks_per_second);
  }
  return clock;
}

std::optional<double> count_of(const Clock& clock, std::string_view date) {
  const auto moment = moment_of(clock.calendar, date);
  if (!moment) return std::nullopt;
  const double whole = static_cast<double>(moment->seconds - clock.zero.seconds);
  const double part = moment->fraction - clock.zero.fraction;
  return (whole * clock.ticks + part * clock.ticks) / clock.seconds;
}

}  // namespace gridgrad::cli

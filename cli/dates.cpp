// cli/dates.cpp: times of a coordinate as dates that people read
//
// SPDX-License-Identifier: BSD-3-Clause

#include "dates.hpp"

#include <cmath>
#include <cstdint>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/core.h>

namespace gridgrad::cli {

std::optional<double> gregorian_seconds(const Clock& clock, double count) {
  const bool is_standard = clock.calendar == Calendar::standard;
  if (!is_standard && clock.calendar != Calendar::proleptic_gregorian) {
    return std::nullopt;
  }
  const double seconds = static_cast<double>(clock.zero.seconds) + clock.zero.fraction +
                         count * clock.seconds / clock.ticks;
  constexpr double reform = -12219292800;     // 1582-10-15
  constexpr double year_one = -62135596800;   // 0001-01-01
  constexpr double year_9999 = 253370764800;  // 9999-01-01
  const double first = is_standard ? reform : year_one;
  return seconds >= first && seconds < year_9999 ? std::optional(seconds) : std::nullopt;
}

std::string date_text(double seconds) {
  constexpr std::int64_t day = 86400;
  constexpr std::int64_t thousand = 1000;
  const std::int64_t all = std::llround(seconds * static_cast<double>(thousand));
  const std::int64_t milliseconds = (all % thousand + thousand) % thousand;
  const std::int64_t whole = (all - milliseconds) / thousand;
  const std::tm date = fmt::gmtime(static_cast<std::time_t>(whole));
  if (milliseconds > 0) {
    return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03}", date, milliseconds);
  }
  return whole % day == 0 ? fmt::format("{:%Y-%m-%d}", date)
                          : fmt::format("{:%Y-%m-%d %H:%M:%S}", date);
}

std::string coordinate_text(double coordinate, const std::optional<Clock>& clock) {
  const auto seconds = clock ? gregorian_seconds(*clock, coordinate) : std::nullopt;
  if (seconds) return date_text(*seconds);
  // Whole numbers as they are, others of float32 as short as they are exact there.
  constexpr double most_exact = 0x1p63;
  if (coordinate == std::floor(coordinate) && std::abs(coordinate) < most_exact) {
    return fmt::format("{:.0f}", coordinate);
  }
  const auto narrow = static_cast<float>(coordinate);
  if (narrow == coordinate) return fmt::format("{}", narrow);
  return fmt::format("{:.10g}", coordinate);
}

}  // namespace gridgrad::cli

// cli/times.hpp: dates as numbers of a coordinate
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::cli {

// Those of the CF conventions. `standard` is Julian up to 4 October 1582; it and `julian`
// begin with the year 1.
enum class Calendar { standard, proleptic_gregorian, julian, noleap, all_leap, days_360 };

// Seconds of a calendar, the part below one apart.
struct Moment {
  std::int64_t seconds = 0;
  double fraction = 0;
};

// What the numbers of a time coordinate count: `ticks` in `seconds`, from `zero` on.
struct Clock {
  Calendar calendar = Calendar::proleptic_gregorian;
  Moment zero = {};
  double ticks = 1;
  double seconds = 1;
};

// Of "UNIT since DATE"; nothing for other units, months and years among them, whose
// lengths differ, and for calendars and dates that are not known.
[[nodiscard]] std::optional<Clock> clock_of(const io::Variable& coordinate);

// NumPy's, from 1970 on.
[[nodiscard]] Clock clock_of(double ticks_per_second);

// A date as ISO 8601 has it, with or without a time and a zone (UTC if there is none):
// 2001-01-31, 2001-01-31T12:00, 2001-01-31 12:00:00.5+01:00. Nothing for what is none, or
// is not in the calendar. Seconds of the Gregorian calendar count from 1970 on.
[[nodiscard]] std::optional<Moment> moment_of(Calendar calendar, std::string_view date);

// The same in ticks of a clock.
[[nodiscard]] std::optional<double> count_of(const Clock& clock, std::string_view date);

}  // namespace gridgrad::cli

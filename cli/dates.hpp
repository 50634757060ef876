// cli/dates.hpp: times of a coordinate as dates that people read
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <string>

#include "times.hpp"

namespace gridgrad::cli {

// Seconds since 1970 of what a clock counts. Nothing where its calendar has days that the
// Gregorian one has not, the standard one too before it became that, and for years of
// more than four digits, which are hardly meant.
[[nodiscard]] std::optional<double> gregorian_seconds(const Clock& clock, double count);

// "2001-01-31", "2001-01-31 12:00:00.500": as short as it is exact to a millisecond.
// Seconds as above.
[[nodiscard]] std::string date_text(double seconds);

// What people read of a coordinate: a date where there is one, else its number.
[[nodiscard]] std::string coordinate_text(double coordinate,
                                          const std::optional<Clock>& clock);

}  // namespace gridgrad::cli

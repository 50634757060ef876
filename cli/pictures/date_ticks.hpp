// cli/pictures/date_ticks.hpp: round dates along an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "ticks.hpp"

namespace gridgrad::cli {

// Whole minutes, days, months, years ... of the Gregorian calendar between two counts of
// seconds from 1970-01-01 on, `most` at most. Days are notes where labels are times of
// one. Numbers where years have more than four digits.
[[nodiscard]] Ticks date_ticks(double low, double high, std::size_t most);

}  // namespace gridgrad::cli

// cli/period.hpp: angles and counters that begin again
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"

namespace gridgrad::cli {

struct Period {
  double number = 0;
  std::optional<std::int64_t> integer;  // the same, if it is one
};

// The period of each of `columns` by the words of --period: PERIOD for all of them, or
// COLUMN=PERIOD. A period is a number, with or without the unit deg or rad, or a multiple
// of pi, as 2pi. Throws Error: bad_argument naming what there is.
[[nodiscard]] std::vector<std::optional<Period>> periods(
    const std::vector<std::string>& words, const std::vector<std::string>& columns,
    Notes notes);

// Adds whole periods so that no step between samples is more than half a period; a step
// of just half goes up. NaN and infinity are stepped over. Integers are exact; beyond 64
// bits throws Error: bad_argument.
void unwrap(std::vector<double>& samples, double period);
void unwrap(std::vector<std::int64_t>& samples, std::int64_t period);

}  // namespace gridgrad::cli

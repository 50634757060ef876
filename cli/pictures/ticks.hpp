// cli/pictures/ticks.hpp: round numbers along an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::cli {

struct Tick {
  double value = 0;
  std::string label;  // "0.5", "12:00"
  std::string note;   // below it, where it differs from that of the tick before: the day
};

struct Ticks {
  std::vector<Tick> ticks;  // ascending
  std::string factor;       // what labels are to be multiplied by: "×10⁻⁵"; empty: 1
};

// What is round.
enum class TickSteps {
  decimal,  // 1, 2, 2.5 and 5 times powers of ten
  whole,    // those of them that are whole numbers
  degrees,  // 1, 2, 3, 5, 10, 15, 30, 45, 60, 90 and 180; decimals below
  radians,  // parts of a circle
};

// Degrees and radians of angles, not those of temperatures: for "longitude
// (degrees_east)", "longitude in degrees_east" or the unit alone.
[[nodiscard]] TickSteps steps_for(std::string_view title);

// Round numbers from `low` to `high`, `most` at most; three at least if `most` is five or
// more, unless whole numbers are too far apart. None where high is not above low, by
// twelve digits, or one of them is not finite.
[[nodiscard]] Ticks number_ticks(double low, double high, std::size_t most,
                                 TickSteps steps = TickSteps::decimal);

// A number with six digits at most: "1013.25", "−2.5×10⁻⁵".
[[nodiscard]] std::string number_text(double number);

}  // namespace gridgrad::cli

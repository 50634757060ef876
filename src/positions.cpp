// positions.cpp: refuses positions that are none, finds those equally spaced
//
// SPDX-License-Identifier: BSD-3-Clause

#include "positions.hpp"

#include <cmath>
#include <string>

#include "gridgrad/error.hpp"
#include "message.hpp"

namespace gridgrad {
namespace {

constexpr const char* sum_hint =
    "coordinates are positions, and a running sum of increments gives them";

bool is_zero(DoubleDouble x) {
  return x.high == 0;
}

bool is_monotone(const Coordinates& x) {
  for (std::size_t i = 2; i < x.size(); ++i) {
    const bool rises = (x[i] - x[i - 1]).high > 0;
    if (is_zero(x[i] - x[i - 1]) || rises != ((x[1] - x[0]).high > 0)) return false;
  }
  return x.size() < 2 || !is_zero(x[1] - x[0]);
}

bool all_positive(const Coordinates& x) {
  for (const double high : x.high) {
    if (!(high > 0)) return false;
  }
  return true;
}

void check_count(const Coordinates& x, std::size_t extent,
                 const std::optional<std::size_t>& field_axis) {
  if (x.size() == extent) return;
  std::string message = counted(x.size(), "position") + " given for " +
                        counted(extent, "sample") + " along " + axis_text(field_axis) +
                        "; one per sample is needed";
  if (x.size() + 1 == extent) message += std::string("; ") + sum_hint;
  throw Error(ErrorCode::bad_shape, "coordinates", message);
}

// No row can use two samples at one place: those next to each other, or either side of
// one.
void check_distinct(const Coordinates& x) {
  for (std::size_t i = 1; i < x.size(); ++i) {
    for (std::size_t apart = 1; apart <= 2 && apart <= i; ++apart) {
      if (!is_zero(x[i] - x[i - apart])) continue;
      throw Error(ErrorCode::bad_argument, "coordinates",
                  "samples " + std::to_string(i - apart) + " and " + std::to_string(i) +
                      " are both at " + text(x.high[i]) +
                      "; neighbours at different places are needed");
    }
  }
}

}  // namespace

void check_positions(const Coordinates& positions, std::size_t extent,
                     const std::optional<std::size_t>& field_axis) {
  check_count(positions, extent, field_axis);
  if (is_monotone(positions)) return;
  if (all_positive(positions)) {
    throw Error(
        ErrorCode::bad_argument, "coordinates",
        std::string("all positive and not monotone, like increments; ") + sum_hint);
  }
  check_distinct(positions);
}

std::optional<DoubleDouble> uniform_spacing(const Coordinates& positions) {
  if (positions.size() < 2) return std::nullopt;
  const DoubleDouble first = positions[0];
  const DoubleDouble span = positions[positions.size() - 1] - first;
  const DoubleDouble gaps = {static_cast<double>(positions.size() - 1), 0};
  const DoubleDouble spacing = span / gaps;
  const double allowed = 2 * positions.ulp;
  constexpr double smallest_share = 100;
  if (is_zero(spacing) || allowed * smallest_share > std::abs(spacing.high)) {
    return std::nullopt;
  }
  for (std::size_t i = 1; i < positions.size(); ++i) {
    const DoubleDouble expected =
        first + spacing * DoubleDouble{static_cast<double>(i), 0};
    const DoubleDouble deviation = positions[i] - expected;
    if (std::abs(deviation.high) > allowed) return std::nullopt;
  }
  return spacing;
}

}  // namespace gridgrad

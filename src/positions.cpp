// positions.cpp: refuses positions that are none, finds those equally spaced
//
// SPDX-License-Identifier: BSD-3-Clause

#include "positions.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "gridgrad/error.hpp"
#include "message.hpp"

namespace gridgrad {
namespace {

constexpr const char* sum_hint =
    "coordinates are positions, and a running sum of increments gives them";

bool is_zero(DoubleDouble x) {
  return x.high == 0;
}

// Whether positions both rise and fall, or do neither.
bool turns(const Coordinates& x) {
  bool rises = false;
  bool falls = false;
  for (std::size_t i = 1; i < x.size(); ++i) {
    const double gap = (x[i] - x[i - 1]).high;
    rises = rises || gap > 0;
    falls = falls || gap < 0;
  }
  return rises == falls;
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

// No row can use two samples at one place.
void check_distinct(const Coordinates& x, std::size_t nodes) {
  std::size_t count = 0;
  std::string first;
  constexpr std::size_t most_named = 3;
  for (std::size_t i = 1; i < x.size(); ++i) {
    for (std::size_t apart = 1; apart < nodes && apart <= i; ++apart) {
      if (!is_zero(x[i] - x[i - apart])) continue;
      if (++count > most_named) break;
      first += (count == 1 ? "" : ", ") + std::to_string(i - apart) + " and " +
               std::to_string(i) + " (at " + text(x.high[i]) + ")";
      break;
    }
  }
  if (count == 0) return;
  throw Error(ErrorCode::bad_argument, "coordinates",
              counted(count, "sample") + " at the place of a neighbour: " + first +
                  (count > most_named ? ", ..." : "") +
                  "; neighbours at different places are needed");
}

// The deviation from equal spacing that roundings of the positions explain.
bool are_spaced(const Coordinates& x, DoubleDouble spacing) {
  const double allowed = 2 * x.ulp;
  constexpr double smallest_share = 100;
  if (is_zero(spacing) || allowed * smallest_share > std::abs(spacing.high)) return false;
  for (std::size_t i = 1; i < x.size(); ++i) {
    const DoubleDouble expected =
        x[0] + spacing * DoubleDouble{static_cast<double>(i), 0};
    if (std::abs((x[i] - expected).high) > allowed) return false;
  }
  return true;
}

// A period that is extent times the spacing up to its own rounding.
bool closes(double spacing, double period, std::size_t extent) {
  constexpr double allowed = 2 * std::numeric_limits<double>::epsilon();
  const double whole = std::abs(spacing) * static_cast<double>(extent);
  return std::abs(whole - period) <= allowed * period;
}

DoubleDouble quotient(DoubleDouble a, std::size_t b) {
  return a / DoubleDouble{static_cast<double>(b), 0};
}

Placement spaced_placement(const Axis& axis, std::size_t extent) {
  const auto* periodic = std::get_if<Periodic>(&axis.lower());
  const bool is_open = periodic == nullptr || !periodic->period;
  if (is_open || closes(axis.spacing(), *periodic->period, extent)) {
    return {DoubleDouble{axis.spacing(), 0}, nullptr};
  }
  // The gap across the seam is another one.
  auto positions = std::make_shared<Coordinates>();
  for (std::size_t i = 0; i < extent; ++i) {
    const DoubleDouble x = two_product(axis.spacing(), static_cast<double>(i));
    positions->high.push_back(x.high);
    positions->low.push_back(x.low);
  }
  return {std::nullopt, std::move(positions)};
}

}  // namespace

bool is_monotone(const Coordinates& x) {
  for (std::size_t i = 2; i < x.size(); ++i) {
    const bool rises = (x[i] - x[i - 1]).high > 0;
    if (is_zero(x[i] - x[i - 1]) || rises != ((x[1] - x[0]).high > 0)) return false;
  }
  return x.size() < 2 || !is_zero(x[1] - x[0]);
}

void check_positions(const Coordinates& positions, std::size_t extent, std::size_t nodes,
                     const std::optional<std::size_t>& field_axis) {
  check_count(positions, extent, field_axis);
  if (is_monotone(positions)) return;
  if (turns(positions) && all_positive(positions)) {
    throw Error(
        ErrorCode::bad_argument, "coordinates",
        std::string("all positive and not monotone, like increments; ") + sum_hint);
  }
  check_distinct(positions, nodes);
}

Placement placement_of(const Axis& axis, std::size_t extent) {
  if (axis.coordinates() == nullptr) return spaced_placement(axis, extent);
  const Coordinates& x = *axis.coordinates();
  Placement placement;
  placement.positions = axis.coordinates();
  if (x.size() < 2) return placement;
  const DoubleDouble span = x[x.size() - 1] - x[0];
  DoubleDouble spacing = quotient(span, x.size() - 1);
  if (const auto* periodic = std::get_if<Periodic>(&axis.lower())) {
    const double period = periodic->period.value_or(0);
    spacing = quotient({span.high < 0 ? -period : period, 0}, x.size());
  }
  if (are_spaced(x, spacing)) placement.spacing = spacing;
  return placement;
}

}  // namespace gridgrad

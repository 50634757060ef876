// cli/stamp_cell.cpp: numbers of a column of stamps, or dates, never both
//
// SPDX-License-Identifier: BSD-3-Clause

#include "stamp_cell.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "gridgrad/error.hpp"
#include "points.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

// "-12.50"; nothing for other numbers, and for more digits than fit.
std::optional<Decimal> decimal_of(std::string_view cell) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const bool is_negative = cell.starts_with('-');
  if (is_negative || cell.starts_with('+')) cell.remove_prefix(1);
  Decimal decimal;
  bool has_point = false;
  bool has_digit = false;
  for (const char letter : cell) {
    if (letter == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (letter < '0' || letter > '9') return std::nullopt;
    const std::int64_t digit = letter - '0';
    if (decimal.digits > (most - digit) / 10) return std::nullopt;
    decimal.digits = 10 * decimal.digits + digit;
    decimal.decimals += has_point ? 1 : 0;
    has_digit = true;
  }
  if (!has_digit || decimal.decimals > most_decimals) return std::nullopt;
  if (is_negative) decimal.digits = -decimal.digits;
  return decimal;
}

double ticks_per_second(std::string_view unit) {
  if (unit == "ms") return 1e3;
  if (unit == "us") return 1e6;
  if (unit == "ns") return 1e9;
  return 1;
}

}  // namespace

void refuse_cell(const io::CsvReader& reader, const std::string& column,
                 const std::string& message) {
  throw Error(ErrorCode::io,
              fmt::format("{}:{}: {}", reader.name(), reader.line(), column), message);
}

std::string_view unit_since_1970(double stamp) {
  constexpr double from = 5e8;  // seconds: 1985
  constexpr double to = 5e9;    // 2128
  for (const std::string_view unit : {"ms", "us", "ns"}) {
    const double seconds = stamp / ticks_per_second(unit);
    if (from < seconds && seconds < to) return unit;
  }
  return {};
}

void say_unit(const std::vector<std::string>& results, int order, const StampUnit& unit,
              Notes notes) {
  const std::string power = order == 1 ? "second" : fmt::format("second^{}", order);
  if (unit.is_second) {
    note(notes, fmt::format("{} per {}", fmt::join(results, ", "), power));
  } else if (!unit.likely.empty()) {
    note(notes, fmt::format("{0} per unit of {1}, which looks like {2} since 1970; "
                            "--time-unit {2} gives derivatives per second",
                            fmt::join(results, ", "), unit.name, unit.likely));
  }
}

StampCells::StampCells(std::string name, std::string unit)
    : name_(std::move(name)), unit_(std::move(unit)) {}

StampCell StampCells::read(const io::CsvReader& reader, std::string_view cell) {
  if (const auto decimal = decimal_of(cell)) {
    require_kind(reader, Kind::number);
    return *decimal;
  }
  const auto number = number_of(cell);
  if (is_missing(cell) || (number && !std::isfinite(*number))) {
    refuse_cell(reader, name_,
                fmt::format("'{}' given; every row needs a finite stamp", cell));
  }
  if (!number) return date_in(reader, cell);
  require_kind(reader, Kind::number);
  return *number;
}

Moment StampCells::date_in(const io::CsvReader& reader, std::string_view cell) {
  const auto moment = moment_of(Calendar::proleptic_gregorian, cell);
  if (!moment) {
    refuse_cell(reader, name_,
                fmt::format("'{}' is neither a number nor a date, as "
                            "2001-01-31T12:00:00.5Z",
                            cell));
  }
  require_kind(reader, Kind::date);
  if (!unit_.empty()) {
    refuse_cell(reader, name_,
                "a date, and --time-unit is for numbers; derivatives along dates are per "
                "second without it");
  }
  return *moment;
}

void StampCells::require_kind(const io::CsvReader& reader, Kind kind) {
  if (kind_ == Kind::unknown) {
    kind_ = kind;
    first_line_ = reader.line();
  }
  if (kind_ == kind) return;
  const bool is_date = kind == Kind::date;
  refuse_cell(
      reader, name_,
      fmt::format("a {} where line {} has a {}; one of the two throughout is "
                  "needed",
                  is_date ? "date" : "number", first_line_, is_date ? "number" : "date"));
}

double StampCells::units_per_second() const {
  return have_dates() ? 1 : ticks_per_second(unit_);
}

}  // namespace gridgrad::cli

// cli/live_stamps.cpp: digits of a cell to nanoseconds, or to float64
//
// SPDX-License-Identifier: BSD-3-Clause

#include "live_stamps.hpp"

#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "log_table.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

constexpr int nanosecond_decimals = 9;

// The power of ten that a unit is of a nanosecond.
int decimals_of(std::string_view unit) {
  if (unit == "ms") return 6;
  if (unit == "us") return 3;
  return unit == "ns" ? 0 : nanosecond_decimals;
}

// Rounded to the nearest, halves away from zero; nothing beyond 63 bits.
std::optional<std::int64_t> scaled(const Decimal& decimal, int decimals) {
  const int power = decimals - decimal.decimals;
  const auto factor = powers_of_ten[static_cast<std::size_t>(std::abs(power))];
  std::int64_t whole = 0;
  if (power >= 0) {
    if (__builtin_mul_overflow(decimal.digits, factor, &whole)) return std::nullopt;
    return whole;
  }
  const std::int64_t rest = decimal.digits % factor;
  whole = decimal.digits / factor;
  if (2 * std::abs(rest) >= factor) whole += rest > 0 ? 1 : -1;
  return whole;
}

std::optional<std::int64_t> scaled(double number, int decimals) {
  constexpr double beyond = 0x1p63;
  const double whole = std::round(
      number * static_cast<double>(powers_of_ten[static_cast<std::size_t>(decimals)]));
  if (std::abs(whole) >= beyond) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

std::optional<std::int64_t> scaled(const Moment& moment, int decimals) {
  const auto ticks = powers_of_ten[static_cast<std::size_t>(decimals)];
  const std::int64_t part = std::llround(moment.fraction * static_cast<double>(ticks));
  std::int64_t whole = 0;
  if (__builtin_mul_overflow(moment.seconds, ticks, &whole)) return std::nullopt;
  if (__builtin_add_overflow(whole, part, &whole)) return std::nullopt;
  return whole;
}

bool has_more_digits_than_float64(const Decimal& decimal) {
  constexpr int most = 17;
  return std::abs(decimal.digits) >= powers_of_ten[most];
}

}  // namespace

LiveStamps::LiveStamps(std::string name, std::string unit)
    : cells_(std::move(name), std::move(unit)) {}

void LiveStamps::begin(const io::CsvReader& reader, std::string_view cell) {
  const StampCell first = cells_.read(reader, cell);
  are_nanoseconds_ = cells_.have_seconds();
  if (are_nanoseconds_) return;
  likely_unit_ = unit_since_1970(*number_of(cell));
  const auto* const decimal = std::get_if<Decimal>(&first);
  if (decimal == nullptr) return;
  if (decimal->decimals == 0) {
    if (std::abs(decimal->digits) > most_exact) base_ = decimal->digits;
    return;
  }
  are_nanoseconds_ =
      has_more_digits_than_float64(*decimal) && decimal->decimals <= nanosecond_decimals;
}

StampUnit LiveStamps::unit() const noexcept {
  return {cells_.name(), cells_.have_seconds(), likely_unit_};
}

template <>
std::int64_t LiveStamps::read(const io::CsvReader& reader, std::string_view cell) {
  const int decimals = decimals_of(cells_.unit());
  const StampCell stamp = cells_.read(reader, cell);
  const auto nanoseconds =
      std::visit([&](const auto& read) { return scaled(read, decimals); }, stamp);
  if (nanoseconds) return *nanoseconds;
  refuse_cell(
      reader, cells_.name(),
      fmt::format("'{}' is beyond 63 bits of nanoseconds, which are 292 years", cell));
}

template <>
double LiveStamps::read(const io::CsvReader& reader, std::string_view cell) {
  const StampCell stamp = cells_.read(reader, cell);
  if (base_ == 0) return *number_of(cell);
  const auto* const decimal = std::get_if<Decimal>(&stamp);
  std::int64_t since = 0;
  if (decimal != nullptr && decimal->decimals == 0 &&
      !__builtin_sub_overflow(decimal->digits, base_, &since) && -most_exact <= since &&
      since <= most_exact) {
    return static_cast<double>(since);
  }
  refuse_cell(
      reader, cells_.name(),
      fmt::format("'{}' is no integer within 2^53 of the first stamp; --time-unit "
                  "keeps more digits",
                  cell));
}

}  // namespace gridgrad::cli

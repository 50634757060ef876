// cli/stamps.cpp: digits as integers, in one power of ten for all
//
// SPDX-License-Identifier: BSD-3-Clause

#include "stamps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "gridgrad/error.hpp"
#include "points.hpp"
#include "spacing.hpp"
#include "times.hpp"

namespace gridgrad::cli {
namespace {

constexpr int most_decimals = 18;  // of an integer of 63 bits
constexpr int decimals_of_dates = 9;

constexpr std::array<std::int64_t, most_decimals + 1> powers_of_ten = [] {
  std::array<std::int64_t, most_decimals + 1> powers = {1};
  for (std::size_t k = 1; k < powers.size(); ++k) powers[k] = 10 * powers[k - 1];
  return powers;
}();

struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
};

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

int sign_of_step(auto before, auto here) {
  if (here == before) return 0;
  return here > before ? 1 : -1;
}

}  // namespace

void refuse_cell(const io::CsvReader& reader, const std::string& column,
                 const std::string& message) {
  throw Error(ErrorCode::io,
              fmt::format("{}:{}: {}", reader.name(), reader.line(), column), message);
}

Stamps::Stamps(std::string name, std::string unit)
    : name_(std::move(name)), unit_(std::move(unit)) {}

std::size_t Stamps::size() const noexcept {
  return is_exact_ ? digits_.size() : numbers_.size();
}

void Stamps::add(const io::CsvReader& reader, std::string_view cell) {
  const auto decimal = decimal_of(cell);
  if (decimal && kind_ == Kind::number && add_exactly(decimal->digits, decimal->decimals))
    return;
  const auto number = number_of(cell);
  if (is_missing(cell) || (number && !std::isfinite(*number))) {
    refuse_cell(reader, name_,
                fmt::format("'{}' given; every row needs a finite stamp", cell));
  }
  if (!number) return add_date(reader, cell);
  require_kind(reader, Kind::number);
  if (decimal && add_exactly(decimal->digits, decimal->decimals)) return;
  add_rounded(*number);
}

void Stamps::add_date(const io::CsvReader& reader, std::string_view cell) {
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
  constexpr std::int64_t ticks = powers_of_ten[decimals_of_dates];
  const auto part = std::llround(moment->fraction * static_cast<double>(ticks));
  std::int64_t whole = 0;
  const bool fits = !__builtin_mul_overflow(moment->seconds, ticks, &whole) &&
                    !__builtin_add_overflow(whole, std::int64_t{part}, &whole);
  if (part == 0 && add_exactly(moment->seconds, 0)) return;
  if (part != 0 && fits && add_exactly(whole, decimals_of_dates)) return;
  add_rounded(static_cast<double>(moment->seconds) + moment->fraction);
}

void Stamps::require_kind(const io::CsvReader& reader, Kind kind) {
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

bool Stamps::add_exactly(std::int64_t digits, int decimals) {
  if (!is_exact_ || (decimals > decimals_ && !rescale(decimals))) return false;
  const auto factor = powers_of_ten[static_cast<std::size_t>(decimals_ - decimals)];
  if (__builtin_mul_overflow(digits, factor, &digits)) return false;
  digits_.push_back(digits);
  return true;
}

// Returns false, and changes nothing, if a stamp has too many digits then.
bool Stamps::rescale(int decimals) {
  const auto factor = powers_of_ten[static_cast<std::size_t>(decimals - decimals_)];
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / factor;
  const bool fit = std::ranges::all_of(
      digits_, [&](std::int64_t digits) { return -most <= digits && digits <= most; });
  if (!fit) return false;
  for (std::int64_t& digits : digits_) digits *= factor;
  decimals_ = decimals;
  return true;
}

void Stamps::add_rounded(double number) {
  if (is_exact_) {
    numbers_.reserve(digits_.size() + 1);
    for (std::size_t i = 0; i < digits_.size(); ++i) numbers_.push_back(this->number(i));
    digits_ = {};
    is_exact_ = false;
  }
  numbers_.push_back(number);
}

double Stamps::number(std::size_t i) const {
  if (!is_exact_) return numbers_[i];
  const auto factor = powers_of_ten[static_cast<std::size_t>(decimals_)];
  return static_cast<double>(static_cast<long double>(digits_[i]) /
                             static_cast<long double>(factor));
}

int Stamps::step(std::size_t i) const {
  if (is_exact_) return sign_of_step(digits_[i - 1], digits_[i]);
  return sign_of_step(numbers_[i - 1], numbers_[i]);
}

bool Stamps::are_positive_numbers() const {
  if (kind_ == Kind::date) return false;
  const auto is_positive = [](auto number) { return number > 0; };
  return is_exact_ ? std::ranges::all_of(digits_, is_positive)
                   : std::ranges::all_of(numbers_, is_positive);
}

bool Stamps::has_seconds() const {
  return kind_ == Kind::date || !unit_.empty();
}

std::string_view Stamps::likely_unit() const {
  if (has_seconds() || size() == 0) return {};
  constexpr double from = 5e8;  // seconds: 1985
  constexpr double to = 5e9;    // 2128
  const double first = number(0);
  for (const std::string_view unit : {"ms", "us", "ns"}) {
    const double seconds = first / ticks_per_second(unit);
    if (from < seconds && seconds < to) return unit;
  }
  return {};
}

std::optional<std::size_t> Stamps::change_of_unit() const {
  if (kind_ == Kind::date) return std::nullopt;
  constexpr double least = 5e8;      // seconds since 1970 in 1985, or a finer unit
  constexpr double allowed = 0.001;  // what a log may last, as a share of all since 1970
  constexpr std::array<double, 3> factors = {1e3, 1e6, 1e9};
  double before = size() == 0 ? 0 : number(0);
  for (std::size_t i = 1; i < size(); ++i) {
    const double here = number(i);
    const double lower = std::min(before, here);
    const double upper = std::max(before, here);
    before = here;
    if (lower < least || upper < lower * (1 - allowed) * factors[0]) continue;
    for (const double factor : factors) {
      if (std::abs(upper / (lower * factor) - 1) < allowed) return i;
    }
  }
  return std::nullopt;
}

double Stamps::per_unit() const {
  return kind_ == Kind::date ? 1 : ticks_per_second(unit_);
}

Axis Stamps::axis(std::span<const std::size_t> rows) const {
  const auto at = [&](const auto& stamps) {
    if (rows.empty()) return Axis::at(stamps);
    std::remove_cvref_t<decltype(stamps)> some;
    some.reserve(rows.size());
    for (const std::size_t row : rows) some.push_back(stamps[row]);
    return Axis::at(some);
  };
  if (!is_exact_) return at(numbers_).per(per_unit());
  const auto scale = powers_of_ten[static_cast<std::size_t>(decimals_)];
  return at(digits_).per(per_unit() * static_cast<double>(scale));
}

}  // namespace gridgrad::cli

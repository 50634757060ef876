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
#include "times.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

constexpr int decimals_of_dates = 9;

int sign_of_step(auto before, auto here) {
  if (here == before) return 0;
  return here > before ? 1 : -1;
}

}  // namespace

Stamps::Stamps(std::string name, std::string unit)
    : cells_(std::move(name), std::move(unit)) {}

std::size_t Stamps::size() const noexcept {
  return is_exact_ ? digits_.size() : numbers_.size();
}

void Stamps::add(const io::CsvReader& reader, std::string_view cell) {
  const StampCell stamp = cells_.read(reader, cell);
  if (const auto* const moment = std::get_if<Moment>(&stamp)) return add_date(*moment);
  const auto* const decimal = std::get_if<Decimal>(&stamp);
  if (decimal && add_exactly(decimal->digits, decimal->decimals)) return;
  add_rounded(*number_of(cell));
}

void Stamps::add_date(const Moment& moment) {
  constexpr std::int64_t ticks = powers_of_ten[decimals_of_dates];
  const auto part = std::llround(moment.fraction * static_cast<double>(ticks));
  std::int64_t whole = 0;
  const bool fits = !__builtin_mul_overflow(moment.seconds, ticks, &whole) &&
                    !__builtin_add_overflow(whole, std::int64_t{part}, &whole);
  if (part == 0 && add_exactly(moment.seconds, 0)) return;
  if (part != 0 && fits && add_exactly(whole, decimals_of_dates)) return;
  add_rounded(static_cast<double>(moment.seconds) + moment.fraction);
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
  if (cells_.have_dates()) return false;
  const auto is_positive = [](auto number) { return number > 0; };
  return is_exact_ ? std::ranges::all_of(digits_, is_positive)
                   : std::ranges::all_of(numbers_, is_positive);
}

std::string_view Stamps::likely_unit() const {
  if (has_seconds() || size() == 0) return {};
  return unit_since_1970(number(0));
}

std::optional<std::size_t> Stamps::change_of_unit() const {
  if (cells_.have_dates()) return std::nullopt;
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

Axis Stamps::axis(std::span<const std::size_t> rows) const {
  const auto at = [&](const auto& stamps) {
    if (rows.empty()) return Axis::at(stamps);
    std::remove_cvref_t<decltype(stamps)> some;
    some.reserve(rows.size());
    for (const std::size_t row : rows) some.push_back(stamps[row]);
    return Axis::at(some);
  };
  if (!is_exact_) return at(numbers_).per(cells_.units_per_second());
  const auto scale = powers_of_ten[static_cast<std::size_t>(decimals_)];
  return at(digits_).per(cells_.units_per_second() * static_cast<double>(scale));
}

}  // namespace gridgrad::cli

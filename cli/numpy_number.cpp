// cli/numpy_number.cpp: NumPy's FloatingFormat (numpy/_core/arrayprint.py) over to_chars
//
// SPDX-License-Identifier: BSD-3-Clause

#include "numpy_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

namespace gridgrad::cli {
namespace {

// NumPy's default print options.
constexpr int most_digits = 8;
constexpr double smallest_positional = 1e-4;
constexpr double widest_range = 1000;

double rounded(ElementType type, double number) {
  if (type == ElementType::float64) return number;
  const auto single = static_cast<float>(number);
  if (type == ElementType::float32) return single;
  return to_float(to_float16(single));
}

// 10^min(8, digits that any number of the type keeps).
double smallest_with_exponent(ElementType type) {
  if (type == ElementType::float64) return 1e8;
  return type == ElementType::float32 ? 1e6 : 1e3;
}

std::string characters(double number, std::chars_format format, int digits) {
  std::array<char, 400> text;  // the largest double has 309 digits before the point
  const auto end = std::to_chars(text.begin(), text.end(), number, format, digits).ptr;
  return {text.begin(), end};
}

// Shortest digits that lead back to the same half: no more than five are needed. Of two
// that are equally near, the one further from zero may be the only one that leads back.
std::string shortest_half(double number, std::chars_format format) {
  constexpr int enough = 5;
  const double beyond = std::nextafter(number, number < 0 ? -HUGE_VAL : HUGE_VAL);
  for (int digits = 0; digits < enough; ++digits) {
    for (const double near : {number, beyond}) {
      std::string text = characters(near, std::chars_format::scientific, digits);
      double back = 0;
      std::from_chars(text.data(), text.data() + text.size(), back);
      if (rounded(ElementType::float16, back) != number) continue;
      if (format == std::chars_format::scientific) return text;
      std::array<char, 64> fixed;
      return {fixed.begin(), std::to_chars(fixed.begin(), fixed.end(), back, format).ptr};
    }
  }
  return characters(number, format, most_digits);
}

std::string shortest(ElementType type, double number, std::chars_format format) {
  if (type == ElementType::float16) return shortest_half(number, format);
  std::array<char, 400> text;
  const auto end =
      type == ElementType::float32
          ? std::to_chars(text.begin(), text.end(), static_cast<float>(number), format)
                .ptr
          : std::to_chars(text.begin(), text.end(), number, format).ptr;
  return {text.begin(), end};
}

// A decimal number cut at its point and its exponent.
struct Parts {
  std::string whole;
  std::string fraction;
  std::string exponent;  // with sign
};

Parts cut(const std::string& text) {
  const std::size_t exponent = std::min(text.find('e'), text.size());
  const std::size_t point = std::min(text.find('.'), exponent);
  Parts parts;
  parts.whole = text.substr(0, point);
  if (point < exponent) parts.fraction = text.substr(point + 1, exponent - point - 1);
  if (exponent < text.size()) parts.exponent = text.substr(exponent + 1);
  return parts;
}

void trim_zeros(std::string& fraction) {
  fraction.resize(fraction.find_last_not_of('0') + 1);
}

// As few digits as tell the number from its neighbours, and no more than eight.
Parts brief(ElementType type, double number, std::chars_format format) {
  Parts parts = cut(shortest(type, number, format));
  if (parts.fraction.size() > most_digits) {
    parts = cut(characters(number, format, most_digits));
  }
  trim_zeros(parts.fraction);
  return parts;
}

std::string padded_left(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

bool needs_exponent(std::span<const double> finite, ElementType type) {
  double largest = 0;
  double smallest = std::numeric_limits<double>::infinity();
  for (const double number : finite) {
    if (number == 0) continue;
    largest = std::max(largest, std::abs(number));
    smallest = std::min(smallest, std::abs(number));
  }
  if (largest == 0) return false;
  return largest >= smallest_with_exponent(type) ||
         smallest < rounded(type, smallest_positional) ||
         rounded(type, largest / smallest) > widest_range;
}

std::string signed_whole(const std::string& whole, PlusSign plus) {
  return plus == PlusSign::shown && !whole.starts_with('-') ? "+" + whole : whole;
}

}  // namespace

NumberFormat::NumberFormat(std::span<const double> numbers, ElementType type,
                           PlusSign plus)
    : type_(type), plus_(plus) {
  std::vector<double> finite;
  std::ranges::copy_if(numbers, std::back_inserter(finite),
                       [](double number) { return std::isfinite(number); });
  has_exponent_ = needs_exponent(finite, type);
  choose_widths(finite);
  if (finite.size() != numbers.size()) make_room_for_words(numbers);
}

void NumberFormat::choose_widths(std::span<const double> numbers) {
  const auto format =
      has_exponent_ ? std::chars_format::scientific : std::chars_format::fixed;
  for (const double number : numbers) {
    const Parts parts = brief(type_, number, format);
    left_ = std::max(left_, signed_whole(parts.whole, plus_).size());
    digits_ = std::max(digits_, parts.fraction.size());
    if (has_exponent_) exponent_ = std::max(exponent_, parts.exponent.size() - 1);
  }
  right_ = has_exponent_ ? exponent_ + 2 + digits_ : digits_;
}

void NumberFormat::make_room_for_words(std::span<const double> numbers) {
  const bool has_minus = std::ranges::any_of(
      numbers, [](double number) { return std::isinf(number) && number < 0; });
  constexpr std::size_t letters = 3;
  const std::size_t width = letters + (plus_ == PlusSign::shown || has_minus ? 1U : 0U);
  if (width > right_ + 1) left_ = std::max(left_, width - right_ - 1);
}

std::string NumberFormat::text(double number) const {
  if (!std::isfinite(number)) return word(number);
  return has_exponent_ ? scientific(number) : positional(number);
}

std::string NumberFormat::word(double number) const {
  const std::string name = std::isnan(number) ? "nan" : number < 0 ? "-inf" : "inf";
  return padded_left(signed_whole(name, plus_), left_ + right_ + 1);
}

std::string NumberFormat::positional(double number) const {
  Parts parts = brief(type_, number, std::chars_format::fixed);
  parts.fraction.resize(right_, ' ');
  return padded_left(signed_whole(parts.whole, plus_), left_) + "." + parts.fraction;
}

std::string NumberFormat::scientific(double number) const {
  Parts parts = brief(type_, number, std::chars_format::scientific);
  if (parts.fraction.size() < digits_) {
    // Columns are filled with further digits of the number, which need not be zeros.
    parts =
        cut(characters(number, std::chars_format::scientific, static_cast<int>(digits_)));
  }
  if (parts.exponent.size() < exponent_ + 1) {
    parts.exponent.insert(1, exponent_ + 1 - parts.exponent.size(), '0');
  }
  return padded_left(signed_whole(parts.whole, plus_), left_) + "." + parts.fraction +
         "e" + parts.exponent;
}

}  // namespace gridgrad::cli

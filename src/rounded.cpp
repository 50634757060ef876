// rounded.cpp: rounding tests, and the wide type where they fail
//
// SPDX-License-Identifier: BSD-3-Clause

#include "rounded.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "wide.hpp"

namespace gridgrad {
namespace {

// A double that lies halfway between two floats.
bool is_float_midpoint(double x) noexcept {
  constexpr std::uint64_t dropped = (std::uint64_t{1} << 29) - 1;
  return (std::bit_cast<std::uint64_t>(x) & dropped) == std::uint64_t{1} << 28;
}

// To float as if from high + low: a midpoint is moved to the side that `low` names.
float narrowed(DoubleDouble x) noexcept {
  if (!is_float_midpoint(x.high) || x.low == 0) return static_cast<float>(x.high);
  const bool away = std::signbit(x.low) == std::signbit(x.high);
  const auto bits = std::bit_cast<std::uint64_t>(x.high);
  return static_cast<float>(std::bit_cast<double>(away ? bits + 1 : bits - 1));
}

// Quotients and sums of a few double-doubles are exact to 2^-101 each.
constexpr double few_operations = 0x1p-96;

}  // namespace

bool round_once(DoubleDouble number, double error, Rounded& rounded) noexcept {
  // Above this the low part is exact too.
  constexpr double least = 0x1p-960;
  if (!(std::abs(number.high) >= least) || !std::isfinite(number.high)) return false;
  // What the sums below may round away.
  const double doubt = error + std::abs(number.low) * 0x1p-50;
  if (number.high + (number.low + doubt) != number.high) return false;
  if (number.high + (number.low - doubt) != number.high) return false;
  if (is_float_midpoint(number.high) && std::abs(number.low) <= doubt && error > 0) {
    return false;
  }
  rounded = {number.high, narrowed(number)};
  return true;
}

Rounded rounded_quotient(DoubleDouble numerator, DoubleDouble denominator) {
  const DoubleDouble quotient = numerator / denominator;
  Rounded result;
  if (round_once(quotient, std::abs(quotient.high) * few_operations, result)) {
    return result;
  }
  return rounded(widened(numerator) / widened(denominator));
}

Rounded rounded_inverse(double x) noexcept {
  const double inverse = 1 / x;
  if (!is_float_midpoint(inverse)) return {inverse, static_cast<float>(inverse)};
  const double rest = std::fma(-inverse, x, 1);
  return {inverse, narrowed({inverse, rest / x})};
}

Rounded rounded_sum(std::span<const double> terms) {
  DoubleDouble sum;
  double magnitude = 0;
  for (const double term : terms) {
    sum = sum + DoubleDouble{term, 0};
    magnitude += std::abs(term);
  }
  // Of two terms the double-double sum is exact.
  constexpr std::size_t pair = 2;
  const double error = terms.size() <= pair ? 0
                                            : static_cast<double>(terms.size()) *
                                                  few_operations * magnitude;
  Rounded result;
  if (round_once(sum, error, result)) return result;
  Wide exact = 0;
  for (const double term : terms) exact += Wide(term);
  return rounded(exact);
}

}  // namespace gridgrad

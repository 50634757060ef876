// double_double.hpp: unevaluated sums of two doubles, for weights
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>

namespace gridgrad {

// high + low with |low| <= ulp(high) / 2: at least 106 bits. Dekker, Numer. Math. 18
// (1971) 224-242; error of one operation at most 2^-101 of its result (Joldes, Muller,
// Popescu, ACM TOMS 44 (2017) 15). std::fma is exact wherever it runs.
struct DoubleDouble {
  double high = 0;
  double low = 0;
};

[[nodiscard]] inline DoubleDouble two_sum(double a, double b) noexcept {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

// Precondition: |a| >= |b|, or a = 0.
[[nodiscard]] inline DoubleDouble fast_two_sum(double a, double b) noexcept {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

[[nodiscard]] inline DoubleDouble two_product(double a, double b) noexcept {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

[[nodiscard]] inline DoubleDouble operator-(DoubleDouble a) noexcept {
  return {-a.high, -a.low};
}

[[nodiscard]] inline DoubleDouble operator+(DoubleDouble a, DoubleDouble b) noexcept {
  const DoubleDouble high = two_sum(a.high, b.high);
  const DoubleDouble low = two_sum(a.low, b.low);
  const DoubleDouble carried = fast_two_sum(high.high, high.low + low.high);
  return fast_two_sum(carried.high, low.low + carried.low);
}

[[nodiscard]] inline DoubleDouble operator-(DoubleDouble a, DoubleDouble b) noexcept {
  return a + -b;
}

[[nodiscard]] inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) noexcept {
  const DoubleDouble high = two_product(a.high, b.high);
  const double cross = std::fma(a.high, b.low, a.low * b.high);
  return fast_two_sum(high.high, high.low + cross);
}

[[nodiscard]] inline DoubleDouble operator/(DoubleDouble a, DoubleDouble b) noexcept {
  const double first = a.high / b.high;
  const DoubleDouble remainder = a - b * DoubleDouble{first, 0};
  const double second = remainder.high / b.high;
  const DoubleDouble rest = remainder - b * DoubleDouble{second, 0};
  const DoubleDouble leading = fast_two_sum(first, second);
  return leading + DoubleDouble{rest.high / b.high, 0};
}

// Times a power of two: exact unless the result overflows or is subnormal.
[[nodiscard]] inline DoubleDouble scaled(DoubleDouble a, double power) noexcept {
  return {a.high * power, a.low * power};
}

}  // namespace gridgrad

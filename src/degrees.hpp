// degrees.hpp: sines and cosines of degrees, the same on every processor
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>

#include "double_double.hpp"

namespace gridgrad {

// The C library's functions are other ones where the processor fuses multiplications and
// additions. These are for double, within 4 ulp, and for DoubleDouble, within 2^-98 of
// their value; exact at multiples of 90.
template <class Real>
struct SineAndCosine {
  Real sine;
  Real cosine;
};

inline constexpr DoubleDouble pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};
inline constexpr double right_angle = 90;
inline constexpr double half_turn = 180;
inline constexpr double full_turn = 360;

[[nodiscard]] inline double leading(double x) noexcept {
  return x;
}

[[nodiscard]] inline double leading(DoubleDouble x) noexcept {
  return x.high;
}

template <class Real>
[[nodiscard]] Real narrowed_to(DoubleDouble x) noexcept {
  if constexpr (std::same_as<Real, double>) return x.high;
  if constexpr (std::same_as<Real, DoubleDouble>) return x;
}

[[nodiscard]] inline DoubleDouble absolute(DoubleDouble x) noexcept {
  return std::signbit(x.high) ? -x : x;
}

// The same direction as at most half a turn. The remainder of a division is exact in
// every C library.
template <class Real>
[[nodiscard]] Real within_half_turn(Real degrees) noexcept {
  // A call that most angles do without.
  if (std::abs(leading(degrees)) <= half_turn) return degrees;
  const double turned = std::remainder(leading(degrees), full_turn);
  if constexpr (std::same_as<Real, double>) return turned;
  if constexpr (std::same_as<Real, DoubleDouble>) return two_sum(turned, degrees.low);
}

namespace series {

// What is left out at 45 degrees is below 2^-56 of the sum, or 2^-110.
template <class Real>
inline constexpr std::size_t terms = std::same_as<Real, double> ? 9 : 15;

// 1 / n!
template <class Real>
[[nodiscard]] const auto& inverse_factorials() {
  static const auto table = [] {
    std::array<Real, 2 * terms<Real>> inverse;
    DoubleDouble factorial = {1, 0};
    for (std::size_t n = 0; n < inverse.size(); ++n) {
      if (n > 0) factorial = factorial * DoubleDouble{static_cast<double>(n), 0};
      inverse[n] = narrowed_to<Real>(DoubleDouble{1, 0} / factorial);
    }
    return inverse;
  }();
  return table;
}

// Of at most 45 degrees.
template <class Real>
[[nodiscard]] SineAndCosine<Real> sum(Real degrees) {
  static const Real radians = narrowed_to<Real>(pi / DoubleDouble{half_turn, 0});
  const auto& inverse = inverse_factorials<Real>();
  const Real angle = degrees * radians;
  const Real square = -(angle * angle);
  std::size_t n = 2 * terms<Real> - 1;
  SineAndCosine<Real> result = {inverse[n], inverse[n - 1]};
  while (n > 1) {
    n -= 2;
    result.sine = inverse[n] + square * result.sine;
    result.cosine = inverse[n - 1] + square * result.cosine;
  }
  result.sine = angle * result.sine;
  return result;
}

}  // namespace series

template <class Real>
[[nodiscard]] SineAndCosine<Real> sine_and_cosine(Real degrees) {
  const Real reduced = within_half_turn(degrees);
  const double quarters = std::nearbyint(leading(reduced) / right_angle);
  const auto of = series::sum(reduced + Real{-right_angle * quarters});
  if (quarters == 1) return {of.cosine, -of.sine};
  if (quarters == -1) return {-of.cosine, of.sine};
  if (quarters != 0) return {-of.sine, -of.cosine};
  return of;
}

// In radians, of a number from 0 to 1.
[[nodiscard]] inline double arc_sine(double sine) {
  // The half of an angle until the series below is short: twice sin(x / 2) squared is
  // 1 - cos(x).
  constexpr double short_enough = 0.25;
  double doublings = 1;
  while (sine > short_enough) {
    const double cosine = std::sqrt((1 - sine) * (1 + sine));
    sine /= std::sqrt(2 * (1 + cosine));
    doublings *= 2;
  }
  // Each term is at most 1/16 of the one before.
  constexpr int terms = 14;
  const double square = sine * sine;
  double sum = 0;
  for (int k = terms; k > 0; --k) {
    const double odd = 2 * k - 1;
    sum = (1.0 / (2 * k + 1) + sum) * square * (odd / (2 * k));
  }
  return doublings * (sine + sine * sum);
}

}  // namespace gridgrad

// arctangent.hpp: angles in degrees, the same bits everywhere
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "double_double.hpp"

namespace gridgrad {

// Arctangents in degrees by table lookup and a short series (P. T. P. Tang, Table-lookup
// algorithms for elementary functions and their error analysis, 10th IEEE Symposium on
// Computer Arithmetic, 1991, 232-236). For 0 <= t <= 1 and the multiple c = k / 64 next
// to it
//
//   atan t = atan c + atan r,   r = (t - c) / (1 + c t)
//
// and for t > 1, c next to 1 / t,
//
//   atan t = 90 - atan c - atan r,   r = (1 - c t) / (t + c)
//
// atan r is Taylor's series up to r^17. c = 0 serves up to 15/128 where |r| is greatest;
// what is left out is r^18 / 19 < 2^-59 of atan r.
//
// Error, u = 2^-53. From c = 8/64 on t - c is exact, and 1 - c t from a t in two parts is
// rounded once, so r has at most 3.5 u, and atan r in degrees, at most 0.45, with two
// products and three sums 7 u: 3.2 u. The result is at least 6.6, in units of 8 u or
// more: 0.4 units and half a unit of the last sum. Above 1 with c = 0 atan r is at most
// 6.8 and off by 5 u, in units of 128 u. Up to 15/128 the product with 180 / pi is taken
// in parts, of which the largest is exact and the others are at most 2^-7 of the result.
// Hence: within 0.9 units in the last place, exact at 0, 1 and infinity.
class Arctangent {
 public:
  // The one table; made on first use.
  static const Arctangent& table() {
    static const Arctangent table;
    return table;
  }

  // 0 <= t, infinity included; NaN gives NaN.
  [[nodiscard]] double degrees(double t) const noexcept {
    constexpr double vertical = 90;
    constexpr double nearly_vertical = 0x1p60;
    if (!(t <= nearly_vertical)) return t > nearly_vertical ? vertical : t;
    const bool is_steep = t > 1;
    auto k = static_cast<std::size_t>(steps * (is_steep ? 1 / t : t) + 0.5);
    if (k < from_table) k = 0;
    if (k == 0 && !is_steep) return small_degrees(t);
    const double c = static_cast<double>(k) / steps;
    if (!is_steep) {
      return sum(angles_[k], series_degrees((t - c) / (1 + c * t)));
    }
    const double leading = leading_part(t);
    const double rest = 1 - c * leading - c * (t - leading);
    return sum(complements_[k], -series_degrees(rest / (t + c)));
  }

  // Direction of the vector (x, y), counter-clockwise from that of x: 0 <= angle < 360.
  // NaN of two infinities; of no length 0. The quotient adds its own rounding, 1.1 units.
  [[nodiscard]] double degrees(double y, double x) const noexcept {
    constexpr double half_turn = 180;
    constexpr double turn = 360;
    if (y == 0 && x == 0) return 0;
    double angle = degrees(std::fabs(y) / std::fabs(x));
    if (x < 0) angle = half_turn - angle;
    if (y < 0) angle = turn - angle;
    return angle == turn ? 0 : angle;
  }

 private:
  static constexpr double steps = 64;
  static constexpr std::size_t from_table = 8;

  Arctangent() {
    // atan(k / 64) - atan((k - 1) / 64) = atan(64 / (64^2 + k (k - 1)))
    std::array<DoubleDouble, angles> radians;
    for (std::size_t k = 1; k < radians.size(); ++k) {
      const auto product = static_cast<double>(k * (k - 1));
      const DoubleDouble r =
          DoubleDouble{steps, 0} / DoubleDouble{steps * steps + product, 0};
      radians[k] = radians[k - 1] + exact_series(r);
    }
    constexpr double diagonal = 45;
    constexpr double vertical = 90;
    const DoubleDouble per_radian = DoubleDouble{diagonal, 0} / radians.back();
    for (std::size_t k = 0; k < radians.size(); ++k) {
      angles_[k] = radians[k] * per_radian;
      complements_[k] = DoubleDouble{vertical, 0} - angles_[k];
    }
    angles_.back() = complements_.back() = {diagonal, 0};
    per_radian_ = per_radian.high;
    leading_per_radian_ = leading_part(per_radian.high);
    rest_per_radian_ = (per_radian.high - leading_per_radian_) + per_radian.low;
  }

  // atan r for 0 <= r <= 1 / 64 to 2^-100.
  static DoubleDouble exact_series(DoubleDouble r) {
    constexpr int degree = 19;
    const DoubleDouble square = r * r;
    DoubleDouble sum;
    for (int k = degree; k > 0; k -= 2) {
      const double sign = k % 4 == 1 ? 1 : -1;
      sum =
          sum * square + DoubleDouble{sign, 0} / DoubleDouble{static_cast<double>(k), 0};
    }
    return r * sum;
  }

  // The first 26 bits of a number.
  static double leading_part(double number) noexcept {
    constexpr std::uint64_t rest = 0x7ffffff;
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(number) & ~rest);
  }

  // atan r / r - 1, |r| <= 15 / 128.
  static double series(double r) noexcept {
    const double z = r * r;
    double sum = 1.0 / 17;
    for (const double term :
         {-1.0 / 15, 1.0 / 13, -1.0 / 11, 1.0 / 9, -1.0 / 7, 1.0 / 5, -1.0 / 3}) {
      sum = sum * z + term;
    }
    return z * sum;
  }

  [[nodiscard]] double series_degrees(double r) const noexcept {
    return (r + r * series(r)) * per_radian_;
  }

  [[nodiscard]] double small_degrees(double t) const noexcept {
    const double leading = leading_part(t);
    const double products = leading * rest_per_radian_ + (t - leading) * per_radian_;
    return leading * leading_per_radian_ + (products + t * per_radian_ * series(t));
  }

  static double sum(DoubleDouble angle, double rest) noexcept {
    return angle.high + (angle.low + rest);
  }

  static constexpr std::size_t angles = 65;
  std::array<DoubleDouble, angles> angles_;
  std::array<DoubleDouble, angles> complements_;
  double per_radian_;
  double leading_per_radian_;
  double rest_per_radian_;
};

}  // namespace gridgrad

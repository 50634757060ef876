// support/reference_earth.hpp: factors of operators on the Earth, to many digits
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <boost/math/constants/constants.hpp>

#include "support/jet.hpp"

namespace gridgrad::test {

// The Earth by reduced latitudes: nothing in common with the library's formulas but what
// they are of.
class ReferenceEarth {
 public:
  ReferenceEarth(double axis, double inverse_flattening)
      : axis_(axis), ratio_(1 - 1 / Digits(inverse_flattening)) {}
  explicit ReferenceEarth(double radius) : axis_(radius), ratio_(1) {}

  // Distance from the axis of rotation.
  [[nodiscard]] Digits parallel(const Digits& latitude) const {
    const Digits tangent = ratio_ * tan(latitude);
    return axis_ / sqrt(1 + tangent * tangent);
  }

  // The radius of curvature of the meridian, ds/d(latitude).
  [[nodiscard]] Digits meridian(const Digits& latitude) const {
    const Digits sine = sin(latitude);
    const Digits cosine = cos(latitude);
    const Digits turned = cosine * cosine + ratio_ * ratio_ * sine * sine;
    const Digits reduced = atan2(ratio_ * sine, cosine);
    const Digits x = axis_ * sin(reduced);
    const Digits z = axis_ * ratio_ * cos(reduced);
    return sqrt(x * x + z * z) * ratio_ / turned;
  }

  // inverse, inverse, curvature, second, second, first as in ParallelFactors.
  [[nodiscard]] std::array<Digits, 6> factors(const Digits& degrees) const {
    const Digits unit = boost::math::constants::pi<Digits>() / 180;
    const Digits at = degrees * unit;
    const Digits h_latitude = meridian(at) * unit;
    const Digits h_longitude = parallel(at) * unit;
    const auto length = [&](const Digits& x) { return parallel(x) * unit; };
    const auto ratio = [&](const Digits& x) { return parallel(x) / meridian(x); };
    const Digits curvature = slope(length, at) * unit / (h_latitude * h_longitude);
    const Digits first = slope(ratio, at) * unit / (h_latitude * h_longitude);
    return {1 / h_latitude,
            1 / h_longitude,
            curvature,
            1 / (h_latitude * h_latitude),
            1 / (h_longitude * h_longitude),
            first};
  }

 private:
  // By central differences of fourth order: about 60 of the digits are right.
  template <class F>
  [[nodiscard]] static Digits slope(const F& f, const Digits& x) {
    const Digits h = ldexp(Digits(1), -60);
    return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
  }

  Digits axis_;
  Digits ratio_;
};

}  // namespace gridgrad::test

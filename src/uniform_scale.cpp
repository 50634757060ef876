// uniform_scale.cpp: roundings of integers and of one quotient
//
// SPDX-License-Identifier: BSD-3-Clause

#include "uniform_scale.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

#include "wide.hpp"

namespace gridgrad {
namespace {

constexpr int exact_bits = std::numeric_limits<double>::digits;

bool fits_double(const BigInteger& integer) {
  return integer == 0 ||
         boost::multiprecision::msb(abs(integer)) < static_cast<unsigned>(exact_bits);
}

template <class Real>
Real power(Real base, int exponent) {
  Real result = base;
  for (int k = 1; k < exponent; ++k) result = result * base;
  return result;
}

// In double-double, where that decides: at most 14 operations of relative error 2^-101.
bool round_narrow(const BigInteger& denominator, unsigned shift, const Spacing& at,
                  Rounded& result) {
  if (!fits_double(denominator)) return false;
  const DoubleDouble numerator = power(DoubleDouble{at.unit, 0}, at.derivative);
  const DoubleDouble spacings = power(at.spacing, at.derivative);
  const DoubleDouble divisor =
      DoubleDouble{denominator.convert_to<double>(), 0} * spacings;
  const DoubleDouble scale =
      scaled(numerator / divisor, std::ldexp(1.0, static_cast<int>(shift)));
  return round_once(scale, std::abs(scale.high) * 0x1p-96, result);
}

}  // namespace

Rounded rounded_integer(const BigInteger& integer, unsigned shift) {
  if (fits_double(integer)) {
    const double exact =
        std::ldexp(static_cast<double>(integer.convert_to<std::int64_t>()),
                   -static_cast<int>(shift));
    return {exact, static_cast<float>(exact)};
  }
  return rounded(ldexp(Wide(integer), -static_cast<int>(shift)));
}

Rounded rounded_scale(const BigInteger& denominator, unsigned shift, const Spacing& at) {
  Rounded result;
  if (round_narrow(denominator, shift, at, result)) return result;
  const Wide unit = power(Wide(at.unit), at.derivative);
  const Wide spacing = power(widened(at.spacing), at.derivative);
  return rounded(ldexp(unit, static_cast<int>(shift)) / (Wide(denominator) * spacing));
}

}  // namespace gridgrad

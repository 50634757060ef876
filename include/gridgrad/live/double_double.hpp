// gridgrad/live/double_double.hpp: sums of two doubles, without a library call
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace gridgrad::live {

/// high + low. Dekker, Numer. Math. 18 (1971) 224-242, but products are left with a low
/// part of more than half an ulp, one ulp more for each product: what they drop is below
/// 2^-100 of them up to the eighth.
struct DoubleDouble {
  double high = 0;
  double low = 0;
};

[[nodiscard]] inline DoubleDouble two_sum(double a, double b) noexcept {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Precondition: |a| >= |b|, or a = 0.
[[nodiscard]] inline DoubleDouble fast_two_sum(double a, double b) noexcept {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

#ifdef __FP_FAST_FMA
// Where there is an instruction a compiler may also contract Dekker's products with it.
[[nodiscard]] inline DoubleDouble two_product(double a, double b) noexcept {
  const double product = a * b;
  return {product, __builtin_fma(a, b, -product)};
}
#else
/// The upper 26 bits of a number, and the rest.
[[nodiscard]] inline DoubleDouble halves(double a) noexcept {
  constexpr double splitter = 0x1p27 + 1;
  const double large = splitter * a;
  const double high = large - (large - a);
  return {high, a - high};
}

[[nodiscard]] inline DoubleDouble two_product(double a, double b) noexcept {
  const double product = a * b;
  const DoubleDouble x = halves(a);
  const DoubleDouble y = halves(b);
  const double cross = (x.high * y.high - product) + x.high * y.low + x.low * y.high;
  return {product, cross + x.low * y.low};
}
#endif

[[nodiscard]] inline DoubleDouble operator-(DoubleDouble a) noexcept {
  return {-a.high, -a.low};
}

[[nodiscard]] inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) noexcept {
  const DoubleDouble high = two_product(a.high, b.high);
  return {high.high, high.low + (a.high * b.low + a.low * b.high)};
}

// Divides once: the first quotient may be off by two of its ulps, which the second makes
// up for. Precondition: 1 / b is a normal number.
[[nodiscard]] inline DoubleDouble operator/(DoubleDouble a, DoubleDouble b) noexcept {
  const double inverse = 1 / b.high;
  const double quotient = a.high * inverse;
  const DoubleDouble back = two_product(quotient, b.high);
  const double rest = ((a.high - back.high) - back.low) + (a.low - quotient * b.low);
  return fast_two_sum(quotient, rest * inverse);
}

/// Rounded once. To float by way of an odd last bit, which keeps a tie of `high` from
/// being one where `low` is not 0.
template <class Real>
[[nodiscard]] Real rounded(DoubleDouble number) noexcept {
  if constexpr (std::is_same_v<Real, double>) {
    return number.high;
  } else {
    auto bits = std::bit_cast<std::uint64_t>(number.high);
    const bool is_outwards = (number.low > 0) == (number.high > 0);
    if (number.low != 0 && bits % 2 == 0) bits += is_outwards ? 1 : ~std::uint64_t{0};
    return static_cast<Real>(std::bit_cast<double>(bits));
  }
}

}  // namespace gridgrad::live

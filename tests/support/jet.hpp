// support/jet.hpp: functions with their derivatives, to many digits
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cstddef>

namespace gridgrad::test {

// A hundred decimal digits.
using Digits = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<340, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

// Taylor coefficients of a function at a point: f, f', f''/2, ...
constexpr std::size_t jet_terms = 7;
using Jet = std::array<Digits, jet_terms>;

inline Jet variable(const Digits& x) {
  Jet jet{};
  jet[0] = x;
  jet[1] = 1;
  return jet;
}

inline Jet operator*(const Jet& a, const Jet& b) {
  Jet product{};
  for (std::size_t k = 0; k < jet_terms; ++k) {
    for (std::size_t i = 0; i <= k; ++i) product[k] += a[i] * b[k - i];
  }
  return product;
}

inline Jet operator*(double factor, Jet jet) {
  for (Digits& term : jet) term *= factor;
  return jet;
}

inline Jet reciprocal(const Jet& a) {
  Jet inverse{};
  inverse[0] = 1 / a[0];
  for (std::size_t k = 1; k < jet_terms; ++k) {
    Digits sum = 0;
    for (std::size_t i = 1; i <= k; ++i) sum += a[i] * inverse[k - i];
    inverse[k] = -sum * inverse[0];
  }
  return inverse;
}

// From (exp a)' = a' exp a.
inline Jet exp(const Jet& a) {
  Jet result{};
  result[0] = exp(a[0]);
  for (std::size_t k = 1; k < jet_terms; ++k) {
    for (std::size_t i = 1; i <= k; ++i) {
      result[k] += static_cast<double>(i) * a[i] * result[k - i] / static_cast<double>(k);
    }
  }
  return result;
}

// From (sin a)' = a' cos a, (cos a)' = -a' sin a.
inline Jet sin(const Jet& a) {
  Jet sine{};
  Jet cosine{};
  sine[0] = sin(a[0]);
  cosine[0] = cos(a[0]);
  for (std::size_t k = 1; k < jet_terms; ++k) {
    for (std::size_t i = 1; i <= k; ++i) {
      const Digits slope = static_cast<double>(i) * a[i] / static_cast<double>(k);
      sine[k] += slope * cosine[k - i];
      cosine[k] -= slope * sine[k - i];
    }
  }
  return sine;
}

// The derivative of order m.
inline Digits derivative_of(const Jet& jet, int m) {
  Digits result = jet[static_cast<std::size_t>(m)];
  for (int k = 2; k <= m; ++k) result *= k;
  return result;
}

}  // namespace gridgrad::test

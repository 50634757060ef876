// support/dual.hpp: numbers that carry their first and second partial derivatives
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>

namespace gridgrad::test {

// Of N variables; the second derivatives are those of indices b <= a.
template <class Real, std::size_t N>
struct Dual {
  Real value = 0;
  std::array<Real, N> first = {};
  std::array<std::array<Real, N>, N> second = {};

  Dual() = default;
  Dual(Real number) : value(number) {}  // NOLINT(google-explicit-constructor)

  static Dual variable(Real number, std::size_t index) {
    Dual result(number);
    result.first[index] = 1;
    return result;
  }

  Dual& operator+=(const Dual& other) {
    value += other.value;
    for (std::size_t a = 0; a < N; ++a) {
      first[a] += other.first[a];
      for (std::size_t b = 0; b <= a; ++b) second[a][b] += other.second[a][b];
    }
    return *this;
  }
};

template <class Real, std::size_t N>
Dual<Real, N> operator*(const Dual<Real, N>& u, const Dual<Real, N>& v) {
  Dual<Real, N> product(u.value * v.value);
  for (std::size_t a = 0; a < N; ++a) {
    product.first[a] = u.first[a] * v.value + u.value * v.first[a];
    for (std::size_t b = 0; b <= a; ++b) {
      product.second[a][b] = u.second[a][b] * v.value + u.first[a] * v.first[b] +
                             u.first[b] * v.first[a] + u.value * v.second[a][b];
    }
  }
  return product;
}

template <class Real, std::size_t N>
Dual<Real, N> operator+(Dual<Real, N> u, const Dual<Real, N>& v) {
  return u += v;
}

template <class Real, std::size_t N>
Dual<Real, N> operator-(Dual<Real, N> u, const Dual<Real, N>& v) {
  return u += Dual<Real, N>(-1) * v;
}

}  // namespace gridgrad::test

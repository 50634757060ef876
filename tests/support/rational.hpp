// support/rational.hpp: exact weights by elimination, and the doubles next to them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace gridgrad::test {

using Rational = boost::multiprecision::cpp_rational;

// Solves sum over j of w_j x_j^k = m! delta_km, k = 0 ... n - 1, by Gauss's elimination:
// nothing in common with Lagrange's formula but the answer.
inline std::vector<Rational> solved_weights(std::span<const int> offsets,
                                            int derivative) {
  const std::size_t n = offsets.size();
  std::vector<std::vector<Rational>> rows(n, std::vector<Rational>(n + 1));
  Rational factorial = 1;
  for (int k = 2; k <= derivative; ++k) factorial *= k;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t j = 0; j < n; ++j) {
      rows[k][j] =
          pow(boost::multiprecision::cpp_int(offsets[j]), static_cast<unsigned>(k));
    }
    rows[k][n] = static_cast<int>(k) == derivative ? factorial : Rational(0);
  }
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    while (rows[pivot][column] == 0) ++pivot;
    std::swap(rows[pivot], rows[column]);
    for (std::size_t row = 0; row < n; ++row) {
      if (row == column || rows[row][column] == 0) continue;
      const Rational factor = rows[row][column] / rows[column][column];
      for (std::size_t k = column; k <= n; ++k) rows[row][k] -= factor * rows[column][k];
    }
  }
  std::vector<Rational> weights;
  for (std::size_t j = 0; j < n; ++j) weights.push_back(rows[j][n] / rows[j][j]);
  return weights;
}

inline Rational distance(double number, const Rational& exact) {
  return abs(Rational(number) - exact);
}

// Whether no other double is nearer.
inline bool is_nearest(double number, const Rational& exact) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Rational here = distance(number, exact);
  return here <= distance(std::nextafter(number, infinity), exact) &&
         here <= distance(std::nextafter(number, -infinity), exact);
}

}  // namespace gridgrad::test

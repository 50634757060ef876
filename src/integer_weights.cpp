// integer_weights.cpp: Lagrange's basis polynomials over the integers
//
// SPDX-License-Identifier: BSD-3-Clause

#include "integer_weights.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <numeric>

namespace gridgrad {
namespace {

std::int64_t common_divisor(std::int64_t a, std::int64_t b) {
  return std::gcd(a, b);
}
BigInteger common_divisor(const BigInteger& a, const BigInteger& b) {
  return gcd(a, b);
}

constexpr std::size_t most_coefficients = 7;

// m! [x^m] of the product of (x - offset) over all offsets but the one of index j.
template <class Integer>
Integer numerator(std::span<const int> offsets, std::size_t j, int derivative) {
  std::array<Integer, most_coefficients> p = {};
  p[0] = 1;
  const auto degree = static_cast<std::size_t>(derivative);
  for (std::size_t k = 0; k < offsets.size(); ++k) {
    if (k == j) continue;
    for (std::size_t d = degree; d > 0; --d) p[d] = p[d - 1] - p[d] * offsets[k];
    p[0] *= -offsets[k];
  }
  Integer factorial = 1;
  for (int k = 2; k <= derivative; ++k) factorial *= k;
  return p[degree] * factorial;
}

template <class Integer>
Integer denominator(std::span<const int> offsets, std::size_t j) {
  Integer product = 1;
  for (std::size_t k = 0; k < offsets.size(); ++k) {
    if (k != j) product *= offsets[j] - offsets[k];
  }
  return product;
}

template <class Integer>
IntegerWeights weights_in(std::span<const int> offsets, int derivative) {
  const std::size_t n = offsets.size();
  std::vector<Integer> numerators(n);
  std::vector<Integer> denominators(n);
  Integer common = 1;
  for (std::size_t j = 0; j < n; ++j) {
    numerators[j] = numerator<Integer>(offsets, j, derivative);
    denominators[j] = denominator<Integer>(offsets, j);
    common *= denominators[j] / common_divisor(common, denominators[j]);
  }
  Integer divisor = common;
  for (std::size_t j = 0; j < n; ++j) {
    numerators[j] *= common / denominators[j];
    divisor = common_divisor(divisor, numerators[j]);
  }
  if ((common < 0) != (divisor < 0)) divisor = -divisor;
  IntegerWeights weights;
  weights.numerators.reserve(n);
  for (const Integer& number : numerators)
    weights.numerators.emplace_back(number / divisor);
  weights.denominator = common / divisor;
  return weights;
}

// Of n <= 15 contiguous offsets around 0 every product above fits 64 bits: denominators
// are j! (n - 1 - j)! and divide 14!, so they and their common multiple are below 2^37;
// the coefficients are below 15!, times 6! and the binomial C(14, 7) below 2^62.
bool fits_64_bits(std::span<const int> offsets) {
  constexpr int most = 15;
  return static_cast<int>(offsets.size()) <= most && offsets.front() <= 0 &&
         offsets.back() >= 0 &&
         offsets.back() - offsets.front() + 1 == static_cast<int>(offsets.size()) &&
         std::ranges::is_sorted(offsets);
}

}  // namespace

IntegerWeights integer_weights(std::span<const int> offsets, int derivative) {
  if (fits_64_bits(offsets)) return weights_in<std::int64_t>(offsets, derivative);
  return weights_in<BigInteger>(offsets, derivative);
}

}  // namespace gridgrad

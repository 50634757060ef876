// weights.cpp: Lagrange's formula in double-double, and wider where that does not decide
//
// SPDX-License-Identifier: BSD-3-Clause

#include "weights.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace gridgrad {
namespace {

// Wide enough for products of differences of doubles, whose exponents span 2100 bits, to
// tell a tie between two doubles from its neighbourhood.
constexpr unsigned wide_bits = 2400;
using Wide = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<wide_bits, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

Wide widened(DoubleDouble x) {
  return Wide(x.high) + Wide(x.low);
}

// d/dx at 0 of the basis polynomial that is 1 at nodes[j] and 0 at 0 and the others.
template <class Real>
Real basis_derivative(std::span<const Real> nodes, std::size_t j, Real unit) {
  Real numerator = unit;
  Real denominator = nodes[j];
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    if (k == j) continue;
    numerator = numerator * -nodes[k];
    denominator = denominator * (nodes[j] - nodes[k]);
  }
  return numerator / denominator;
}

Rounded rounded(const Wide& exact) {
  return {exact.convert_to<double>(), exact.convert_to<float>()};
}

// A double that lies halfway between two floats.
bool is_float_midpoint(double x) noexcept {
  constexpr std::uint64_t dropped = (std::uint64_t{1} << 29) - 1;
  return (std::bit_cast<std::uint64_t>(x) & dropped) == std::uint64_t{1} << 28;
}

// To float as if from high + low: a midpoint is moved to the side that `low` names.
float narrowed(DoubleDouble x) noexcept {
  if (!is_float_midpoint(x.high) || x.low == 0) return static_cast<float>(x.high);
  const bool away = std::signbit(x.low) == std::signbit(x.high);
  const auto bits = std::bit_cast<std::uint64_t>(x.high);
  return static_cast<float>(std::bit_cast<double>(away ? bits + 1 : bits - 1));
}

bool is_normal(double x) noexcept {
  return std::abs(x) >= std::numeric_limits<float>::min() &&
         std::abs(x) <= std::numeric_limits<float>::max();
}

// 1 / largest, rounded to a power of two; 1 where that is not a normal number, which
// leaves the rows to the wide type.
double power_to_one(std::span<const DoubleDouble> nodes) {
  double largest = 0;
  for (const DoubleDouble& node : nodes) largest = std::max(largest, std::abs(node.high));
  constexpr std::uint64_t exponent_bits = std::uint64_t{0x7ff} << 52;
  constexpr std::uint64_t two_biases = std::uint64_t{2046} << 52;
  const std::uint64_t exponent = std::bit_cast<std::uint64_t>(largest) & exponent_bits;
  const bool has_normal_inverse = exponent > 0 && exponent < two_biases;
  return has_normal_inverse ? std::bit_cast<double>(two_biases - exponent) : 1;
}

Rounded wide_weight(std::span<const DoubleDouble> nodes, std::size_t j, double unit) {
  std::vector<Wide> wide;
  for (const DoubleDouble& node : nodes) wide.push_back(widened(node));
  return rounded(basis_derivative<Wide>(wide, j, Wide(unit)));
}

}  // namespace

bool round_once(DoubleDouble exact, Rounded& rounded) noexcept {
  constexpr double error = 0x1p-94;  // relative, with two bits to spare
  const double high = std::abs(exact.high);
  // Outside the normal floats both roundings are left to the wide type.
  if (!is_normal(exact.high)) return false;
  const double half_ulp = high * 0x1p-54;
  const double low = std::abs(exact.low);
  // |low| is at most half an ulp of high, which is within [2^-54, 2^-53] of it.
  if (low >= half_ulp && exact.high + exact.low * (1 + 0x1p-30) != exact.high)
    return false;
  if (is_float_midpoint(exact.high) && low <= error * high) return false;
  rounded = {exact.high, narrowed(exact)};
  return true;
}

Rounded rounded_quotient(DoubleDouble numerator, DoubleDouble denominator) {
  Rounded result;
  if (round_once(numerator / denominator, result)) return result;
  return rounded(widened(numerator) / widened(denominator));
}

Rounded rounded_sum(std::span<const double> terms) {
  // Of two terms the double-double sum is exact.
  constexpr std::size_t pair = 2;
  Rounded result;
  if (terms.size() == pair && round_once(two_sum(terms[0], terms[1]), result))
    return result;
  Wide sum = 0;
  for (const double term : terms) sum += Wide(term);
  return rounded(sum);
}

void first_derivative_weights(std::span<const DoubleDouble> nodes, double unit,
                              std::span<Rounded> weights) {
  // Scaled to 1, products of many nodes neither overflow nor lose their low part.
  const double power = power_to_one(nodes);
  constexpr std::size_t most_nodes = 8;
  std::array<DoubleDouble, most_nodes> near_one;
  for (std::size_t j = 0; j < nodes.size(); ++j) near_one[j] = scaled(nodes[j], power);
  const std::span<const DoubleDouble> scaled_nodes(near_one.data(), nodes.size());
  for (std::size_t j = 0; j < nodes.size(); ++j) {
    const DoubleDouble weight =
        basis_derivative<DoubleDouble>(scaled_nodes, j, {unit, 0});
    if (round_once(scaled(weight, power), weights[j])) continue;
    weights[j] = wide_weight(nodes, j, unit);
  }
}

}  // namespace gridgrad

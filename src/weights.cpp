// weights.cpp: coefficients of Lagrange's and Hermite's basis polynomials
//
// SPDX-License-Identifier: BSD-3-Clause

#include "weights.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/container/static_vector.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "wide.hpp"

namespace gridgrad {
namespace {

// Coefficients of degree 0 to 6 and no more: those that a derivative needs.
constexpr std::size_t most_coefficients = 7;
template <class Real>
using Polynomial = std::array<Real, most_coefficients>;

// Multiplies by (x - root); `count` coefficients are kept.
template <class Real>
void multiply(Polynomial<Real>& p, const Real& root, std::size_t count) {
  for (std::size_t d = count; d-- > 1;) p[d] = p[d - 1] - root * p[d];
  p[0] = -root * p[0];
}

// The coefficient of degree `degree` of a product.
template <class Real>
Real product_coefficient(const Polynomial<Real>& a, const Polynomial<Real>& b,
                         std::size_t degree) {
  Real sum = a[0] * b[degree];
  for (std::size_t d = 1; d <= degree; ++d) sum = sum + a[d] * b[degree - d];
  return sum;
}

template <class Real>
Real power_times_factorial(const Real& base, int exponent) {
  Real result = base;
  for (int k = 2; k <= exponent; ++k) {
    result = result * base * Real{static_cast<double>(k)};
  }
  return result;
}

// Whether a row has a sample where it lies, besides the nodes.
enum class Own : std::uint8_t { sample, none };

// What weights are asked for.
struct Row {
  std::span<const DoubleDouble> nodes;
  int derivative;
  double unit;
  Own own;
};

// The basis polynomials of a row, expanded about its place as far as the derivative
// needs: of node j it is the product over k != j of (x - x_k) / (x_j - x_k), and where
// the row has a sample of its own x / x_j times that.
template <class Real>
class Basis {
 public:
  Basis(std::span<const Real> nodes, const Row& row)
      : nodes_(nodes),
        own_(row.own),
        degree_(static_cast<std::size_t>(row.derivative) -
                (row.own == Own::sample ? 1 : 0)) {
    const std::size_t n = nodes.size();
    below_.resize(n);
    above_.resize(n);
    Polynomial<Real> one = {};
    one[0] = Real{1.0};
    below_[0] = one;
    above_[n - 1] = one;
    for (std::size_t j = 1; j < n; ++j) {
      below_[j] = below_[j - 1];
      multiply(below_[j], nodes[j - 1], degree_ + 1);
      above_[n - 1 - j] = above_[n - j];
      multiply(above_[n - 1 - j], nodes[n - j], degree_ + 1);
    }
  }

  // The coefficient of x^derivative of that polynomial, times its denominator.
  [[nodiscard]] Real numerator(std::size_t j) const {
    return product_coefficient(below_[j], above_[j], degree_);
  }

  [[nodiscard]] Real denominator(std::size_t j) const {
    Real product = own_ == Own::sample ? nodes_[j] : Real{1.0};
    for (std::size_t k = 0; k < nodes_.size(); ++k) {
      if (k != j) product = product * (nodes_[j] - nodes_[k]);
    }
    return product;
  }

 private:
  std::span<const Real> nodes_;
  Own own_;
  std::size_t degree_;
  boost::container::static_vector<Polynomial<Real>, most_neighbours> below_;
  boost::container::static_vector<Polynomial<Real>, most_neighbours> above_;
};

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

std::vector<Wide> widened_nodes(std::span<const DoubleDouble> nodes) {
  std::vector<Wide> wide;
  for (const DoubleDouble& node : nodes) wide.push_back(widened(node));
  return wide;
}

Rounded wide_weight(const Row& row, std::size_t j) {
  const std::vector<Wide> wide = widened_nodes(row.nodes);
  const Basis<Wide> basis(wide, row);
  return rounded(power_times_factorial(Wide(row.unit), row.derivative) *
                 basis.numerator(j) / basis.denominator(j));
}

// A weight, and how far it may be from the exact one.
struct Estimate {
  DoubleDouble weight;
  double error;
};
using Estimates = std::array<Estimate, most_neighbours>;

// In double-double, on nodes scaled to 1: products of many neither overflow nor lose
// their low part. Each term of a numerator has been through at most two operations per
// node and 8 more, each denominator through two per node, the factor through 12; every
// operation has a relative error of at most 2^-101, and what they do to sums that cancel
// is bounded by the same sums of magnitudes.
void estimate(const Row& row, Estimates& estimates) {
  const std::size_t n = row.nodes.size();
  const double power = power_to_one(row.nodes);
  std::array<DoubleDouble, most_neighbours> near_one;
  std::array<double, most_neighbours> magnitudes;
  for (std::size_t j = 0; j < n; ++j) {
    near_one[j] = scaled(row.nodes[j], power);
    magnitudes[j] = -std::abs(near_one[j].high);
  }
  const Basis<DoubleDouble> basis({near_one.data(), n}, row);
  const Basis<double> bound({magnitudes.data(), n}, row);
  const DoubleDouble factor =
      power_times_factorial(scaled(DoubleDouble{row.unit, 0}, power), row.derivative);
  const double operations = 4 * static_cast<double>(n) + 20;
  for (std::size_t j = 0; j < n; ++j) {
    const DoubleDouble quotient = factor / basis.denominator(j);
    estimates[j].weight = quotient * basis.numerator(j);
    // Twice the bound covers the roundings of the bound itself.
    estimates[j].error =
        2 * operations * 0x1p-101 * bound.numerator(j) * std::abs(quotient.high);
  }
}

void round_weights(const Row& row, std::span<Rounded> weights) {
  Estimates estimates;
  estimate(row, estimates);
  double largest = 0;
  for (std::size_t j = 0; j < row.nodes.size(); ++j) {
    largest = std::max(largest, std::abs(estimates[j].weight.high));
  }
  constexpr double negligible = 0x1p-80;
  for (std::size_t j = 0; j < row.nodes.size(); ++j) {
    const auto& [weight, error] = estimates[j];
    if (round_once(weight, error, weights[j])) continue;
    const bool is_zero = std::abs(weight.high) <= error && error <= negligible * largest;
    weights[j] = is_zero ? Rounded{0, 0} : wide_weight(row, j);
  }
}

}  // namespace

void derivative_weights(std::span<const DoubleDouble> nodes, int derivative, double unit,
                        std::span<Rounded> weights) {
  round_weights({nodes, derivative, unit, Own::sample}, weights);
}

void weights_between(std::span<const DoubleDouble> nodes, int derivative, double unit,
                     std::span<Rounded> weights) {
  round_weights({nodes, derivative, unit, Own::none}, weights);
}

void slope_weights(std::span<const DoubleDouble> nodes, std::size_t end, int derivative,
                   double unit, std::span<Rounded> weights) {
  std::vector<Wide> x = widened_nodes(nodes);
  x.insert(x.begin(), Wide(0));
  const auto count = static_cast<std::size_t>(derivative) + 1;
  // m! [x^m] of the product over all other nodes of (x - x_k) / (x_j - x_k), the end node
  // counted so many times more, and of x times that.
  struct Expansion {
    Wide coefficient;
    Wide lower;
  };
  const auto expand = [&](std::size_t j, int extra_ends) {
    Polynomial<Wide> p = {};
    p[0] = 1;
    Wide denominator = 1;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const int times = (k == j ? 0 : 1) + (k == end ? extra_ends : 0);
      for (int time = 0; time < times; ++time) {
        multiply(p, x[k], count);
        if (k != j) denominator *= x[j] - x[k];
      }
    }
    Wide factorial = 1;
    for (int k = 2; k <= derivative; ++k) factorial *= k;
    const Wide factor = factorial / denominator;
    return Expansion{p[count - 1] * factor, p[count - 2] * factor};
  };
  Wide scale = 1;
  for (int k = 0; k < derivative; ++k) scale *= unit;
  for (std::size_t j = 1; j < x.size(); ++j) {
    if (j != end) {
      weights[j - 1] = rounded(expand(j, 1).coefficient * scale);
      continue;
    }
    // L (1 - (x - x_end) s), s the sum of 1 / (x_end - x_k).
    Wide inverses = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      if (k != end) inverses += 1 / (x[end] - x[k]);
    }
    const Expansion plain = expand(end, 0);
    weights[j - 1] = rounded(
        (plain.coefficient * (1 + x[end] * inverses) - plain.lower * inverses) * scale);
  }
  weights.back() = rounded(expand(end, 1).coefficient * scale / unit);
}

}  // namespace gridgrad

// support/reference_row.hpp: the rows of an axis, slow and obvious
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "gridgrad/scheme.hpp"
#include "support/rational.hpp"

namespace gridgrad::test {

// Enough for quotients of a few differences of doubles to be rounded correctly.
using Exact = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<1000, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

// Where the samples stand: positions, or a spacing where there are none; one-sided ends.
struct ReferenceAxis {
  double spacing = 1;
  std::vector<double> positions = {};
  Scheme scheme = {};

  [[nodiscard]] bool is_spaced() const { return positions.empty(); }
  [[nodiscard]] int derivative() const { return scheme.derivative; }
  [[nodiscard]] int accuracy() const { return scheme.accuracy.value_or(2); }
  [[nodiscard]] int edge_order() const {
    const bool is_plain = !scheme.accuracy && scheme.derivative == 1;
    return scheme.edge_order.value_or(is_plain ? 1 : accuracy());
  }
};

// A row as docs/math.md writes it: scale * sum of terms. A term is weight times
// f[plus] - f[minus], or for pairs of even derivatives (f[plus] - f[centre]) -
// (f[centre] - f[minus]).
struct ReferenceTerm {
  std::size_t plus;
  std::size_t minus;
  Exact weight;
};
struct ReferenceRow {
  std::vector<ReferenceTerm> terms;
  Exact scale = 1;
  bool is_second_difference = false;
  std::size_t centre = 0;
};

// Offsets of the samples that row i reads, in increasing order.
inline std::vector<int> reference_offsets(const ReferenceAxis& axis, std::size_t i,
                                          std::size_t extent) {
  const int own = static_cast<int>(i);
  const int last = static_cast<int>(extent) - 1;
  const int nodes = axis.derivative() + axis.accuracy();
  int below = (nodes - 1) / 2;
  int above = below;
  if (axis.scheme.bias == Bias::forward) below = 0, above = nodes - 1;
  if (axis.scheme.bias == Bias::backward) below = nodes - 1, above = 0;
  const bool fits = own >= below && own + above <= last;
  std::vector<int> offsets;
  if (!fits) {
    // The contiguous samples most centred on the row's own, ties to the inside.
    const int count = axis.derivative() + axis.edge_order();
    const bool is_near_lower = own < below && (own + above <= last || 2 * own <= last);
    const int ideal = is_near_lower ? own - (count - 1) / 2 : own - count / 2;
    const int first = std::max(0, std::min(ideal, last + 1 - count));
    for (int k = 0; k < count; ++k) offsets.push_back(first + k - own);
    return offsets;
  }
  for (int k = -below; k <= above; ++k) offsets.push_back(k);
  const bool needs_one_more = axis.scheme.bias == Bias::central && !axis.is_spaced() &&
                              axis.derivative() % 2 == 0;
  if (!needs_one_more) return offsets;
  const int lower = own - below - 1;
  const int upper = own + above + 1;
  const auto at = [&](int k) {
    return Exact(axis.positions[static_cast<std::size_t>(k)]);
  };
  const bool takes_upper =
      lower < 0 || (upper <= last && abs(at(upper) - at(own)) < abs(at(lower) - at(own)));
  offsets.push_back(takes_upper ? above + 1 : -below - 1);
  std::ranges::sort(offsets);
  return offsets;
}

// Weights of the derivative of order m at 0 on nodes x: Fornberg's recurrence, Math.
// Comp. 51 (1988) 699-706, table of all lower derivatives and fewer nodes.
template <class Real>
std::vector<Real> fornberg_weights(const std::vector<Real>& x, int m) {
  const auto order = static_cast<std::size_t>(m);
  std::vector<std::vector<Real>> w(order + 1, std::vector<Real>(x.size(), Real(0)));
  w[0][0] = 1;
  Real c1 = 1;
  for (std::size_t n = 1; n < x.size(); ++n) {
    Real c2 = 1;
    for (std::size_t j = 0; j < n; ++j) {
      const Real c3 = x[n] - x[j];
      c2 *= c3;
      if (j + 1 == n) {
        for (std::size_t k = order; k > 0; --k) {
          w[k][n] = c1 *
                    (static_cast<double>(k) * w[k - 1][n - 1] - x[n - 1] * w[k][n - 1]) /
                    c2;
        }
        w[0][n] = -c1 * x[n - 1] * w[0][n - 1] / c2;
      }
      for (std::size_t k = order; k > 0; --k) {
        w[k][j] = (x[n] * w[k][j] - static_cast<double>(k) * w[k - 1][j]) / c3;
      }
      w[0][j] = x[n] * w[0][j] / c3;
    }
    c1 = c2;
  }
  return w[order];
}

// Outwards, the lower first; differences are taken upwards.
inline ReferenceRow based_row(std::size_t i, const std::vector<int>& offsets,
                              const std::vector<Exact>& weights) {
  ReferenceRow row;
  for (int distance = 1; distance <= 64; ++distance) {
    for (const int offset : {-distance, distance}) {
      const auto found = std::ranges::find(offsets, offset);
      if (found == offsets.end()) continue;
      const Exact weight = weights[static_cast<std::size_t>(found - offsets.begin())];
      const auto other = static_cast<std::size_t>(static_cast<int>(i) + offset);
      if (weight == 0) continue;
      row.terms.push_back({offset < 0 ? i : other, offset < 0 ? other : i,
                           offset < 0 ? Exact(-weight) : weight});
    }
  }
  return row;
}

inline ReferenceRow paired_row(std::size_t i, const std::vector<int>& offsets,
                               const std::vector<Exact>& weights, int derivative) {
  ReferenceRow row;
  row.is_second_difference = derivative % 2 == 0;
  row.centre = i;
  const auto radius = static_cast<std::size_t>(offsets.back());
  for (std::size_t k = 1; k <= radius; ++k) {
    row.terms.push_back({i + k, i - k, weights[radius + k]});
  }
  return row;
}

// Integers over a power of two that leaves the largest between 1 and 2, and one scale.
inline ReferenceRow spaced_row(const ReferenceAxis& axis, std::size_t i,
                               const std::vector<int>& offsets) {
  using boost::multiprecision::cpp_int;
  const std::vector<Rational> exact = solved_weights(offsets, axis.derivative());
  cpp_int common = 1;
  for (const Rational& weight : exact) common = lcm(common, denominator(weight));
  std::vector<Exact> weights;
  cpp_int largest = 1;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    const cpp_int integer = numerator(exact[k]) * (common / denominator(exact[k]));
    weights.emplace_back(integer);
    if (offsets[k] != 0) largest = std::max<cpp_int>(largest, abs(integer));
  }
  const Exact power = ldexp(Exact(1), static_cast<int>(msb(largest)));
  for (Exact& weight : weights) weight /= power;
  const bool is_symmetric = offsets.front() == -offsets.back();
  ReferenceRow row = is_symmetric ? paired_row(i, offsets, weights, axis.derivative())
                                  : based_row(i, offsets, weights);
  row.scale = power / (Exact(common) * pow(Exact(axis.spacing), axis.derivative()));
  return row;
}

inline ReferenceRow reference_row(const ReferenceAxis& axis, std::size_t i,
                                  std::size_t extent) {
  const std::vector<int> offsets = reference_offsets(axis, i, extent);
  if (axis.is_spaced()) return spaced_row(axis, i, offsets);
  std::vector<Exact> x;
  for (const int offset : offsets) {
    const auto at = static_cast<std::size_t>(static_cast<int>(i) + offset);
    x.push_back(Exact(axis.positions[at]) - Exact(axis.positions[i]));
  }
  return based_row(i, offsets, fornberg_weights(x, axis.derivative()));
}

}  // namespace gridgrad::test

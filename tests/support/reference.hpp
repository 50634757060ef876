// support/reference.hpp: the derivative along one axis, slow and obvious
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <complex>
#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "gridgrad/element.hpp"
#include "gridgrad/strided_view.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

// Enough for quotients of a few differences of doubles to be rounded correctly.
using Exact = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<1000, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

// A row as docs/math.md writes it: scale * sum of weight * (f[plus] - f[minus]).
struct ReferenceTerm {
  std::size_t plus;
  std::size_t minus;
  Exact weight;
};
struct ReferenceRow {
  std::vector<ReferenceTerm> terms;
  Exact scale = 1;
};

// Where the samples stand: positions, or a spacing where there are none.
struct ReferenceAxis {
  double spacing = 1;
  std::vector<double> positions = {};
  int edge_order = 1;
};

// Weights of the slopes at x_0 of the polynomial through x_0, x_1 (, x_2), in difference
// form. The quotients are those of docs/math.md.
inline std::vector<Exact> slope_weights(const Exact& p, std::optional<Exact> q) {
  if (!q) return {1 / p};
  return {-*q / (p * (p - *q)), p / (*q * (p - *q))};
}

inline ReferenceRow irregular_row(const std::vector<double>& x, std::size_t i,
                                  std::vector<std::size_t> others) {
  const Exact p = Exact(x[others[0]]) - Exact(x[i]);
  std::optional<Exact> q;
  if (others.size() == 2) q = Exact(x[others[1]]) - Exact(x[i]);
  const std::vector<Exact> weights = slope_weights(p, q);
  ReferenceRow row;
  for (std::size_t k = 0; k < others.size(); ++k) {
    const bool is_below = others[k] < i;
    row.terms.push_back({is_below ? i : others[k], is_below ? others[k] : i,
                         is_below ? Exact(-weights[k]) : weights[k]});
  }
  return row;
}

inline ReferenceRow reference_row(const ReferenceAxis& axis, std::size_t i,
                                  std::size_t extent) {
  const bool is_lower = i == 0;
  const bool is_edge = is_lower || i + 1 == extent;
  const std::size_t next = is_lower ? 1 : i - 1;
  const std::size_t after = is_lower ? 2 : i - 2;
  const bool is_first_order = axis.edge_order == 1;
  if (!axis.positions.empty()) {
    if (!is_edge) return irregular_row(axis.positions, i, {i - 1, i + 1});
    if (is_first_order) return irregular_row(axis.positions, i, {next});
    return irregular_row(axis.positions, i, {next, after});
  }
  const Exact h = axis.spacing;
  if (!is_edge) return {{{i + 1, i - 1, 1}}, 1 / (2 * h)};
  const auto slope = [&](std::size_t j, int weight) {
    return ReferenceTerm{is_lower ? j : i, is_lower ? i : j, weight};
  };
  if (is_first_order) return {{slope(next, 1)}, 1 / h};
  return {{slope(next, 4), slope(after, -1)}, 1 / (2 * h)};
}

// a - b rounded once to the computing type.
template <class C, class T>
C rounded_difference(T a, T b) {
  if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
    return to_float(a) - to_float(b);
  } else if constexpr (Integer<T>) {
    return (Exact(a) - Exact(b)).template convert_to<double>();
  } else {
    return a - b;
  }
}

template <class T>
T narrowed(float value) {
  if constexpr (std::same_as<T, Float16>) return to_float16(value);
  if constexpr (std::same_as<T, BFloat16>) return to_bfloat16(value);
}

// The value of a row for samples that `sample(j)` gives: one rounding per operation,
// terms from the left, the scale last.
template <class T, class Sample>
Result<T> row_value(const ReferenceRow& row, Sample&& sample) {
  constexpr bool is_half = std::same_as<T, Float16> || std::same_as<T, BFloat16>;
  using C = std::conditional_t<is_half, float, Result<T>>;
  C sum = 0;
  for (std::size_t k = 0; k < row.terms.size(); ++k) {
    const C weight = row.terms[k].weight.template convert_to<C>();
    const C term = weight * rounded_difference<C>(sample(row.terms[k].plus),
                                                  sample(row.terms[k].minus));
    sum = k == 0 ? term : sum + term;
  }
  const C value = row.scale.template convert_to<C>() * sum;
  if constexpr (is_half) {
    return narrowed<T>(value);
  } else {
    return value;
  }
}

// Complex samples are differentiated part by part.
template <class P, class Sample>
std::complex<P> complex_row_value(const ReferenceRow& row, Sample&& sample) {
  return {row_value<P>(row, [&](std::size_t j) { return sample(j).real(); }),
          row_value<P>(row, [&](std::size_t j) { return sample(j).imag(); })};
}

// In C order.
template <class T>
std::vector<Result<T>> reference_derivative(const StridedView<const T>& field,
                                            std::size_t axis, const ReferenceAxis& rule) {
  std::vector<ReferenceRow> rows;
  for (std::size_t i = 0; i < field.extents()[axis]; ++i) {
    rows.push_back(reference_row(rule, i, field.extents()[axis]));
  }
  std::vector<Result<T>> values;
  for_each_index(field.extents(), [&](std::span<const std::size_t> index) {
    std::vector<std::size_t> place(index.begin(), index.end());
    const auto sample = [&](std::size_t j) {
      place[axis] = j;
      return at(field, std::span<const std::size_t>(place));
    };
    if constexpr (Integer<T> || std::floating_point<T> || sizeof(T) == sizeof(Float16)) {
      values.push_back(row_value<T>(rows[index[axis]], sample));
    } else {
      values.push_back(
          complex_row_value<typename T::value_type>(rows[index[axis]], sample));
    }
  });
  return values;
}

}  // namespace gridgrad::test

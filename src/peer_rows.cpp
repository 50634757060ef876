// peer_rows.cpp: operation by operation as the peers do them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "peer_rows.hpp"

#include <algorithm>

#include "peer_number.hpp"

namespace gridgrad {
namespace {

// The wider of two real floating types.
ElementType wider(ElementType a, ElementType b) {
  return size_of(a) < size_of(b) ? b : a;
}

double rounded_to(ElementType type, double value) {
  return with_number(
      type, [&]<class T>() { return static_cast<double>(static_cast<T>(value)); });
}

// Distances between neighbours in the type C of the coordinates.
template <class C>
std::vector<C> distances(const std::vector<double>& coordinates) {
  std::vector<C> steps;
  steps.reserve(coordinates.size() - 1);
  for (std::size_t i = 1; i < coordinates.size(); ++i) {
    steps.push_back(C(coordinates[i]) - C(coordinates[i - 1]));
  }
  return steps;
}

template <class C>
PeerRow weighted(C a, C b, C c) {
  PeerRow row;
  row.is_quotient = false;
  row.weights = {static_cast<double>(a), static_cast<double>(b), static_cast<double>(c)};
  return row;
}

template <class C>
PeerRow quotient(C divisor) {
  PeerRow row;
  row.divisor = static_cast<double>(divisor);
  return row;
}

// The weights of the three formulas for steps p and q between their samples.
template <class C>
PeerRow lower_of_second_order(C p, C q) {
  return weighted<C>(-(C(2.0) * p + q) / (p * (p + q)), (p + q) / (p * q),
                     -p / (q * (p + q)));
}
template <class C>
PeerRow upper_of_second_order(C p, C q) {
  return weighted<C>(q / (p * (p + q)), -(q + p) / (p * q),
                     (C(2.0) * q + p) / (q * (p + q)));
}
template <class C>
PeerRow interior_of(C p, C q) {
  return weighted<C>(-q / (p * (p + q)), (q - p) / (p * q), p / (q * (p + q)));
}

template <class C>
PeerRows irregular_rows(const std::vector<C>& steps, int edge_order) {
  PeerRows rows;
  const std::size_t n = steps.size();
  rows.extent = n + 1;
  if (edge_order == 1) {
    rows.lower = quotient(steps.front());
    rows.upper = quotient(steps.back());
  } else {
    rows.lower = lower_of_second_order(steps[0], steps[1]);
    rows.upper = upper_of_second_order(steps[n - 2], steps[n - 1]);
  }
  rows.weights.resize(3 * (n - 1));
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const PeerRow row = interior_of(steps[i], steps[i + 1]);
    for (std::size_t k = 0; k < 3; ++k) rows.weights[k * (n - 1) + i] = row.weights[k];
  }
  return rows;
}

// NumPy divides by twice the distance, of the type C that it has.
template <class C>
PeerRows numpy_uniform_rows(C h, const PeerAxis& axis) {
  PeerRows rows;
  rows.extent = axis.extent;
  rows.interior = quotient(C(2.0) * h);
  if (axis.edge_order == 1) {
    rows.lower = rows.upper = quotient(h);
  } else {
    rows.lower = weighted<C>(C(-1.5) / h, C(2.0) / h, C(-0.5) / h);
    rows.upper = weighted<C>(C(0.5) / h, C(-2.0) / h, C(1.5) / h);
  }
  return rows;
}

// torch divides by the distance, and the interior by 2 after that.
PeerRows torch_uniform_rows(double h, const PeerAxis& axis) {
  PeerRows rows;
  rows.extent = axis.extent;
  rows.interior = quotient(h);
  rows.interior.scale = 0.5;
  if (axis.edge_order == 1) {
    rows.lower = rows.upper = quotient(h);
  } else {
    rows.lower = weighted(-1.5, 2.0, -0.5);
    rows.upper = weighted(0.5, -2.0, 1.5);
    rows.lower.divisor = rows.upper.divisor = h;
  }
  return rows;
}

// Every number to the type in which the samples are weighed.
PeerRows rounded(PeerRows rows, ElementType type) {
  rows.type = type;
  for (PeerRow* row : {&rows.lower, &rows.interior, &rows.upper}) {
    row->divisor = rounded_to(type, row->divisor);
    for (double& weight : row->weights) weight = rounded_to(type, weight);
  }
  for (double& weight : rows.weights) weight = rounded_to(type, weight);
  return rows;
}

template <class C>
PeerRows numpy_rows_of(const PeerAxis& axis) {
  const PeerSpacing& spacing = axis.spacing;
  if (spacing.coordinates.empty()) {
    return numpy_uniform_rows(C(spacing.distance), axis);
  }
  const std::vector<C> steps = distances<C>(spacing.coordinates);
  const bool is_uniform =
      std::ranges::all_of(steps, [&](C step) { return step == steps[0]; });
  if (is_uniform) return numpy_uniform_rows(steps[0], axis);
  return irregular_rows(steps, axis.edge_order);
}

}  // namespace

PeerRows numpy_rows(const PeerAxis& axis) {
  const ElementType held = axis.spacing.type.value_or(ElementType::float64);
  const ElementType type = axis.spacing.type ? wider(axis.samples, held) : axis.samples;
  return rounded(with_number(held, [&]<class C>() { return numpy_rows_of<C>(axis); }),
                 type);
}

PeerRows torch_rows(const PeerAxis& axis) {
  const PeerSpacing& spacing = axis.spacing;
  const ElementType type = axis.samples;
  if (spacing.coordinates.empty()) {
    return rounded(torch_uniform_rows(spacing.distance, axis), type);
  }
  const ElementType held = spacing.type.value_or(ElementType::float64);
  return rounded(with_number(held,
                             [&]<class C>() {
                               const auto steps = distances<C>(spacing.coordinates);
                               return irregular_rows(steps, axis.edge_order);
                             }),
                 type);
}

}  // namespace gridgrad

// support/reference_interpolant.hpp: what an interpolant is, slow and obvious
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "gridgrad/difference.hpp"
#include "gridgrad/interpolant.hpp"
#include "support/dual.hpp"
#include "support/reference_spline.hpp"

namespace gridgrad::test {

using Real = long double;

// A linear function of the samples of a line, plus what the values of its ends bring.
struct LineFunction {
  std::vector<std::pair<std::size_t, Real>> weights;
  Real constant = 0;
  Real magnitude = 0;  // sum of the absolute weights, of end values too

  void add(std::size_t sample, Real weight) {
    weights.emplace_back(sample, weight);
    magnitude += std::abs(weight);
  }
};

inline LineFunction negated(LineFunction f) {
  for (auto& entry : f.weights) entry.second = -entry.second;
  f.constant = -f.constant;
  return f;
}

// A place between cells: value and slope there.
struct Node {
  Real x;
  LineFunction value;
  LineFunction slope;
};

// One axis, in the order of its samples: positions may decrease.
struct InterpolatedAxis {
  std::vector<Node> nodes;
  Real lower = 0;  // where the samples end
  Real upper = 0;
  Real period = 0;  // signed as the axis runs; 0 unless it wraps
  bool mirrors_lower = false;
  bool mirrors_upper = false;
  Interpolation kind = Interpolation::cubic;
  Outside outside = Outside::missing;
};

inline double end_value(const Boundary& end) {
  const auto* constant = std::get_if<Constant>(&end);
  return constant == nullptr ? 0 : constant->value.value().real();
}

// Slopes at the samples that have a row, and which sample has the first.
struct Slopes {
  std::vector<LineFunction> rows;
  std::size_t first = 0;
};

inline Slopes slopes_of(const Axis& axis, const std::vector<double>& x,
                        const InterpolantOptions& options) {
  Slopes slopes;
  if (options.interpolation == Interpolation::spline) {
    for (const std::vector<Real>& row : spline_slopes(axis, x)) {
      slopes.rows.emplace_back();
      for (std::size_t j = 0; j < row.size(); ++j) slopes.rows.back().add(j, row[j]);
    }
    return slopes;
  }
  const bool is_linear = options.interpolation == Interpolation::linear;
  const Scheme scheme = is_linear ? Scheme{} : Scheme{.accuracy = options.accuracy};
  const SparseRows rows = Difference(axis, x.size(), scheme).rows();
  const int radius = is_linear ? 1 : options.accuracy / 2;
  if (std::holds_alternative<Halo>(axis.lower())) {
    slopes.first = static_cast<std::size_t>(radius);
  }
  for (std::size_t i = 0; i + 1 < rows.starts.size(); ++i) {
    LineFunction row;
    for (std::size_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k) {
      row.add(rows.columns[k], rows.weights[k]);
    }
    if (!rows.ends.empty()) {
      row.constant = rows.ends[i][0] * end_value(axis.lower()) +
                     rows.ends[i][1] * end_value(axis.upper());
      row.magnitude += std::abs(rows.ends[i][0]) + std::abs(rows.ends[i][1]);
    }
    slopes.rows.push_back(row);
  }
  return slopes;
}

// x are the positions of the samples along the axis.
inline InterpolatedAxis interpolated_axis(const Axis& axis, const std::vector<double>& x,
                                          const InterpolantOptions& options) {
  InterpolatedAxis result;
  result.kind = options.interpolation;
  result.outside = options.outside;
  const Slopes slopes = slopes_of(axis, x, options);
  for (std::size_t i = 0; i < slopes.rows.size(); ++i) {
    Node node = {x[slopes.first + i], {}, slopes.rows[i]};
    node.value.add(slopes.first + i, 1);
    result.nodes.push_back(node);
  }
  result.lower = result.nodes.front().x;
  result.upper = result.nodes.back().x;
  if (const auto* periodic = std::get_if<Periodic>(&axis.lower())) {
    const Real step = Real(x[1]) - x[0];
    const Real length = periodic->period ? Real(*periodic->period)
                                         : std::abs(step) * static_cast<Real>(x.size());
    result.period = step > 0 ? length : -length;
    Node again = result.nodes.front();
    again.x += result.period;
    result.nodes.push_back(again);
    result.upper = again.x;
  }
  const auto mirror = [](const Node& end, const Node& inner) {
    return Node{2 * end.x - inner.x, end.value, negated(end.slope)};
  };
  if (const auto* symmetric = std::get_if<Symmetric>(&axis.lower())) {
    result.mirrors_lower = true;
    if (symmetric->mirror == Mirror::half_point) {
      const Node ghost = mirror(result.nodes[0], {x[1], {}, {}});
      result.lower = (ghost.x + result.nodes[0].x) / 2;
      result.nodes.insert(result.nodes.begin(), ghost);
    }
  }
  if (const auto* symmetric = std::get_if<Symmetric>(&axis.upper())) {
    result.mirrors_upper = true;
    if (symmetric->mirror == Mirror::half_point) {
      const Node ghost = mirror(result.nodes.back(), {x[x.size() - 2], {}, {}});
      result.upper = (ghost.x + result.nodes.back().x) / 2;
      result.nodes.push_back(ghost);
    }
  }
  return result;
}

// Weights of the samples along one axis at a location, as numbers N that carry
// derivatives.
template <class N>
struct AxisWeights {
  std::vector<std::pair<std::size_t, N>> weights;
  N constant = 0;
  bool has_value = true;
  bool is_outside = false;
  // Sums of absolute weights for the value, the first and the second derivative, of the
  // largest that Hermite's cubics reach in the cell.
  std::array<Real, 3> magnitude = {};
  Real cell_width = 1;
  Real reach = 1;  // 1 + distance from the border, where that is extended
  Real shift = 0;  // half the distance over which rounding moves it, in units roundoff

  void add(const LineFunction& f, const N& factor, const std::array<Real, 3>& largest) {
    for (const auto& [sample, weight] : f.weights) {
      weights.emplace_back(sample, N(weight) * factor);
    }
    constant += N(f.constant) * factor;
    for (std::size_t k = 0; k < 3; ++k) magnitude[k] += largest[k] * f.magnitude;
  }
};

// Largest values in [0, 1] of H00 and H01, of H10 and H11, and of their derivatives.
inline constexpr std::array<Real, 3> largest_step = {1, 1.5L, 6};
inline constexpr std::array<Real, 3> largest_slope = {4.0L / 27, 1, 4};

template <class N>
void add_hermite(const Node& a, const Node& b, const N& t, AxisWeights<N>& to) {
  const Real width = b.x - a.x;
  const Real size = std::abs(width);
  const N rest = N(1) - t;
  const std::array<Real, 3> step = {largest_step[0], largest_step[1] / size,
                                    largest_step[2] / (size * size)};
  const std::array<Real, 3> slope = {largest_slope[0] * size, largest_slope[1],
                                     largest_slope[2] / size};
  to.add(a.value, rest * rest * (N(1) + N(2) * t), step);
  to.add(b.value, t * t * (N(3) - N(2) * t), step);
  to.add(a.slope, N(width) * t * rest * rest, slope);
  to.add(b.slope, N(-width) * t * t * rest, slope);
}

// Folds a location into the samples, as far as the ends of the axis say how.
template <class N>
N folded(const InterpolatedAxis& axis, N y) {
  if (axis.period != 0) {
    return y - N(axis.period * std::floor((y.value - axis.lower) / axis.period));
  }
  const Real sense = axis.upper > axis.lower ? 1 : -1;
  for (;;) {
    const bool is_below = (y.value - axis.lower) * sense < 0;
    const bool is_above = (y.value - axis.upper) * sense > 0;
    if (is_below && axis.mirrors_lower) {
      y = N(2 * axis.lower) - y;
    } else if (is_above && axis.mirrors_upper) {
      y = N(2 * axis.upper) - y;
    } else {
      return y;
    }
  }
}

template <class N>
AxisWeights<N> axis_weights(const InterpolatedAxis& axis, const N& location) {
  AxisWeights<N> result;
  const N y = folded(axis, location);
  const Real sense = axis.upper > axis.lower ? 1 : -1;
  const std::vector<Node>& nodes = axis.nodes;
  std::size_t cell = 0;
  while (cell + 2 < nodes.size() && (y.value - nodes[cell + 1].x) * sense >= 0) ++cell;
  const Node& a = nodes[cell];
  const Node& b = nodes[cell + 1];
  const Real width = b.x - a.x;
  result.cell_width = std::abs(width);
  // A mirror at both ends takes up to 12 roundings where others take 2.
  const Real folds = y.value == location.value ? 1 : 6;
  result.shift =
      folds * (std::abs(location.value) + std::abs(a.x) + std::abs(axis.period) +
               std::abs(axis.lower) + std::abs(axis.upper));
  const bool is_below = (y.value - axis.lower) * sense < 0;
  const bool is_above = (y.value - axis.upper) * sense > 0;
  result.is_outside = is_below || is_above;
  result.has_value = !result.is_outside || axis.outside != Outside::missing;
  if (!result.has_value) return result;
  const Node& border = is_below ? a : b;
  if (result.is_outside && axis.outside == Outside::clamp) {
    result.add(border.value, N(1), {1, 0, 0});
    return result;
  }
  const N t = (y - N(a.x)) * N(1 / width);
  if (axis.kind == Interpolation::linear) {
    const Real reach = 1 + std::abs(t.value);
    result.add(a.value, N(1) - t, {reach, 1 / result.cell_width, 0});
    result.add(b.value, t, {reach, 1 / result.cell_width, 0});
  } else if (result.is_outside) {
    const N distance = y - N(border.x);
    constexpr Real slope_of_basis = 12;  // 6 / narrowest cell of random_positions()
    result.reach = 1 + slope_of_basis * std::abs(distance.value);
    result.add(border.value, N(1), {1, 0, 0});
    result.add(border.slope, distance, {std::abs(distance.value), 1, 0});
  } else {
    add_hermite(a, b, t, result);
  }
  return result;
}

// Along axis a and those after it, at the samples `offset` of the axes before it.
template <class N>
N tensor_product(std::span<const AxisWeights<N>> axes,
                 std::span<const std::size_t> extents, const double* samples,
                 std::size_t offset) {
  if (axes.empty()) return N(samples[offset]);
  N sum = axes[0].constant;
  for (const auto& [sample, weight] : axes[0].weights) {
    sum += weight * tensor_product(axes.subspan(1), extents.subspan(1), samples,
                                   offset * extents[0] + sample);
  }
  return sum;
}

template <std::size_t Rank>
struct ReferenceResult {
  Dual<Real, Rank> at;
  Status status = Status::inside;
  std::array<std::array<Real, 3>, Rank> magnitude = {};
  // How far weights of a cell at the border reach beyond it: 1 within.
  std::array<Real, Rank> reach = {};
  // Sum over axes of how far rounding moves the location, in cells and units roundoff.
  Real shift = 0;

  // Sum of absolute weights of a partial derivative.
  [[nodiscard]] Real weights(std::span<const std::size_t> along = {}) const {
    Real product = 1;
    for (std::size_t a = 0; a < Rank; ++a) {
      product *= magnitude[a][static_cast<std::size_t>(std::ranges::count(along, a))];
    }
    return product;
  }
};

// Samples in C order.
template <std::size_t Rank>
ReferenceResult<Rank> reference_query(const std::array<InterpolatedAxis, Rank>& axes,
                                      std::span<const std::size_t> extents,
                                      const double* samples,
                                      const std::array<double, Rank>& location) {
  using N = Dual<Real, Rank>;
  ReferenceResult<Rank> result;
  std::array<AxisWeights<N>, Rank> weights;
  bool has_value = true;
  for (std::size_t a = 0; a < Rank; ++a) {
    weights[a] = axis_weights(axes[a], N::variable(location[a], a));
    has_value = has_value && weights[a].has_value;
    if (weights[a].is_outside) result.status = Status::outside;
    result.magnitude[a] = weights[a].magnitude;
    result.reach[a] = weights[a].reach;
    result.shift += weights[a].shift / weights[a].cell_width;
  }
  result.at = N(std::nanl(""));
  if (has_value) {
    result.at =
        tensor_product(std::span<const AxisWeights<N>>(weights), extents, samples, 0);
  }
  return result;
}

}  // namespace gridgrad::test

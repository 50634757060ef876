// window_row.hpp: the weights of the samples around a location, along one axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>

#include "cells.hpp"

namespace gridgrad {

// Weights of a window for the value, the first and the second derivative. They multiply
// differences from the sample in slot `base`; the value adds that sample.
template <std::size_t W>
struct WindowRow {
  std::ptrdiff_t start;
  std::size_t base;
  std::array<double, W> value;
  std::array<double, W> first;
  std::array<double, W> second;
};

// Hermite's cubics H01, h H10 and h H11 at a place, and their derivatives.
struct HermiteBasis {
  std::array<double, 3> value;
  std::array<double, 3> first;
  std::array<double, 3> second;
};

[[nodiscard]] inline HermiteBasis hermite_basis(const Cell& cell, const Place& place) {
  if (place.course != Course::within) {
    if (place.course == Course::level) return {};
    return {{0, place.offset, 0}, {0, place.sense, 0}, {}};
  }
  const double t = place.offset * cell.inverse;
  const double rest = 1 - t;
  const double per_width = place.sense * cell.inverse;
  return {{t * t * (3 - 2 * t), place.offset * rest * rest, -place.offset * t * rest},
          {6 * t * rest * per_width, (1 - 3 * t) * rest * place.sense,
           (3 * t - 2) * t * place.sense},
          {(6 - 12 * t) * per_width * per_width, (6 * t - 4) * per_width * place.sense,
           (6 * t - 2) * per_width * place.sense}};
}

// Highest derivative that is asked for.
enum class Order : std::uint8_t { value, gradient, hessian };

// `kind` is known where it is called, and its weights of 0 are left out.
template <Interpolation kind, std::size_t W>
[[nodiscard]] inline WindowRow<W> window_row(const AxisCells& axis, const Place& place,
                                             Order order) {
  const Cell& cell = axis.cell(place);
  WindowRow<W> row;
  row.start = place.sample + cell.lowest;
  row.base = cell.base;
  const double* const start = axis.weights(place);
  const double* const step = start + W;
  if constexpr (kind == Interpolation::linear) {
    const bool is_level = place.course == Course::level;
    const double t = is_level ? 0 : place.offset * cell.inverse;
    const double slope = is_level ? 0 : place.sense * cell.inverse;
    for (std::size_t s = 0; s < W; ++s) {
      row.value[s] = step[s] * t;
      row.first[s] = step[s] * slope;
      row.second[s] = 0;
    }
    return row;
  }
  const HermiteBasis basis = hermite_basis(cell, place);
  const double* const lower = step + W;
  const double* const upper = lower + W;
  const auto sum = [&](std::size_t s, const std::array<double, 3>& at) {
    return step[s] * at[0] + lower[s] * at[1] + upper[s] * at[2];
  };
  for (std::size_t s = 0; s < W; ++s) {
    row.value[s] = sum(s, basis.value);
    if constexpr (kind == Interpolation::spline) row.value[s] += start[s];
  }
  if (order != Order::value) {
    for (std::size_t s = 0; s < W; ++s) row.first[s] = sum(s, basis.first);
  }
  if (order == Order::hessian) {
    for (std::size_t s = 0; s < W; ++s) row.second[s] = sum(s, basis.second);
  }
  return row;
}

}  // namespace gridgrad

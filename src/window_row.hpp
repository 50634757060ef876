// window_row.hpp: the weights of the samples around a location, along one axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>

#include "cells.hpp"
#include "kernels/patch.hpp"

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

// All three, as the kernels compute them (kernels/patch.hpp).
template <std::size_t W>
[[nodiscard]] WindowRow<W> window_row(const AxisCells& axis,
                                      const Place& place) noexcept {
  const Cell& cell = axis.cell(place);
  WindowRow<W> row = {place.sample + cell.lowest, cell.base, {}, {}, {}};
  const double* const c = axis.weights(place);
  const double u = place.offset;
  for (std::size_t s = 0; s < W; ++s) {
    const double c1 = c[W + s];
    const double c2 = c[2 * W + s];
    const double c3 = c[3 * W + s];
    row.value[s] = c[s] + (c1 + (c2 + c3 * u) * u) * u;
    row.first[s] = (c1 + (c2 + c2 + c3 * (3 * u)) * u) * place.sense;
    row.second[s] = (c2 + c2 + c3 * (6 * u)) * (place.sense * place.sense);
  }
  return row;
}

}  // namespace gridgrad

// kernels/neighbours.hpp: weights of rows with one or two neighbours, in closed form
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace gridgrad::kernels {

// One neighbour of each row of a run.
struct Neighbour {
  const double* positions;
  double sign;  // 1 or -1, by which its weights are multiplied
};

// The rows of a run.
struct NeighbourRun {
  std::size_t count;
  const double* own;                      // positions of their own samples
  std::span<const Neighbour> neighbours;  // one or two
};

// The weights of
//
//   f'(own) = w_0 (f_0 - f(own)) + w_1 (f_1 - f(own))
//
// With p and q from the own sample to the neighbours, w_0 = q / (p (q - p)) and w_1 =
// p / (q (p - q)); with one neighbour, w_0 = 1 / p. Each is the exact quotient rounded
// once, as derivative_weights gives it. False where a rounding is left open: some of the
// weights are then wrong.
//
// Preconditions, not checked: p, q and q - p are 2^-200 to 2^200 in magnitude.
[[nodiscard]] bool neighbour_weights(const NeighbourRun& run,
                                     const std::array<float*, 2>& weights) noexcept;
[[nodiscard]] bool neighbour_weights(const NeighbourRun& run,
                                     const std::array<double*, 2>& weights) noexcept;

}  // namespace gridgrad::kernels

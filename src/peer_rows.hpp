// peer_rows.hpp: the formulas of NumPy and torch, with the numbers they come to
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "gridgrad/peer.hpp"

namespace gridgrad {

// A row over the samples at three neighbouring places p, p + 1, p + 2:
//
//   quotient   scale * ((f[plus] - f[minus]) / divisor)
//   weighted   ((w_0 f[p] + w_1 f[p + 1]) + w_2 f[p + 2]) / divisor
//
// Numbers are those of the type that the peer computes in, held exactly.
struct PeerRow {
  bool is_quotient = true;
  std::array<double, 3> weights = {};
  double divisor = 1;
  double scale = 1;
};

// The rows of one axis. Where the interior has no shared row, `weights` holds its own,
// tap by tap.
struct PeerRows {
  std::size_t extent = 0;
  PeerRow lower;
  PeerRow interior;
  PeerRow upper;
  std::vector<double> weights = {};
  ElementType type =
      ElementType::float64;  // that of the arithmetic behind the difference

  [[nodiscard]] bool is_uniform() const noexcept { return weights.empty(); }
};

// What a peer is told of an axis.
struct PeerAxis {
  const PeerSpacing& spacing;
  std::size_t extent;
  int edge_order;
  ElementType samples;  // float16, float32 or float64
};

// Precondition: the arguments were checked.
[[nodiscard]] PeerRows numpy_rows(const PeerAxis& axis);
[[nodiscard]] PeerRows torch_rows(const PeerAxis& axis);

}  // namespace gridgrad

// orders.hpp: a scheme with its defaults filled in
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/scheme.hpp"

namespace gridgrad {

// Samples that a row reads below and above its own.
struct StencilReach {
  std::size_t below;
  std::size_t above;
};

// How many samples a row reads at most: of derivative 6 and accuracy 20, one-sided.
inline constexpr std::size_t most_nodes = 26;

struct Orders {
  int derivative;
  int accuracy;
  int edge_order;
  Bias bias;
  Missing missing;

  [[nodiscard]] bool is_odd() const noexcept { return derivative % 2 != 0; }

  // Reach of the rows away from the ends, on equal spacing.
  [[nodiscard]] StencilReach reach() const noexcept;

  // Whether irregular positions take one sample more: on equal spacing the symmetry of an
  // even derivative gains an order.
  [[nodiscard]] bool needs_extra_node() const noexcept {
    return bias == Bias::central && !is_odd();
  }

  [[nodiscard]] bool adapts() const noexcept {
    return std::holds_alternative<Adapt>(missing);
  }

  // Samples of a row near a one-sided end.
  [[nodiscard]] std::size_t edge_nodes() const noexcept {
    return static_cast<std::size_t>(derivative + edge_order);
  }
};

// Throws Error: bad_argument as documented at Scheme.
[[nodiscard]] Orders orders_of(const Scheme& scheme);

}  // namespace gridgrad

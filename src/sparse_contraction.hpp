// sparse_contraction.hpp: windows with missing samples, and of any rank
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "window_row.hpp"

namespace gridgrad {

using kernels::Order;
using kernels::pair_index;

// The sums of the kernels (kernels/patch.hpp) without the terms of weight 0, whose
// samples then count for nothing; from the left along every axis, so that roundings may
// differ. Partials of all axes so far stand one after the other: the value, the first,
// the second derivatives.
template <std::size_t W>
class SparseContraction {
 public:
  // `workspace` holds workspace_size() doubles.
  SparseContraction(std::span<const WindowRow<W>> rows, Order order, double* workspace)
      : rows_(rows),
        order_(order),
        from_(workspace),
        to_(workspace + half(rows.size())) {}

  static std::size_t workspace_size(std::size_t rank) { return 2 * half(rank); }

  // The partials at the location, from a window in C order.
  const double* run(const double* window) {
    std::size_t columns = 1;
    for (std::size_t a = 0; a < rows_.size(); ++a) columns *= W;
    std::copy(window, window + columns, from_);
    for (std::size_t axes = 0; axes < rows_.size(); ++axes) {
      columns /= W;
      next(axes, columns);
      std::swap(from_, to_);
    }
    return from_;
  }

 private:
  static std::size_t half(std::size_t rank) {
    std::size_t columns = 1;
    for (std::size_t a = 1; a < rank; ++a) columns *= W;
    return columns * std::max(W, kernels::partials_of(Order::hessian, rank));
  }

  void next(std::size_t axes, std::size_t columns) {
    const WindowRow<W>& row = rows_[axes];
    // From partial `source` to partial `target`.
    const auto sum = [&](std::size_t source, std::size_t target,
                         const std::array<double, W>& weights, bool is_value) {
      add({from_ + source * columns * W, to_ + target * columns, columns}, row.base,
          weights, is_value);
    };
    const std::size_t firsts = 1;
    const std::size_t old_seconds = firsts + axes;
    const std::size_t seconds = firsts + axes + 1;
    sum(0, 0, row.value, true);
    if (order_ == Order::value) return;
    sum(0, firsts + axes, row.first, false);
    for (std::size_t a = 0; a < axes; ++a) sum(firsts + a, firsts + a, row.value, true);
    if (order_ == Order::gradient) return;
    sum(0, seconds + pair_index(axes, axes), row.second, false);
    for (std::size_t a = 0; a < axes; ++a) {
      sum(firsts + a, seconds + pair_index(axes, a), row.first, false);
    }
    for (std::size_t pair = 0; pair < pair_index(axes, 0); ++pair) {
      sum(old_seconds + pair, seconds + pair, row.value, true);
    }
  }

  struct Columns {
    const double* from;
    double* to;
    std::size_t count;
  };
  static void add(const Columns& columns, std::size_t base,
                  const std::array<double, W>& weights, bool is_value) {
    const std::size_t stride = columns.count;
    for (std::size_t k = 0; k < columns.count; ++k) {
      const double own = columns.from[base * stride + k];
      double sum = 0;
      for (std::size_t s = 0; s < W; ++s) {
        if (weights[s] == 0) continue;
        sum += weights[s] * (columns.from[s * stride + k] - own);
      }
      columns.to[k] = is_value ? own + sum : sum;
    }
  }

  std::span<const WindowRow<W>> rows_;
  Order order_;
  double* from_;
  double* to_;
};

}  // namespace gridgrad

// support/reference_spline.hpp: the slopes of a cubic spline, by dense elimination
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "gridgrad/axis.hpp"

namespace gridgrad::test {

using Rows = std::vector<std::vector<long double>>;

// Solves matrix X = right by elimination with row pivots; `right` becomes X.
inline void solve_dense(Rows& matrix, Rows& right) {
  const std::size_t n = matrix.size();
  const auto take = [n](Rows& rows, std::size_t to, long double multiple,
                        std::size_t from) {
    for (std::size_t j = 0; j < n; ++j) rows[to][j] -= multiple * rows[from][j];
  };
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(matrix[i][k]) > std::abs(matrix[pivot][k])) pivot = i;
    }
    std::swap(matrix[k], matrix[pivot]);
    std::swap(right[k], right[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const long double multiple = matrix[i][k] / matrix[k][k];
      take(matrix, i, multiple, k);
      take(right, i, multiple, k);
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t j = 0; j < n; ++j) right[k][j] /= matrix[k][k];
  }
}

// Cells of width h from sample to next, around the samples that two of them share.
struct SplineCells {
  const std::vector<double>& x;
  long double period;

  [[nodiscard]] long double width(std::size_t i) const {
    const std::size_t n = x.size();
    if (i + 1 < n) return static_cast<long double>(x[i + 1]) - x[i];
    return x[0] + period - static_cast<long double>(x[n - 1]);
  }

  // Adds factor * (f_next - f_i) / h to a row.
  void add_quotient(std::vector<long double>& row, std::size_t i,
                    long double factor) const {
    row[(i + 1) % x.size()] += factor / width(i);
    row[i] -= factor / width(i);
  }
};

// Second derivatives from both sides of sample i agree: de Boor, A Practical Guide to
// Splines (2001), chapter 4.
inline void add_smooth_row(const SplineCells& cells, std::size_t i, std::size_t below,
                           std::vector<long double>& left,
                           std::vector<long double>& right) {
  const std::size_t n = cells.x.size();
  const long double lower = 1 / cells.width(below);
  const long double upper = 1 / cells.width(i);
  left[below] += lower;
  left[i] += 2 * (lower + upper);
  left[(i + 1) % n] += upper;
  cells.add_quotient(right, below, 3 * lower);
  cells.add_quotient(right, i, 3 * upper);
}

// Third derivatives of two cells agree: 6 (s_i + s_(i+1) - 2 quotient) / h^2.
inline void add_not_a_knot_row(const SplineCells& cells, std::size_t cell,
                               std::size_t next, std::vector<long double>& left,
                               std::vector<long double>& right) {
  for (const auto& [i, sign] : {std::pair(cell, 1.0L), std::pair(next, -1.0L)}) {
    const long double factor = sign / (cells.width(i) * cells.width(i));
    left[i] += factor;
    left[i + 1] += factor;
    cells.add_quotient(right, i, 2 * factor);
  }
}

// The slopes of the spline through the samples at x, in terms of the samples.
inline Rows spline_slopes(const Axis& axis, const std::vector<double>& x) {
  const std::size_t n = x.size();
  Rows left(n, std::vector<long double>(n, 0));
  Rows right = left;
  SplineCells cells = {x, 0};
  if (const auto* periodic = std::get_if<Periodic>(&axis.lower())) {
    const long double step = static_cast<long double>(x[1]) - x[0];
    const long double length = periodic->period
                                   ? static_cast<long double>(*periodic->period)
                                   : std::abs(step) * static_cast<long double>(n);
    cells.period = step > 0 ? length : -length;
    for (std::size_t i = 0; i < n; ++i) {
      add_smooth_row(cells, i, (i + n - 1) % n, left[i], right[i]);
    }
    solve_dense(left, right);
    return right;
  }
  for (std::size_t i = 1; i + 1 < n; ++i) {
    add_smooth_row(cells, i, i - 1, left[i], right[i]);
  }
  const auto add_end = [&](const Boundary& end, bool is_lower) {
    const std::size_t own = is_lower ? 0 : n - 1;
    const std::size_t cell = is_lower ? 0 : n - 2;
    if (std::holds_alternative<OneSided>(end)) {
      add_not_a_knot_row(cells, cell, is_lower ? 1 : n - 3, left[own], right[own]);
    } else if (std::holds_alternative<Antisymmetric>(end)) {
      // 2 s_own + s_inner = 3 quotient.
      left[own][own] = 2;
      left[own][is_lower ? 1 : n - 2] = 1;
      cells.add_quotient(right[own], cell, 3);
    } else {
      left[own][own] = 1;
    }
  };
  add_end(axis.lower(), true);
  add_end(axis.upper(), false);
  solve_dense(left, right);
  return right;
}

}  // namespace gridgrad::test

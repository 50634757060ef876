// spline_system.cpp: elimination of tridiagonal equations, for several lines at once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "spline_system.hpp"

#include <array>

namespace gridgrad {

// Row r: before c_(r-1) + diagonal c_r + after c_(r+1), and a fourth weight at the second
// row (c_3) and the last but one (c_(n-4)) of not-a-knot ends.
struct SplineSystem::Equations {
  std::vector<double> before;
  std::vector<double> diagonal;
  std::vector<double> after;
  double lower_fourth = 0;
  double upper_fourth = 0;

  explicit Equations(std::size_t rows) : before(rows), diagonal(rows), after(rows) {}

  // Sets the row from weights of B-splines first, first + 1, ... All rows but two have a
  // weight of 0 where these have their fourth.
  void set(std::size_t row, std::ptrdiff_t first,
           const std::array<double, spline_window>& weights) {
    for (std::size_t s = 0; s < spline_window; ++s) {
      const std::ptrdiff_t apart =
          first + static_cast<std::ptrdiff_t>(s) - static_cast<std::ptrdiff_t>(row);
      if (apart == -2 && row + 2 == diagonal.size()) upper_fourth = weights[s];
      if (apart == -1) before[row] = weights[s];
      if (apart == 0) diagonal[row] = weights[s];
      if (apart == 1) after[row] = weights[s];
      if (apart == 2 && row == 1) lower_fourth = weights[s];
    }
  }
};

SplineSystem::SplineSystem(const SplineBasis& basis) : samples_(basis.samples()) {
  const std::size_t rows = basis.coefficients();
  const SplineEnds& ends = basis.ends();
  const auto has_row = [](SplineEnd end) {
    return end == SplineEnd::natural || end == SplineEnd::clamped;
  };
  extra_below_ = has_row(ends.lower) ? 1 : 0;
  divisor_.resize(rows);
  Equations equations(rows);
  const auto last = static_cast<std::ptrdiff_t>(samples_) - 1;
  const bool is_periodic = ends.lower == SplineEnd::periodic;
  for (std::ptrdiff_t i = 0; i <= last; ++i) {
    // The last sample is the upper end of a cell, unless another follows.
    const std::ptrdiff_t cell = i == last && !is_periodic ? i - 1 : i;
    const std::size_t row = row_of(static_cast<std::size_t>(i));
    equations.set(row, basis.window_start(cell), basis.at(i, cell).value);
  }
  if (has_row(ends.lower)) {
    const SplineWeights at = basis.at(0, 0);
    equations.set(1, 0, ends.lower == SplineEnd::natural ? at.second : at.first);
  }
  if (has_row(ends.upper)) {
    const SplineWeights at = basis.at(last, last - 1);
    equations.set(rows - 2, basis.window_start(last - 1),
                  ends.upper == SplineEnd::natural ? at.second : at.first);
  }
  if (is_periodic) {
    close(equations);
    return;
  }
  if (ends.lower == SplineEnd::not_a_knot) take_from_second(equations);
  if (ends.upper == SplineEnd::not_a_knot) take_from_last_but_one(equations);
  factorise(equations);
}

// Of four samples the fourth weight is that of an end, whose coefficient is its sample.
void SplineSystem::take_from_second(Equations& equations) {
  const bool is_short = coefficients() == spline_window;
  lower_source_ = is_short ? 3 : 2;
  const double pivot = is_short ? equations.diagonal[3] : equations.after[2];
  lower_multiple_ = equations.lower_fourth / pivot;
  if (is_short) return;
  equations.diagonal[1] -= lower_multiple_ * equations.before[2];
  equations.after[1] -= lower_multiple_ * equations.diagonal[2];
}

void SplineSystem::take_from_last_but_one(Equations& equations) {
  const std::size_t rows = coefficients();
  const bool is_short = rows == spline_window;
  upper_source_ = is_short ? 0 : rows - 3;
  const double pivot = is_short ? equations.diagonal[0] : equations.before[rows - 3];
  upper_multiple_ = equations.upper_fourth / pivot;
  if (is_short) return;
  equations.before[rows - 2] -= upper_multiple_ * equations.diagonal[rows - 3];
  equations.diagonal[rows - 2] -= upper_multiple_ * equations.after[rows - 3];
}

void SplineSystem::factorise(const Equations& equations) {
  const std::size_t rows = coefficients();
  below_.resize(rows);
  above_ = equations.after;
  double diagonal = equations.diagonal[0];
  for (std::size_t r = 0; r < rows; ++r) {
    if (r > 0) {
      below_[r] = equations.before[r] * divisor_[r - 1];
      diagonal = equations.diagonal[r] - below_[r] * equations.after[r - 1];
    }
    divisor_[r] = 1 / diagonal;
  }
}

// x = y - (v . y) / (1 + v . q) q, where T y = samples, T q = u and u v^T are the
// corners.
void SplineSystem::close(Equations& equations) {
  const std::size_t rows = coefficients();
  const double upper_corner = equations.before[0];
  const double lower_corner = equations.after[rows - 1];
  const double shift = -equations.diagonal[0];
  equations.diagonal[0] -= shift;
  equations.diagonal[rows - 1] -= upper_corner * lower_corner / shift;
  factorise(equations);
  std::vector<double> image(rows * lines, 0);
  image[0] = shift;
  image[(rows - 1) * lines] = lower_corner;
  solve(image.data());
  const double last_share = upper_corner / shift;
  const double scale = 1 / (1 + image[0] + last_share * image[(rows - 1) * lines]);
  first_share_ = scale;
  last_share_ = scale * last_share;
  for (std::size_t r = 0; r < rows; ++r) correction_.push_back(image[r * lines]);
}

void SplineSystem::solve(double* rows) const noexcept {
  const std::size_t count = coefficients();
  // to -= multiple * from, on all lines.
  const auto take = [rows](std::size_t to, double multiple, std::size_t from) {
    double* const reduced = rows + to * lines;
    const double* const source = rows + from * lines;
    for (std::size_t k = 0; k < lines; ++k) reduced[k] -= multiple * source[k];
  };
  if (lower_multiple_ != 0) take(1, lower_multiple_, lower_source_);
  if (upper_multiple_ != 0) take(count - 2, upper_multiple_, upper_source_);
  for (std::size_t r = 1; r < count; ++r) take(r, below_[r], r - 1);
  for (std::size_t k = 0; k < lines; ++k)
    rows[(count - 1) * lines + k] *= divisor_.back();
  for (std::size_t r = count - 1; r-- > 0;) {
    double* const solved = rows + r * lines;
    for (std::size_t k = 0; k < lines; ++k) {
      solved[k] = (solved[k] - above_[r] * solved[lines + k]) * divisor_[r];
    }
  }
  if (correction_.empty()) return;
  std::array<double, lines> share;
  for (std::size_t k = 0; k < lines; ++k) {
    share[k] = first_share_ * rows[k] + last_share_ * rows[(count - 1) * lines + k];
  }
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t k = 0; k < lines; ++k) {
      rows[r * lines + k] -= share[k] * correction_[r];
    }
  }
}

}  // namespace gridgrad

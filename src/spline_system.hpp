// spline_system.hpp: from the samples of a line to the coefficients of its spline
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "spline_basis.hpp"

namespace gridgrad {

// The equations of a spline: one per sample, and one per end that is natural or clamped.
// They are tridiagonal once a multiple of the third equation is taken from the second at
// a not-a-knot end, and of a periodic spline but for two corners (Sherman and Morrison,
// Ann. Math. Stat. 21 (1950) 124-127). Elimination needs no pivots (docs/math.md,
// "interpolation").
class SplineSystem {
 public:
  // Lines that are solved together, side by side in memory.
  static constexpr std::size_t lines = 32;

  SplineSystem() = default;
  explicit SplineSystem(const SplineBasis& basis);

  [[nodiscard]] std::size_t samples() const noexcept { return samples_; }
  [[nodiscard]] std::size_t coefficients() const noexcept { return divisor_.size(); }

  // The row that sample 0 stands in before solve(); sample i follows i rows below, and
  // those of an upper end condition come before the last.
  [[nodiscard]] std::size_t row_of(std::size_t sample) const noexcept {
    if (sample == 0) return 0;
    return sample + 1 == samples_ ? coefficients() - 1 : sample + extra_below_;
  }

  // Solves for `lines` lines at once: rows x lines, samples in their rows and 0 in those
  // of end conditions; coefficients come back in the same place.
  void solve(double* rows) const noexcept;

 private:
  struct Equations;
  void take_from_second(Equations& equations);
  void take_from_last_but_one(Equations& equations);
  void close(Equations& equations);
  void factorise(const Equations& equations);

  std::size_t samples_ = 0;
  std::size_t extra_below_ = 0;
  // Multiples of a source row that are taken from the second and the last but one.
  double lower_multiple_ = 0;
  double upper_multiple_ = 0;
  std::size_t lower_source_ = 0;
  std::size_t upper_source_ = 0;
  std::vector<double> below_;       // multiple of the row above that is taken from a row
  std::vector<double> divisor_;     // reciprocal of the diagonal
  std::vector<double> above_;       // times the coefficient that follows
  std::vector<double> correction_;  // of a periodic spline, times shares of its ends
  double first_share_ = 0;
  double last_share_ = 0;
};

}  // namespace gridgrad

// gridgrad/live/polynomial_fit.hpp: least squares on the last samples of a signal
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include "gridgrad/live/estimate.hpp"
#include "gridgrad/live/recent_samples.hpp"

namespace gridgrad::live {

/// A polynomial and its first two derivatives at one place.
template <class Real>
struct Jet {
  Real value = 0;
  Real first = 0;
  Real second = 0;
};

/// (u - a) p - b q.
template <class Real>
[[nodiscard]] Jet<Real> next_jet(const Jet<Real>& p, const Jet<Real>& q, Real u_minus_a,
                                 Real b) noexcept {
  return {u_minus_a * p.value - b * q.value, u_minus_a * p.first + p.value - b * q.first,
          u_minus_a * p.second + 2 * p.first - b * q.second};
}

/// Fits polynomials that are orthogonal on the n last stamps (Forsythe, J. SIAM 5 (1957)
/// 74-88) to differences from the newest sample, one degree after the other to what the
/// lower ones left over.
///
/// Precondition: degree < n <= Capacity, lag < n.
template <class Real, std::size_t Capacity>
class PolynomialFit {
 public:
  template <class Recent>
  PolynomialFit(const Recent& recent, std::size_t n, double units, double period) noexcept
      : count_(n), span_(static_cast<Real>(recent.gap(0, n - 1).high / units)) {
    const double per_span = 1 / recent.gap(0, n - 1).high;
    for (std::size_t j = 0; j < n; ++j) {
      ages_[j] = static_cast<Real>(recent.gap(0, j).high * per_span);
      left_over_[j] = difference(recent.sample(0), recent.sample(j), period);
    }
  }

  /// Of the polynomial of that degree, at the stamp of the sample `lag` before the
  /// newest.
  [[nodiscard]] SignalEstimate<Real> estimate(std::size_t degree,
                                              std::size_t lag) noexcept {
    const Real u = ages_[lag];
    current_.fill(1);
    Jet<Real> jet = {1, 0, 0};
    Jet<Real> previous_jet = {};
    Jet<Real> fit = {};
    Real previous_square = 1;
    Real squares = 0;
    Real centres = 0;
    for (std::size_t k = 0; k <= degree; ++k) {
      const Projection at = project();
      fit.first += at.coefficient * jet.first;
      fit.second += at.coefficient * jet.second;
      squares += jet.first * jet.first / at.square;
      if (k < 2) centres += at.centre;
      if (k == degree) break;
      const Real b = k == 0 ? 0 : at.square / previous_square;
      advance(at, b);
      const Jet<Real> next = next_jet(jet, previous_jet, u - at.centre, b);
      previous_jet = jet;
      jet = next;
      previous_square = at.square;
    }
    // The line through a parabola is parallel to it half-way between its two centres.
    const Real delay = degree == 1 ? centres / 2 : u;
    return {fit.first / span_, -fit.second / (span_ * span_), delay * span_,
            std::sqrt(squares) / span_};
  }

 private:
  struct Projection {
    Real square;       // of the current polynomial
    Real centre;       // of its square
    Real coefficient;  // of the differences in it
  };

  [[nodiscard]] Projection project() const noexcept {
    Real square = 0;
    Real moment = 0;
    Real product = 0;
    for (std::size_t j = 0; j < count_; ++j) {
      const Real p = current_[j];
      square += p * p;
      moment += ages_[j] * p * p;
      product += left_over_[j] * p;
    }
    return {square, moment / square, product / square};
  }

  void advance(const Projection& at, Real b) noexcept {
    for (std::size_t j = 0; j < count_; ++j) {
      left_over_[j] -= at.coefficient * current_[j];
      const Real next = (ages_[j] - at.centre) * current_[j] - b * previous_[j];
      previous_[j] = current_[j];
      current_[j] = next;
    }
  }

  std::size_t count_;
  Real span_;
  std::array<Real, Capacity> ages_;
  std::array<Real, Capacity> left_over_;
  std::array<Real, Capacity> current_;
  std::array<Real, Capacity> previous_ = {};
};

}  // namespace gridgrad::live

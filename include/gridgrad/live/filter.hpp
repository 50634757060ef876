// gridgrad/live/filter.hpp: the derivative behind a low pass of first order
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>

#include "gridgrad/live/estimate.hpp"

namespace gridgrad {

/// How T y' + y = x' is followed from one sample to the next.
enum class FilterRule {
  backward_euler,  ///< never overshoots
  tustin,          ///< trapezoids; rings where a gap is more than 2 T
  exact,           ///< as if samples were joined by straight lines
};

}  // namespace gridgrad

namespace gridgrad::live {

/// y_n = keep y_(n-1) + gain (x_n - x_(n-1)).
template <class Real>
struct FilterStep {
  Real keep;
  Real gain;
};

template <class Real>
[[nodiscard]] FilterStep<Real> filter_step(FilterRule rule, Real time_constant,
                                           Real gap) noexcept {
  if (rule == FilterRule::exact) {
    const Real lost = -std::expm1(-gap / time_constant);
    return {1 - lost, lost / gap};
  }
  const Real ahead = rule == FilterRule::tustin ? gap / 2 : gap;
  const Real gain = 1 / (time_constant + ahead);
  return {(time_constant + ahead - gap) * gain, gain};
}

/// The recurrence of the derivative, and those of its delay and of its noise gain: exact
/// for whatever gaps there were.
template <class Real>
class Filter {
 public:
  /// From the slope between the first two samples, as if it had always been that.
  void start(Real step, Real gap) noexcept {
    gain_ = 1 / gap;
    squares_ = 2 * gain_ * gain_;
    estimate_ = {step / gap, 0, gap / 2, std::sqrt(squares_)};
  }

  void go_on(Real step, Real gap, const FilterStep<Real>& by) noexcept {
    const Real newest_before = by.keep * gain_ - by.gain;
    squares_ = by.gain * by.gain + newest_before * newest_before +
               by.keep * by.keep * (squares_ - gain_ * gain_);
    gain_ = by.gain;
    estimate_ = {by.keep * estimate_.derivative + by.gain * step, 0,
                 by.keep * (gap + estimate_.delay) + (1 - by.keep) * gap / 2,
                 std::sqrt(squares_)};
  }

  [[nodiscard]] const SignalEstimate<Real>& estimate() const noexcept {
    return estimate_;
  }

 private:
  Real gain_ = 0;     // the weight of the newest sample
  Real squares_ = 0;  // of all weights
  SignalEstimate<Real> estimate_ = {};
};

}  // namespace gridgrad::live

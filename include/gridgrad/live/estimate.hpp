// gridgrad/live/estimate.hpp: a derivative of a live signal and what it is worth
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

namespace gridgrad {

/// What the samples so far say of the rate of a signal.
///
/// With weights c_j of the samples and their ages a_j, `delay` is sum c_j a_j^2 / -2: a
/// rate that rises steadily is seen as it was so many seconds ago, and a slow sine too.
/// `noise_gain` is the square root of sum c_j^2: independent errors of the samples, of
/// standard deviation s, give the derivative one of noise_gain * s.
template <class Real>
struct SignalEstimate {
  Real derivative = 0;  ///< per second
  Real second = 0;      ///< of a LocalPolynomial of degree 2 and above, else 0
  Real delay = 0;       ///< seconds
  Real noise_gain = 0;  ///< per second
};

}  // namespace gridgrad

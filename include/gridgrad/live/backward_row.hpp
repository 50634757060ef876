// gridgrad/live/backward_row.hpp: the interpolating polynomial of the last samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>

#include "gridgrad/live/estimate.hpp"
#include "gridgrad/live/recent_samples.hpp"

namespace gridgrad::live {

inline constexpr std::size_t most_backward_samples = 8;

/// The weight of f_0 - f_j in the derivative at the newest sample, f_0:
///
///   product over k != 0, j of a_k / (a_k - a_j), over a_j, where a are ages
///
/// Fornberg, Math. Comp. 51 (1988) 699-706, whose recurrence for a first derivative at a
/// node comes to this product.
template <std::size_t n, class Recent>
[[nodiscard]] DoubleDouble backward_weight(const Recent& recent, std::size_t j,
                                           double units) noexcept {
  DoubleDouble numerator = {units, 0};
  DoubleDouble denominator = recent.gap(0, j);
  bool is_one = units == 1;
  for (std::size_t k = 1; k < n; ++k) {
    if (k == j) continue;
    numerator = is_one ? recent.gap(0, k) : numerator * recent.gap(0, k);
    denominator = denominator * (k < j ? -recent.gap(k, j) : recent.gap(j, k));
    is_one = false;
  }
  return numerator / denominator;
}

/// The derivative of the polynomial through the last n samples, at the newest: the
/// arithmetic of a row of `Difference` (src/row_form.hpp), to the bit.
///
/// Precondition: 2 <= n <= most_backward_samples, n <= recent.count().
template <std::size_t n, class Real, class Recent>
[[nodiscard]] SignalEstimate<Real> backward_estimate(const Recent& recent, double units,
                                                     double period) noexcept {
  Real derivative = 0;
  Real own_weight = 0;
  Real squares = 0;
  for (std::size_t j = 1; j < n; ++j) {
    const Real weight = rounded<Real>(backward_weight<n>(recent, j, units));
    const Real term = weight * difference(recent.sample(0), recent.sample(j), period);
    derivative = j == 1 ? term : derivative + term;
    own_weight += weight;
    squares += weight * weight;
  }
  const double delay = n == 2 ? recent.gap(0, 1).high / units / 2 : 0;
  return {derivative, 0, static_cast<Real>(delay),
          std::sqrt(squares + own_weight * own_weight)};
}

template <class Real, class Recent>
[[nodiscard]] SignalEstimate<Real> backward_estimate(const Recent& recent, std::size_t n,
                                                     double units,
                                                     double period) noexcept {
  switch (n) {
    case 2:
      return backward_estimate<2, Real>(recent, units, period);
    case 3:
      return backward_estimate<3, Real>(recent, units, period);
    case 4:
      return backward_estimate<4, Real>(recent, units, period);
    case 5:
      return backward_estimate<5, Real>(recent, units, period);
    case 6:
      return backward_estimate<6, Real>(recent, units, period);
    case 7:
      return backward_estimate<7, Real>(recent, units, period);
    default:
      return backward_estimate<8, Real>(recent, units, period);
  }
}

}  // namespace gridgrad::live

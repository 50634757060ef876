// gridgrad/adapt/autodiff.hpp: interpolants at locations of Eigen's AutoDiffScalar
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <unsupported/Eigen/AutoDiff>

#include "gridgrad/interpolant.hpp"

namespace gridgrad {

/// The value at a location, with the gradient times the derivatives of the location; NaN
/// where it is missing.
///
///   location  numbers of double with derivatives of any type, in the order of axes
template <std::size_t Rank, class Derivatives>
[[nodiscard]] Eigen::AutoDiffScalar<Derivatives> value_at(
    const Interpolant<Rank>& interpolant,
    const std::array<Eigen::AutoDiffScalar<Derivatives>, Rank>& location) {
  typename Interpolant<Rank>::Location at;
  for (std::size_t a = 0; a < Rank; ++a) at[a] = location[a].value();
  const auto [value, gradient, status] = interpolant.value_and_gradient(at);
  Eigen::AutoDiffScalar<Derivatives> result = location[0] * gradient[0];
  for (std::size_t a = 1; a < Rank; ++a) result += location[a] * gradient[a];
  result.value() = value;
  return result;
}

}  // namespace gridgrad

// gridgrad/adapt/ceres.hpp: interpolants as cost functions that Ceres differentiates
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <ceres/jet.h>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <utility>

#include "gridgrad/interpolant.hpp"

namespace gridgrad {

/// A functor for `ceres::AutoDiffCostFunction`, one residual per component; also to be
/// called from within other functors, with Jets of any length:
///
///   using Function = CeresFunctor<2>;
///   problem.AddResidualBlock(new ceres::AutoDiffCostFunction<Function, 1, 2>(
///                                new Function(cost)), nullptr, location);
///
/// Jets of double: their derivatives are the gradient times those of the location.
template <std::size_t Rank, std::size_t Components = 1>
class CeresFunctor {
 public:
  explicit CeresFunctor(Interpolant<Rank, Components> interpolant)
      : interpolant_(std::move(interpolant)) {}

  /// False where the value is missing, which Ceres takes as a step that failed.
  ///
  ///   location  Rank numbers, in the order of axes
  ///   value     Components numbers
  template <class T>
  bool operator()(const T* location, T* value) const {
    typename Interpolant<Rank, Components>::Location at;
    if constexpr (std::same_as<T, double>) {
      for (std::size_t a = 0; a < Rank; ++a) at[a] = location[a];
      const auto answer = interpolant_.value(at);
      for (std::size_t c = 0; c < Components; ++c) value[c] = part(answer.value, c);
      return !std::isnan(value[0]);
    } else {
      static_assert(std::same_as<decltype(T::a), double>, "Jets of double are needed");
      for (std::size_t a = 0; a < Rank; ++a) at[a] = location[a].a;
      const auto answer = interpolant_.value_and_gradient(at);
      for (std::size_t c = 0; c < Components; ++c) {
        const Gradient<Rank>& slopes = part(answer.gradient, c);
        value[c] = T(part(answer.value, c));
        for (std::size_t a = 0; a < Rank; ++a) value[c].v += slopes[a] * location[a].v;
      }
      return !std::isnan(value[0].a);
    }
  }

 private:
  // Of component c.
  template <class Number>
  static const auto& part(const Number& all, std::size_t c) {
    if constexpr (Components == 1) {
      return all;
    } else {
      return all[c];
    }
  }

  Interpolant<Rank, Components> interpolant_;
};

}  // namespace gridgrad

// rounded.hpp: one rounding to each of the computing types
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <span>

#include "double_double.hpp"

namespace gridgrad {

// A number rounded once to each of the computing types.
struct Rounded {
  double f64 = 0;
  float f32 = 0;
};

// Rounds a number known to within `error`. False where that does not decide a rounding:
// the caller then needs a more exact number.
[[nodiscard]] bool round_once(DoubleDouble number, double error,
                              Rounded& rounded) noexcept;

// Rounds numerator / denominator once; the arguments are exact.
[[nodiscard]] Rounded rounded_quotient(DoubleDouble numerator, DoubleDouble denominator);

// 1 / x rounded once. Precondition: x and 1 / x are normal numbers.
[[nodiscard]] Rounded rounded_inverse(double x) noexcept;

// The exact sum of finite terms, rounded once.
[[nodiscard]] Rounded rounded_sum(std::span<const double> terms);

}  // namespace gridgrad

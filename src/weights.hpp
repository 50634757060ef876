// weights.hpp: weights of a first derivative on arbitrary nodes
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

// Rounds a quotient of spacings known to a relative error of 2^-96. False where that does
// not decide a rounding: the caller then needs a more exact number.
[[nodiscard]] bool round_once(DoubleDouble exact, Rounded& rounded) noexcept;

// Rounds numerator / denominator once; the arguments are exact.
[[nodiscard]] Rounded rounded_quotient(DoubleDouble numerator, DoubleDouble denominator);

// The exact sum of finite terms, rounded once.
[[nodiscard]] Rounded rounded_sum(std::span<const double> terms);

// Weights w of the derivative at node 0, per `unit` of the coordinates, in difference
// form: f'(x_0) = sum over j >= 1 of w[j - 1] (f_j - f_0). Exact for polynomials of
// degree nodes.size() - 1. Each is the exact value of the formula rounded once.
//
//   nodes    x_j - x_0 for j >= 1: exact, pairwise different, none 0
//   weights  as many
//
// Lagrange's basis polynomials differentiated at x_0: Fornberg, Math. Comp. 51 (1988)
// 699-706, closed form for the first derivative.
void first_derivative_weights(std::span<const DoubleDouble> nodes, double unit,
                              std::span<Rounded> weights);

}  // namespace gridgrad

// uniform_scale.hpp: what integer weights become in the computing types
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "double_double.hpp"
#include "integer_weights.hpp"
#include "weights.hpp"

namespace gridgrad {

// integer / 2^shift, rounded once.
[[nodiscard]] Rounded rounded_integer(const BigInteger& integer, unsigned shift);

// A derivative of some order per unit, on samples so far apart.
struct Spacing {
  DoubleDouble spacing;
  double unit;
  int derivative;
};

// 2^shift unit^m / (denominator spacing^m), m = derivative, rounded once.
[[nodiscard]] Rounded rounded_scale(const BigInteger& denominator, unsigned shift,
                                    const Spacing& at);

}  // namespace gridgrad

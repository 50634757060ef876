// tests/compile_fail/xtensor_expression.cpp: an unevaluated sum has no samples in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/xtensor.hpp"
#include "gridgrad/gradient.hpp"

int main() {
  const xt::xtensor<double, 1> field = {1, 2, 3};
#ifdef GRIDGRAD_MUST_FAIL
  const auto slope = gridgrad::derivative(field + field, {0});
#else
  const auto slope = gridgrad::derivative(xt::eval(field + field), {0});
#endif
  return static_cast<int>(slope.size());
}

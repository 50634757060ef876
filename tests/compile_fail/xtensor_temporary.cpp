// tests/compile_fail/xtensor_temporary.cpp: a view of a temporary tensor would dangle
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/xtensor.hpp"

int main() {
  xt::xtensor<double, 1> field({3});
#ifdef GRIDGRAD_MUST_FAIL
  const auto samples = gridgrad::view(xt::xtensor<double, 1>({3}));
#else
  const auto samples = gridgrad::view(field);
#endif
  return static_cast<int>(samples.rank());
}

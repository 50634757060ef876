// tests/compile_fail/flags_field.cpp: truth values and characters are not numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>

#include "gridgrad/gradient.hpp"

int main() {
#ifdef GRIDGRAD_MUST_FAIL
  using Sample = bool;
#else
  using Sample = signed char;
#endif
  const std::array<Sample, 3> samples = {};
  return gridgrad::derivative(samples, {0}).size() == 3 ? 0 : 1;
}

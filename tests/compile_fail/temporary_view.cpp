// tests/compile_fail/temporary_view.cpp: a view of a temporary would dangle
//
// SPDX-License-Identifier: BSD-3-Clause

#include <vector>

#include "gridgrad/field_traits.hpp"

int main() {
  std::vector<double> samples(3);
#ifdef GRIDGRAD_MUST_FAIL
  const auto line = gridgrad::view(std::vector<double>(3));
#else
  const auto line = gridgrad::view(samples);
#endif
  return static_cast<int>(line.rank() + samples.size());
}

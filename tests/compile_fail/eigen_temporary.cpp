// tests/compile_fail/eigen_temporary.cpp: a view of a temporary matrix would dangle
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/eigen.hpp"

int main() {
  Eigen::MatrixXd field(2, 3);
#ifdef GRIDGRAD_MUST_FAIL
  const auto samples = gridgrad::view(Eigen::MatrixXd(2, 3));
#else
  const auto samples = gridgrad::view(field);
#endif
  return static_cast<int>(samples.rank());
}

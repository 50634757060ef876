// tests/compile_fail/eigen_expression.cpp: an unevaluated sum has no samples in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/eigen.hpp"
#include "gridgrad/gradient.hpp"

int main() {
  const Eigen::MatrixXd field(2, 3);
#ifdef GRIDGRAD_MUST_FAIL
  const Eigen::MatrixXd slope = gridgrad::derivative(field + field, {0});
#else
  const Eigen::MatrixXd slope = gridgrad::derivative((field + field).eval(), {0});
#endif
  return static_cast<int>(slope.rows());
}

// examples/eigen.cpp: an Eigen matrix gives Eigen matrices, in its own storage order
//
// SPDX-License-Identifier: BSD-3-Clause

#include <iostream>

#include "gridgrad/adapt/eigen.hpp"
#include "gridgrad/gradient.hpp"

int main() {
  const Eigen::VectorXd x{{1, 2, 4}};
  const Eigen::VectorXd y{{1, 3, 5, 7}};
  const Eigen::MatrixXd product = x * y.transpose();  // f(x, y) = x y

  const auto [d_x, d_y] =
      gridgrad::gradient(product, {gridgrad::Axis::at(x), gridgrad::Axis::spaced(2)});
  std::cout << "d/dx = y\n" << d_x << "\nd/dy = x\n" << d_y << '\n';

  // Blocks, maps and transposes are read where they lie.
  const Eigen::VectorXd along_row =
      gridgrad::derivative(product.row(2).transpose(), {0, gridgrad::Axis::at(y)});
  std::cout << "row 2: " << along_row.transpose() << '\n';
}

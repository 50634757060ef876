// examples/xtensor.cpp: an xtensor container gives containers of its kind and layout
//
// SPDX-License-Identifier: BSD-3-Clause

#include <iostream>
#include <xtensor/xio.hpp>
#include <xtensor/xview.hpp>

#include "gridgrad/adapt/xtensor.hpp"
#include "gridgrad/gradient.hpp"

int main() {
  // f(x, y) = x^2 + 3 y at x = 0, 1, 2, 3 and y = 0, 2.
  const xt::xtensor<double, 2> field = {{0, 6}, {1, 7}, {4, 10}, {9, 15}};

  const auto [d_x, d_y] =
      gridgrad::gradient(field, {gridgrad::Axis(), gridgrad::Axis::spaced(2)});
  std::cout << d_x << '\n' << d_y << '\n';

  // A view with strides is read where it lies.
  const auto column = xt::view(field, xt::all(), 1);
  std::cout << gridgrad::derivative(column, {0}, {.edge_order = 2}) << '\n';
}

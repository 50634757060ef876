// examples/worked_examples.cpp: two functions whose gradients can be checked by hand
//
// SPDX-License-Identifier: BSD-3-Clause

#include <iostream>
#include <vector>

#include "gridgrad/gradient.hpp"

using gridgrad::Axis;

int main() {
  const std::vector<double> t = {-2, 1, -3, 4, 5};
  const auto values = gridgrad::evaluate([](double at) { return at * at + 5; }, t);
  std::cout << "t^2 + 5             " << values << '\n'
            << "gradient, spacing 1 " << gridgrad::gradient(values)[0] << '\n';

  // The call above never sees t. Given the positions, it estimates 2t.
  const auto at_t = gridgrad::gradient(values, Axis::at(t), {.edge_order = 2});
  std::cout << "gradient at t       " << at_t[0] << "\n\n";

  const gridgrad::Array<double> points({3, 3}, {-1, 3, -5, -4, 5, 2, -2, 3, 4});
  const auto cubes = gridgrad::evaluate([](double at) { return at * at * at; }, points);
  const auto gradient = gridgrad::gradient(cubes);
  std::cout << "t^3                 " << cubes << '\n'
            << "gradient, axis 0    " << gradient[0] << '\n'
            << "gradient, axis 1    " << gradient[1] << '\n';
}

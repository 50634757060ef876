// examples/vector_span.cpp: a std::vector gives a std::vector, a std::span an Array
//
// SPDX-License-Identifier: BSD-3-Clause

#include <iostream>
#include <span>
#include <vector>

#include "gridgrad/gradient.hpp"

int main() {
  // x^2 at x = 0, 0.5, ..., 2.5.
  const std::vector<float> squares = {0, 0.25F, 1, 2.25F, 4, 6.25F};
  const auto half = gridgrad::Axis::spaced(0.5);

  const std::vector<float> slopes =
      gridgrad::derivative(squares, {0, half}, {.edge_order = 2});
  for (const float slope : slopes) std::cout << slope << ' ';

  // The last three samples alone, by first-order differences at both ends.
  const std::span<const float> last = std::span(squares).last(3);
  std::cout << '\n' << gridgrad::derivative(last, {0, half}) << '\n';
}

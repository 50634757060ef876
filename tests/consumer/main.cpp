// tests/consumer/main.cpp: a program that has only the installed gridgrad
//
// SPDX-License-Identifier: BSD-3-Clause

#include <gridgrad/difference.hpp>
#include <gridgrad/gradient.hpp>
#include <iostream>
#include <vector>

int main() {
  const std::vector<double> squares = {0, 1, 4, 9};
  const auto slope = gridgrad::derivative(squares, {0}, {.edge_order = 2});
  if (slope != std::vector<double>{0, 2, 4, 6}) return 1;

  // The type of an exception must be one and the same on both sides of a shared library.
  try {
    const gridgrad::Difference too_short(gridgrad::Axis(), 1);
  } catch (const gridgrad::Error& error) {
    std::cout << "refused: " << error.what() << '\n';
    return error.code() == gridgrad::ErrorCode::too_few_samples ? 0 : 2;
  }
  return 3;
}

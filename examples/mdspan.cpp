// examples/mdspan.cpp: a std::mdspan of any strided layout
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>
#include <cstddef>
#include <iostream>
#include <mdspan>

#include "gridgrad/adapt/mdspan.hpp"
#include "gridgrad/gradient.hpp"

int main() {
  // f(x, y) = x^2 + 3 y at x = 0, 1, 2, 3 and y = 0, 2; columns are contiguous.
  const std::array<double, 8> samples = {0, 1, 4, 9, 6, 7, 10, 15};
  const std::mdspan<const double, std::extents<std::size_t, 4, 2>, std::layout_left>
      field(samples.data());

  const auto [d_x, d_y] =
      gridgrad::gradient(field, {gridgrad::Axis(), gridgrad::Axis::spaced(2)});
  std::cout << d_x << '\n' << d_y << '\n';
}

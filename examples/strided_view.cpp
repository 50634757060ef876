// examples/strided_view.cpp: any memory, as pointer, shape and strides
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>
#include <cstddef>
#include <cstdint>
#include <iostream>

#include "gridgrad/gradient.hpp"

int main() {
  // An image of 2 rows and 4 columns with red, green and blue side by side:
  // green = 10 row + column^2.
  const std::array<std::uint8_t, 24> image = {9, 0,  9, 9, 1,  9, 9, 4,  9, 9, 9,  9,
                                              9, 10, 9, 9, 11, 9, 9, 14, 9, 9, 19, 9};
  const std::array<std::size_t, 2> shape = {2, 4};
  const std::array<std::ptrdiff_t, 2> strides = {12, 3};
  const gridgrad::StridedView<const std::uint8_t> green(image.data() + 1, shape, strides);

  // Two rows are too few for one-sided differences of order 2; one axis at a time.
  const auto down = gridgrad::derivative(green, {0});
  const auto right = gridgrad::derivative(green, {1}, {.edge_order = 2});
  std::cout << down << '\n' << right << '\n';
}

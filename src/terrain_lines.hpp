// terrain_lines.hpp: angles of a line of gradients
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "kernels/combine.hpp"

namespace gridgrad {

// Arctangents of kernels::magnitude, in degrees: of floats in double, rounded once more.
// Scalar code, the same on every instruction set.
void write_inclinations(std::span<const kernels::RowProduct<float>> products, float* out,
                        std::size_t count);
void write_inclinations(std::span<const kernels::RowProduct<double>> products,
                        double* out, std::size_t count);

// Directions of (products[1], products[0]), counter-clockwise from the first of these, in
// degrees: 0 <= angle < 360, `of_none` where both are 0.
void write_directions(std::span<const kernels::RowProduct<float>> products, float* out,
                      std::size_t count, double of_none);
void write_directions(std::span<const kernels::RowProduct<double>> products, double* out,
                      std::size_t count, double of_none);

}  // namespace gridgrad

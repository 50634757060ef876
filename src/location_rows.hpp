// location_rows.hpp: the weights of the samples at a location, as rows of a matrix
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "gridgrad/difference.hpp"
#include "patches.hpp"

namespace gridgrad {

// Appends the row of the partial derivative along `along` at a location. Not for splines.
void append_location_row(const Patches& patches, std::span<const double> location,
                         std::span<const std::size_t> along, SparseRows& rows);

}  // namespace gridgrad

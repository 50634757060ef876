// memory_order.hpp: the axes of an array from the slowest to the fastest
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

namespace gridgrad {

// Writes the axes sorted by the magnitude of their strides, the largest first. Ties and
// broadcast axes (stride 0) stay where C order has them: NumPy's order "K".
void memory_order(std::span<const std::ptrdiff_t> strides, std::span<std::size_t> axes);

}  // namespace gridgrad

// memory_order.cpp: an insertion sort, for few axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "memory_order.hpp"

#include <cstdlib>
#include <utility>

namespace gridgrad {

void memory_order(std::span<const std::ptrdiff_t> strides, std::span<std::size_t> axes) {
  for (std::size_t axis = 0; axis < axes.size(); ++axis) axes[axis] = axis;
  // A broadcast axis compares equal to every other, which no library sort allows.
  for (std::size_t i = axes.size(); i-- > 0;) {
    for (std::size_t k = i; k + 1 < axes.size(); ++k) {
      const std::ptrdiff_t here = std::abs(strides[axes[k]]);
      const std::ptrdiff_t next = std::abs(strides[axes[k + 1]]);
      if (here == 0 || here >= next) break;
      std::swap(axes[k], axes[k + 1]);
    }
  }
}

}  // namespace gridgrad

// io/runs.hpp: the parts of a box that are contiguous in an array
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io {

// Calls f(first sample, number of samples) for each run of a box in an array in C order,
// in that order.
template <class F>
void each_run(std::span<const std::size_t> extents, const Box& box, F&& f) {
  if (std::ranges::find(box.extents, std::size_t{0}) != box.extents.end()) return;
  // Axes from `inner` on are one run.
  std::size_t inner = extents.size();
  std::size_t length = 1;
  while (inner > 0) {
    --inner;
    length *= box.extents[inner];
    if (box.extents[inner] != extents[inner]) break;
  }
  std::vector<std::size_t> index = box.first;
  while (true) {
    std::size_t offset = 0;
    for (std::size_t axis = 0; axis < extents.size(); ++axis) {
      offset = offset * extents[axis] + index[axis];
    }
    f(offset, length);
    std::size_t axis = inner;
    while (axis > 0 && ++index[axis - 1] == box.first[axis - 1] + box.extents[axis - 1]) {
      --axis;
      index[axis] = box.first[axis];
    }
    if (axis == 0) return;
  }
}

}  // namespace gridgrad::io

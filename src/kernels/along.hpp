// kernels/along.hpp: a paired row along contiguous samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/slab.hpp"

namespace gridgrad::kernels {

// What a boundary between lines may have on both sides together.
inline constexpr std::size_t most_known = 512;

// Results at the ends of lines, which are computed elsewhere. values(context, b, to)
// writes the last `after` of line b - 1, if there is one, and the first `before` of line
// b, if there is one, to `to` and `to + after`. `line` is the number of results of one
// line, ends included.
template <class T>
struct LineEnds {
  void (*values)(const void* context, std::size_t boundary, T* to) = nullptr;
  const void* context = nullptr;
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t line = 0;
};

// The formula of across.hpp over a slab whose rows follow each other without a gap
// (in_step == out_step == columns), as one loop over rows * columns samples. columns is 1
// along the contiguous axis; a few where the axes behind the differentiated one are
// short. With ends the rows are those of several lines next to each other, and every
// other row reads within its line. Preconditions as there.
void along(const Slab<float, float>& slab, const PairedRow<float>& row,
           const LineEnds<float>& ends = {}) noexcept;
void along(const Slab<double, double>& slab, const PairedRow<double>& row,
           const LineEnds<double>& ends = {}) noexcept;
void along(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row,
           const LineEnds<double>& ends = {}) noexcept;

}  // namespace gridgrad::kernels

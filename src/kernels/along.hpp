// kernels/along.hpp: a paired row along contiguous samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>

#include "kernels/line_ends.hpp"
#include "kernels/slab.hpp"

namespace gridgrad::kernels {

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

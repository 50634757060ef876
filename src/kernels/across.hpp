// kernels/across.hpp: a paired row across lines, several results per column of registers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>

#include "kernels/slab.hpp"

namespace gridgrad::kernels {

// For 0 <= i < rows and 0 <= j < columns:
//
//   out[i][j] = scale * sum over k of weights[k - 1] * pair(k)
//
// the sum divided by the divisor first where there is one, and with
//
//   paired_odd   pair(k) = in[i + k][j] - in[i - k][j]
//   paired_even  pair(k) = (in[i + k][j] - in[i][j]) - (in[i][j] - in[i - k][j])
//
// Samples that several rows read are loaded once.
//
// Preconditions, not checked: `in` is readable at every index above, `out` does not
// overlap it, weights is not empty, ensure_target() has run.
void across(const Slab<float, float>& slab, const PairedRow<float>& row) noexcept;
void across(const Slab<double, double>& slab, const PairedRow<double>& row) noexcept;
void across(const Slab<std::int64_t, double>& slab,
            const PairedRow<double>& row) noexcept;

}  // namespace gridgrad::kernels

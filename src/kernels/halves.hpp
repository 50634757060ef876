// kernels/halves.hpp: 16-bit floating samples to float and back, contiguous
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/element.hpp"

namespace gridgrad::kernels {

// The vector twins of widened() and narrowed_to_...() in half.hpp, bit for bit.
//
// Preconditions, not checked: the arrays do not overlap, ensure_target() has run.
void widen(const Float16* from, float* to, std::size_t count) noexcept;
void widen(const BFloat16* from, float* to, std::size_t count) noexcept;
void narrow(const float* from, Float16* to, std::size_t count) noexcept;
void narrow(const float* from, BFloat16* to, std::size_t count) noexcept;

}  // namespace gridgrad::kernels

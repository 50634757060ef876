// kernels/combine.hpp: sums of arrays times factors
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "kernels/slab.hpp"

namespace gridgrad::kernels {

// factor * values, or factor * values * multiplier.
template <class T>
struct Product {
  const T* values;
  const T* factor;
  std::ptrdiff_t factor_step;  // 0 or 1
  const T* multiplier;         // may be null
};

// out[j] = sum of products, from the left, for j < count. Precondition: ensure_target()
// has run; there is a product; streamed stores are flushed by the caller.
void sum(std::span<const Product<float>> products, float* out, std::size_t count,
         Stores stores) noexcept;
void sum(std::span<const Product<double>> products, double* out, std::size_t count,
         Stores stores) noexcept;

// out[j] = root of the sum of their squares. That of floats is computed in double and
// rounded; that of doubles is scaled by a power of two where squares would leave the
// normal numbers.
void magnitude(std::span<const Product<float>> products, float* out, std::size_t count,
               Stores stores) noexcept;
void magnitude(std::span<const Product<double>> products, double* out, std::size_t count,
               Stores stores) noexcept;

}  // namespace gridgrad::kernels

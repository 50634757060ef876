// kernels/combine.hpp: rows along several axes, combined without a stop in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "kernels/slab.hpp"
#include "row_form.hpp"

namespace gridgrad::kernels {

// factor * row, or factor * row * multiplier, in column j of a run: the row of
// row_form.hpp whose terms stand j samples further than those given.
template <class T>
struct RowProduct {
  RowForm form;
  std::span<const RowTerm<T, T>> terms;
  std::ptrdiff_t weight_step;  // 0, or 1 where each column has its own weights
  T scale;
  const T* factor;
  std::ptrdiff_t factor_step;  // 0 or 1
  const T* multiplier;         // may be null
  const T* ahead = nullptr;    // samples that come from memory soon; null: none do
};

// out[j] = sum of products, from the left, for j < count. Preconditions: ensure_target()
// has run; there is a product, and each has a term; no weight is to be left out; every
// term has a `centre`, the own sample; streamed stores are flushed by the caller.
void sum(std::span<const RowProduct<float>> products, float* out, std::size_t count,
         Stores stores) noexcept;
void sum(std::span<const RowProduct<double>> products, double* out, std::size_t count,
         Stores stores) noexcept;

// out[j] = root of the sum of their squares. That of floats is computed in double and
// rounded; that of doubles is scaled by a power of two where squares would leave the
// normal numbers.
void magnitude(std::span<const RowProduct<float>> products, float* out, std::size_t count,
               Stores stores) noexcept;
void magnitude(std::span<const RowProduct<double>> products, double* out,
               std::size_t count, Stores stores) noexcept;

}  // namespace gridgrad::kernels

// kernels/combine.hpp: rows along several axes, combined without a stop in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
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

// Columns of a run that stand for others: `width` of them from `first` on, then again
// every `apart` >= `width` columns, get the next of the values instead of what is
// computed there.
template <class T>
struct Gaps {
  std::size_t first = std::numeric_limits<std::size_t>::max();
  std::size_t width = 0;
  std::size_t apart = 1;
  const T* values = nullptr;

  // Puts them into `out`, which is that of column `begin`, up to column `end`.
  void fill(T* out, std::size_t begin, std::size_t end) const noexcept {
    const std::size_t behind = begin >= first + width ? begin - first - width + 1 : 0;
    std::size_t gap = (behind + apart - 1) / apart;
    for (std::size_t at = first + gap * apart; at < end; at += apart, ++gap) {
      const std::size_t from = std::max(at, begin);
      const std::size_t last = std::min(at + width, end);
      std::copy(values + gap * width + (from - at), values + gap * width + (last - at),
                out + (from - begin));
    }
  }
};

// Where the results of a run go.
template <class T>
struct RunTarget {
  T* out;
  std::size_t count;
  Gaps<T> gaps = {};
};

// out[j] = sum of products, from the left, for j < count and not in a gap; what terms
// read for columns of gaps must be there. Preconditions: ensure_target() has run; there
// is a product, and each has a term; no weight is to be left out; every term has a
// `centre`, the own sample; streamed stores are flushed by the caller.
void sum(std::span<const RowProduct<float>> products, const RunTarget<float>& to,
         Stores stores) noexcept;
void sum(std::span<const RowProduct<double>> products, const RunTarget<double>& to,
         Stores stores) noexcept;

// out[j] = root of the sum of their squares. That of floats is computed in double and
// rounded; that of doubles is scaled by a power of two where squares would leave the
// normal numbers.
void magnitude(std::span<const RowProduct<float>> products, const RunTarget<float>& to,
               Stores stores) noexcept;
void magnitude(std::span<const RowProduct<double>> products, const RunTarget<double>& to,
               Stores stores) noexcept;

}  // namespace gridgrad::kernels

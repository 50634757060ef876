// kernels/slab.hpp: what the kernels are handed
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "row_form.hpp"

namespace gridgrad::kernels {

// How results are written. Streamed ones go past the caches: what is not read again soon
// then costs no read of the memory it replaces. They are seen by other threads only after
// flush_streams().
enum class Stores : std::uint8_t { ordinary, streamed };

// Rows of results. Sample i of the axis stands at in + i * in_step and is `columns` wide;
// columns are contiguous in both arrays. S is float, double or std::int64_t; T, in which
// it is computed, is float for float and double otherwise.
template <class S, class T>
struct Slab {
  const S* in;
  std::ptrdiff_t in_step;
  T* out;
  std::ptrdiff_t out_step;
  std::size_t rows;
  std::size_t columns;
  Stores stores = Stores::ordinary;
};

// A paired row shared by all rows of a slab: weights[k - 1] is that of the pair k.
template <class T>
struct PairedRow {
  RowForm form;  // paired_odd or paired_even
  std::span<const T> weights;
  T scale;
  std::optional<T> divisor = {};  // of paired_odd with one weight
};

}  // namespace gridgrad::kernels

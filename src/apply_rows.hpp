// apply_rows.hpp: applies a range of rows to a block in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "gridgrad/difference.hpp"
#include "row_table.hpp"

namespace gridgrad {

// A block of samples and of results, dimensions from the slowest to the fastest, whose
// last stride is 1 in both. Along `axis` the first sample is `origin`, the first result
// that of row rows.first; elsewhere both have the same extents.
template <class S, class T>
struct Patch {
  const S* in;
  std::span<const std::ptrdiff_t> in_strides;
  T* out;
  std::span<const std::ptrdiff_t> out_strides;
  std::span<const std::size_t> extents;  // that of `axis` is not read
  std::size_t axis;
  std::size_t origin;
  Range rows;
};

// The only way rows are ever applied. `ends` holds the values beyond the lower and the
// upper end. S, T: as in kernels/slab.hpp.
template <class S, class T>
void apply_rows(const RowTable& table, const Patch<S, T>& patch,
                const std::array<S, 2>& ends);

extern template void apply_rows(const RowTable&, const Patch<float, float>&,
                                const std::array<float, 2>&);
extern template void apply_rows(const RowTable&, const Patch<double, double>&,
                                const std::array<double, 2>&);
extern template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&,
                                const std::array<std::int64_t, 2>&);

}  // namespace gridgrad

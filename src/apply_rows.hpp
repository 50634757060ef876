// apply_rows.hpp: applies a range of rows to a block in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "gridgrad/difference.hpp"
#include "kernels/slab.hpp"
#include "ranges.hpp"
#include "row_table.hpp"
#include "tiling.hpp"

namespace gridgrad {

// Columns so few that lines next to each other are computed as one.
inline constexpr std::size_t few_columns = 64;

// What is known at one end of the lines of a block: `repeat` numbers that recur along the
// contiguous dimension (one, or the parts of a complex number), or where `repeat` is 0
// one number per line.
template <class S>
struct EndSamples {
  const S* values = nullptr;
  PerDimension<std::ptrdiff_t> strides = {};  // 0 along the axis
  std::size_t repeat = 1;
};

// A block of samples and of results, dimensions from the slowest to the fastest, whose
// last stride is 1 in both. Along `axis` stand the samples `held`, and the results of
// `rows`; elsewhere both have the same extents.
template <class S, class T>
struct Patch {
  const S* in;
  std::span<const std::ptrdiff_t> in_strides;
  T* out;
  std::span<const std::ptrdiff_t> out_strides;
  std::span<const std::size_t> extents;  // that of `axis` is not read
  std::size_t axis;
  const SampleRanges& held;
  Range rows;
  const std::array<EndSamples<S>, 2>& ends;
  kernels::Stores stores = kernels::Stores::ordinary;
};

// The only way rows are ever applied. S, T: as in kernels/slab.hpp.
template <class S, class T>
void apply_rows(const RowTable& table, const Patch<S, T>& patch);

extern template void apply_rows(const RowTable&, const Patch<float, float>&);
extern template void apply_rows(const RowTable&, const Patch<double, double>&);
extern template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&);

}  // namespace gridgrad

// apply_rows.cpp: every band of rows on every run of columns of a block
//
// SPDX-License-Identifier: BSD-3-Clause

#include "apply_rows.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>

#include "band_run.hpp"

namespace gridgrad {
namespace {

// The dimensions behind the axis that are one contiguous run in all arrays.
struct Run {
  std::size_t first;  // dimension; those from here on are in the run
  std::size_t columns;
};

template <class S>
bool is_one_run(const EndSamples<S>& end, std::size_t dimension, std::ptrdiff_t length) {
  return end.repeat != 0 || end.strides[dimension] == length;
}

template <class S, class T>
Run contiguous_run(const Patch<S, T>& patch) {
  Run run = {patch.extents.size(), 1};
  while (run.first > patch.axis + 1) {
    const std::size_t d = run.first - 1;
    const auto length = static_cast<std::ptrdiff_t>(run.columns);
    if (patch.in_strides[d] != length || patch.out_strides[d] != length ||
        !is_one_run(patch.ends[0], d, length) || !is_one_run(patch.ends[1], d, length)) {
      break;
    }
    run.columns *= patch.extents[d];
    run.first = d;
  }
  return run;
}

template <class S, class T>
using BandRuns = boost::container::small_vector<BandRun<S, T>, 4>;

template <class S>
const S* advanced(const EndSamples<S>& end, const S* at, std::size_t dimension,
                  std::size_t index) {
  if (end.repeat != 0) return at;
  return at + static_cast<std::ptrdiff_t>(index) * end.strides[dimension];
}

// What a patch steps to along a dimension other than its axis.
template <class S, class T>
ColumnRun<S, T> advanced(const Patch<S, T>& patch, const ColumnRun<S, T>& at,
                         std::size_t dimension, std::size_t index) {
  const auto steps = static_cast<std::ptrdiff_t>(index);
  return {at.in + steps * patch.in_strides[dimension],
          at.out + steps * patch.out_strides[dimension],
          {advanced(patch.ends[0], at.ends[0], dimension, index),
           advanced(patch.ends[1], at.ends[1], dimension, index)}};
}

// The band whose rows are computed along lines that lie next to each other as if these
// were one; null if there is none.
template <class S, class T>
const BandRun<S, T>* band_of_lines(const Patch<S, T>& patch, const Run& run,
                                   const BandRuns<S, T>& bands) {
  constexpr std::size_t few_columns = 64;
  if (patch.axis == 0 || run.first != patch.axis + 1 || run.columns > few_columns) {
    return nullptr;
  }
  const std::size_t rows = patch.rows.size();
  const auto columns = static_cast<std::ptrdiff_t>(run.columns);
  const auto length = static_cast<std::ptrdiff_t>(rows) * columns;
  const bool is_dense = patch.in_strides[patch.axis] == columns &&
                        patch.out_strides[patch.axis] == columns &&
                        patch.in_strides[patch.axis - 1] == length &&
                        patch.out_strides[patch.axis - 1] == length &&
                        patch.held.size() == rows;
  if (!is_dense) return nullptr;
  const auto widest = std::ranges::max_element(
      bands, {}, [](const BandRun<S, T>& band) { return band.shared_rows().size(); });
  if (widest == bands.end() || widest->shared_rows().size() == 0) return nullptr;
  const std::size_t known = (rows - widest->shared_rows().size()) * run.columns;
  return known <= kernels::most_known ? &*widest : nullptr;
}

// Lines that lie next to each other: their ends are computed one by one, when all that is
// between them, at once, gets there.
template <class S, class T>
struct Lines {
  const Patch<S, T>& patch;
  const BandRuns<S, T>& bands;
  const BandRun<S, T>& middle;
  const ColumnRun<S, T>& first;
  std::size_t columns;

  void compute() const {
    const Range rows = patch.rows;
    const Range shared = middle.shared_rows();
    middle.apply_lines(first, patch.extents[patch.axis - 1],
                       {ends, this, (shared.first - rows.first) * columns,
                        (rows.last - shared.last) * columns, rows.size() * columns});
  }

  // The ends on both sides of the boundary before line `boundary`.
  static void ends(const void* context, std::size_t boundary, T* to) {
    const auto& lines = *static_cast<const Lines*>(context);
    const Patch<S, T>& patch = lines.patch;
    const Range shared = lines.middle.shared_rows();
    const std::size_t above = (patch.rows.last - shared.last) * lines.columns;
    if (boundary > 0) {
      ColumnRun<S, T> line = advanced(patch, lines.first, patch.axis - 1, boundary - 1);
      line.out = to + above - patch.rows.size() * lines.columns;
      for (const BandRun<S, T>& band : lines.bands) band.apply_above(line, shared);
    }
    if (boundary < patch.extents[patch.axis - 1]) {
      ColumnRun<S, T> line = advanced(patch, lines.first, patch.axis - 1, boundary);
      line.out = to + above;
      for (const BandRun<S, T>& band : lines.bands) band.apply_below(line, shared);
    }
  }
};

// Applies the bands at every position of the dimensions below `end` other than the axis;
// `middle` may be null.
template <class S, class T>
void for_each_run(const Patch<S, T>& patch, std::size_t dimension, const Run& run,
                  const BandRuns<S, T>& bands, const BandRun<S, T>* middle,
                  const ColumnRun<S, T>& at) {
  if (dimension == run.first) {
    for (const BandRun<S, T>& band : bands) band.apply(at);
    return;
  }
  if (middle != nullptr && dimension + 1 == patch.axis) {
    return Lines<S, T>{patch, bands, *middle, at, run.columns}.compute();
  }
  const std::size_t count = dimension == patch.axis ? 1 : patch.extents[dimension];
  for (std::size_t i = 0; i < count; ++i) {
    for_each_run(patch, dimension + 1, run, bands, middle,
                 advanced(patch, at, dimension, i));
  }
}

}  // namespace

template <class S, class T>
void apply_rows(const RowTable& table, const Patch<S, T>& patch) {
  const Run run = contiguous_run(patch);
  BandRuns<S, T> bands;
  for (const Band& band : table.bands(patch.rows)) {
    bands.emplace_back(table, band, patch, run.columns);
  }
  for_each_run(patch, 0, run, bands, band_of_lines(patch, run, bands),
               {patch.in, patch.out, {patch.ends[0].values, patch.ends[1].values}});
}

template void apply_rows(const RowTable&, const Patch<float, float>&);
template void apply_rows(const RowTable&, const Patch<double, double>&);
template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&);

}  // namespace gridgrad

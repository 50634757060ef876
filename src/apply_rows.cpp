// apply_rows.cpp: every band of rows on every run of columns of a block
//
// SPDX-License-Identifier: BSD-3-Clause

#include "apply_rows.hpp"

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

// Applies the bands at every position of the dimensions below `end` other than the axis.
template <class S, class T>
void for_each_run(const Patch<S, T>& patch, std::size_t dimension, std::size_t end,
                  const BandRuns<S, T>& bands, const ColumnRun<S, T>& at) {
  if (dimension == end) {
    for (const BandRun<S, T>& band : bands) band.apply(at);
    return;
  }
  const std::size_t count = dimension == patch.axis ? 1 : patch.extents[dimension];
  for (std::size_t i = 0; i < count; ++i) {
    const auto steps = static_cast<std::ptrdiff_t>(i);
    for_each_run(patch, dimension + 1, end, bands,
                 {at.in + steps * patch.in_strides[dimension],
                  at.out + steps * patch.out_strides[dimension],
                  {advanced(patch.ends[0], at.ends[0], dimension, i),
                   advanced(patch.ends[1], at.ends[1], dimension, i)}});
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
  for_each_run(patch, 0, run.first, bands,
               {patch.in, patch.out, {patch.ends[0].values, patch.ends[1].values}});
}

template void apply_rows(const RowTable&, const Patch<float, float>&);
template void apply_rows(const RowTable&, const Patch<double, double>&);
template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&);

}  // namespace gridgrad

// apply_rows.cpp: finds the kernel for each band of rows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "apply_rows.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>

#include "kernels/across.hpp"
#include "kernels/along.hpp"
#include "kernels/table.hpp"
#include "tiling.hpp"

namespace gridgrad {
namespace {

// The dimensions behind the axis that are one contiguous run in both arrays.
struct Run {
  std::size_t first;  // dimension; those from here on are in the run
  std::size_t columns;
};

template <class S, class T>
Run contiguous_run(const Patch<S, T>& patch) {
  Run run = {patch.extents.size(), 1};
  while (run.first > patch.axis + 1) {
    const std::size_t d = run.first - 1;
    const auto length = static_cast<std::ptrdiff_t>(run.columns);
    if (patch.in_strides[d] != length || patch.out_strides[d] != length) break;
    run.columns *= patch.extents[d];
    run.first = d;
  }
  return run;
}

// One run of columns: what all bands of a patch have in common.
template <class S, class T>
class RowRun {
 public:
  RowRun(const RowTable& table, const Patch<S, T>& patch, const std::array<S, 2>& ends)
      : table_(table),
        patch_(patch),
        ends_(ends),
        columns_(contiguous_run(patch).columns),
        in_step_(patch.in_strides[patch.axis]),
        out_step_(patch.out_strides[patch.axis]) {}

  // `in` and `out` point to the first sample and the first result of the run.
  void apply(const S* in, T* out) const {
    for (const Band& band : table_.bands()) {
      const Range rows = {std::max(band.rows.first, patch_.rows.first),
                          std::min(band.rows.last, patch_.rows.last)};
      if (rows.first >= rows.last) continue;
      const auto own = static_cast<std::ptrdiff_t>(rows.first) + table_.own_sample() -
                       static_cast<std::ptrdiff_t>(patch_.origin);
      const auto skipped = static_cast<std::ptrdiff_t>(rows.first - patch_.rows.first);
      apply_band(band, rows,
                 {in + own * in_step_, in_step_, out + skipped * out_step_, out_step_,
                  rows.size(), columns_});
    }
  }

 private:
  void apply_band(const Band& band, Range rows, const kernels::Slab<S, T>& slab) const {
    if (band.taps == 0) return fill_zero(slab);
    if (has_ends(band)) return apply_ends(band, rows, slab);
    if (band.form != RowForm::paired) return apply_table(band, rows, slab);
    const kernels::PairedRow<T> row = {{table_.weights<T>(band, 0, 0), band.taps},
                                       RowTable::scale<T>(band)};
    // A few columns fill a register only together with those of the next row.
    constexpr std::size_t few_columns = 64;
    const auto width = static_cast<std::ptrdiff_t>(columns_);
    const bool is_dense = in_step_ == width && out_step_ == width;
    if (is_dense && columns_ < few_columns) return kernels::along(slab, row);
    kernels::across(slab, row);
  }

  void apply_table(const Band& band, Range rows, const kernels::Slab<S, T>& slab) const {
    boost::container::small_vector<RowTerm<S, T>, 8> terms;
    const std::span<const Tap> taps = table_.taps(band);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      const bool is_plain = band.form == RowForm::plain;
      terms.push_back({slab.in + taps[k].plus * in_step_,
                       is_plain ? nullptr : slab.in + taps[k].minus * in_step_,
                       table_.weights<T>(band, k, rows.first)});
    }
    const T scale = RowTable::scale<T>(band);
    if (rows.size() * columns_ == 1) {
      *slab.out = row_value<S, T>(terms, scale);
      return;
    }
    kernels::table(
        slab, {{terms.data(), terms.size()}, band.weight_stride == 0 ? 0 : 1, scale});
  }

  static void fill_zero(const kernels::Slab<S, T>& slab) {
    for (std::size_t i = 0; i < slab.rows; ++i) {
      std::fill_n(slab.out + static_cast<std::ptrdiff_t>(i) * slab.out_step, slab.columns,
                  T{0});
    }
  }

  // Rows that read a value beyond an end: few, so they take one sample at a time.
  void apply_ends(const Band& band, Range rows, const kernels::Slab<S, T>& slab) const {
    const std::span<const Tap> taps = table_.taps(band);
    boost::container::small_vector<RowTerm<S, T>, 8> terms(taps.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const S* row = slab.in + static_cast<std::ptrdiff_t>(i) * in_step_;
      T* out = slab.out + static_cast<std::ptrdiff_t>(i) * out_step_;
      for (std::size_t j = 0; j < columns_; ++j) {
        for (std::size_t k = 0; k < taps.size(); ++k) {
          const bool is_plain = band.form == RowForm::plain;
          terms[k] = {sample_or_end(row + j, taps[k].plus),
                      is_plain ? nullptr : sample_or_end(row + j, taps[k].minus),
                      table_.weights<T>(band, k, rows.first + i)};
        }
        out[j] = row_value<S, T>(terms, RowTable::scale<T>(band));
      }
    }
  }

  [[nodiscard]] const S* sample_or_end(const S* own, std::ptrdiff_t offset) const {
    if (offset == lower_end) return ends_.data();
    if (offset == upper_end) return ends_.data() + 1;
    return own + offset * in_step_;
  }

  [[nodiscard]] bool has_ends(const Band& band) const {
    return std::ranges::any_of(table_.taps(band), [](const Tap& tap) {
      return is_end(tap.plus) || is_end(tap.minus);
    });
  }

  const RowTable& table_;
  const Patch<S, T>& patch_;
  const std::array<S, 2>& ends_;
  std::size_t columns_;
  std::ptrdiff_t in_step_;
  std::ptrdiff_t out_step_;
};

// Calls `run` at every position of the dimensions below `end` other than the axis.
template <class S, class T>
void for_each_run(const Patch<S, T>& patch, std::size_t dimension, std::size_t end,
                  const RowRun<S, T>& run, const S* in, T* out) {
  if (dimension == end) return run.apply(in, out);
  const std::size_t count = dimension == patch.axis ? 1 : patch.extents[dimension];
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    for_each_run(patch, dimension + 1, end, run, in + at * patch.in_strides[dimension],
                 out + at * patch.out_strides[dimension]);
  }
}

}  // namespace

template <class S, class T>
void apply_rows(const RowTable& table, const Patch<S, T>& patch,
                const std::array<S, 2>& ends) {
  const RowRun<S, T> run(table, patch, ends);
  for_each_run(patch, 0, contiguous_run(patch).first, run, patch.in, patch.out);
}

template void apply_rows(const RowTable&, const Patch<float, float>&,
                         const std::array<float, 2>&);
template void apply_rows(const RowTable&, const Patch<double, double>&,
                         const std::array<double, 2>&);
template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&,
                         const std::array<std::int64_t, 2>&);

}  // namespace gridgrad

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

// The rows of one band in a patch: prepared once, applied to each run of columns.
template <class S, class T>
class BandRun {
 public:
  BandRun(const RowTable& table, const Band& band, const Patch<S, T>& patch,
          const std::array<S, 2>& ends)
      : table_(table),
        band_(band),
        ends_(ends),
        rows_{std::max(band.rows.first, patch.rows.first),
              std::min(band.rows.last, patch.rows.last)},
        columns_(contiguous_run(patch).columns),
        in_step_(patch.in_strides[patch.axis]),
        out_step_(patch.out_strides[patch.axis]),
        scale_(RowTable::scale<T>(band)) {
    if (is_empty()) return;
    const auto own = static_cast<std::ptrdiff_t>(rows_.first) + table.own_sample() -
                     static_cast<std::ptrdiff_t>(patch.origin);
    first_in_ = own * in_step_;
    first_out_ = static_cast<std::ptrdiff_t>(rows_.first - patch.rows.first) * out_step_;
    has_ends_ = std::ranges::any_of(table.taps(band), [](const Tap& tap) {
      return is_end(tap.plus) || is_end(tap.minus);
    });
  }

  [[nodiscard]] bool is_empty() const noexcept { return rows_.first >= rows_.last; }

  // `in` and `out` point to the first sample and the first result of the run.
  void apply(const S* in, T* out) const {
    in += first_in_;
    out += first_out_;
    if (has_ends_ || rows_.size() * columns_ == 1) return apply_singly(in, out);
    const kernels::Slab<S, T> slab = {in,        in_step_,     out,
                                      out_step_, rows_.size(), columns_};
    if (band_.taps == 0) return fill_zero(slab);
    if (band_.form != RowForm::paired) return apply_table(slab);
    apply_pairs(slab);
  }

 private:
  void apply_pairs(const kernels::Slab<S, T>& slab) const {
    const kernels::PairedRow<T> row = {{table_.weights<T>(band_, 0, 0), band_.taps},
                                       scale_};
    // A few columns fill a register only together with those of the next row.
    constexpr std::size_t few_columns = 64;
    const auto width = static_cast<std::ptrdiff_t>(columns_);
    const bool is_dense = in_step_ == width && out_step_ == width;
    if (is_dense && columns_ < few_columns) return kernels::along(slab, row);
    kernels::across(slab, row);
  }

  void apply_table(const kernels::Slab<S, T>& slab) const {
    boost::container::small_vector<RowTerm<S, T>, 8> terms;
    const std::span<const Tap> taps = table_.taps(band_);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      terms.push_back({slab.in + taps[k].plus * in_step_,
                       slab.in + taps[k].minus * in_step_,
                       table_.weights<T>(band_, k, rows_.first)});
    }
    const std::ptrdiff_t weight_step = band_.weight_stride == 0 ? 0 : 1;
    kernels::table(slab, {band_.form, {terms.data(), terms.size()}, weight_step, scale_});
  }

  static void fill_zero(const kernels::Slab<S, T>& slab) {
    for (std::size_t i = 0; i < slab.rows; ++i) {
      std::fill_n(slab.out + static_cast<std::ptrdiff_t>(i) * slab.out_step, slab.columns,
                  T{0});
    }
  }

  // Rows at the ends of lines, and rows that read a value beyond an end: few.
  void apply_singly(const S* in, T* out) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_; ++j) out[j] = row(in + j, rows_.first + i);
      in += in_step_;
      out += out_step_;
    }
  }

  // `own` points to the sample that offset 0 stands for.
  [[nodiscard]] T row(const S* own, std::size_t index) const {
    const std::span<const Tap> taps = table_.taps(band_);
    T sum = 0;
    for (std::size_t k = 0; k < taps.size(); ++k) {
      const RowTerm<S, T> at = {sample_or_end(own, taps[k].plus),
                                sample_or_end(own, taps[k].minus),
                                table_.weights<T>(band_, k, index)};
      const T term = term_value(band_.form, at);
      sum = k == 0 ? term : sum + term;
    }
    return scale_ * sum;
  }

  [[nodiscard]] const S* sample_or_end(const S* own, std::ptrdiff_t offset) const {
    if (offset == lower_end) return ends_.data();
    if (offset == upper_end) return ends_.data() + 1;
    return own + offset * in_step_;
  }

  const RowTable& table_;
  const Band& band_;
  const std::array<S, 2>& ends_;
  Range rows_;
  std::size_t columns_;
  std::ptrdiff_t in_step_;
  std::ptrdiff_t out_step_;
  T scale_;
  std::ptrdiff_t first_in_ = 0;
  std::ptrdiff_t first_out_ = 0;
  bool has_ends_ = false;
};

template <class S, class T>
using BandRuns = boost::container::small_vector<BandRun<S, T>, 4>;

// Applies the bands at every position of the dimensions below `end` other than the axis.
template <class S, class T>
void for_each_run(const Patch<S, T>& patch, std::size_t dimension, std::size_t end,
                  const BandRuns<S, T>& bands, const S* in, T* out) {
  if (dimension == end) {
    for (const BandRun<S, T>& band : bands) band.apply(in, out);
    return;
  }
  const std::size_t count = dimension == patch.axis ? 1 : patch.extents[dimension];
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    for_each_run(patch, dimension + 1, end, bands, in + at * patch.in_strides[dimension],
                 out + at * patch.out_strides[dimension]);
  }
}

}  // namespace

template <class S, class T>
void apply_rows(const RowTable& table, const Patch<S, T>& patch,
                const std::array<S, 2>& ends) {
  BandRuns<S, T> bands;
  for (const Band& band : table.bands()) {
    const BandRun<S, T> run(table, band, patch, ends);
    if (!run.is_empty()) bands.push_back(run);
  }
  for_each_run(patch, 0, contiguous_run(patch).first, bands, patch.in, patch.out);
}

template void apply_rows(const RowTable&, const Patch<float, float>&,
                         const std::array<float, 2>&);
template void apply_rows(const RowTable&, const Patch<double, double>&,
                         const std::array<double, 2>&);
template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&,
                         const std::array<std::int64_t, 2>&);

}  // namespace gridgrad

// band_run.hpp: the rows of one band, prepared once and applied to many runs of columns
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "apply_rows.hpp"
#include "kernels/across.hpp"
#include "kernels/along.hpp"
#include "kernels/table.hpp"

namespace gridgrad {

// A run of columns in memory: its first sample and result, and what is known at the ends
// of its lines.
template <class S, class T>
struct ColumnRun {
  const S* in;
  T* out;
  std::array<const S*, 2> ends;
};

// Rows that stand next to each other: their samples from the lowest that the first row
// reads, and their results.
template <class S, class T>
struct RowRun {
  Range rows;
  const S* in;  // the own sample of the first row
  std::ptrdiff_t in_step;
  T* out;
  std::ptrdiff_t out_step;
  std::size_t columns;
  const S* slope;  // of as many columns, where a row needs it; then `zeros` too
  const S* zeros;
};

template <class S, class T>
class BandRun {
 public:
  BandRun(const RowTable& table, const Band& band, const Patch<S, T>& patch,
          std::size_t columns)
      : table_(table),
        band_(band),
        patch_(patch),
        rows_{std::max(band.rows.first, patch.rows.first),
              std::min(band.rows.last, patch.rows.last)},
        columns_(columns),
        in_step_(patch.in_strides[patch.axis]),
        out_step_(patch.out_strides[patch.axis]),
        scale_(RowTable::scale<T>(band)),
        divisor_(RowTable::divisor<T>(band)) {
    if (band.taps > 0 && is_slope(table.taps(band).back())) {
      slope_end_ = table.taps(band).back().plus == lower_slope ? 0 : 1;
    }
    const auto extent = static_cast<std::ptrdiff_t>(table.extent());
    inner_ = {row_of(-band.lowest), row_of(extent - band.highest)};
    // Taps of a transpose are relative to no row.
    const Extension& beyond = table.extension();
    const bool has_ghosts = beyond.extends_lower() || beyond.extends_upper();
    if (band.form == RowForm::plain && !has_ghosts) inner_ = rows_;
    if (slope_end_ || inner_.last < inner_.first) inner_ = {rows_.first, rows_.first};
  }

  // Rows below, within and above those whose samples all lie within the line.
  void apply(const ColumnRun<S, T>& run) const {
    extended(run, {rows_.first, inner_.first});
    within(run);
    extended(run, {inner_.last, rows_.last});
  }

  // The rows whose samples all lie within the line, if lines that lie next to each other
  // can be computed as one.
  [[nodiscard]] Range shared_rows() const {
    constexpr std::size_t most_weights = std::size_t{8} << 10;
    const std::size_t weights =
        band_.weight_stride == 0 ? 0 : patch_.rows.size() * columns_ * band_.taps;
    const bool is_shared = band_.taps > 0 && !slope_end_ && weights <= most_weights;
    return is_shared ? inner_ : Range{rows_.first, rows_.first};
  }

  // The weights of the terms of a line, column by column and again from its beginning, as
  // kernels::table takes them, those of a term after those of the one before; empty if
  // the rows share theirs. What is computed at the ends by itself has weight 1.
  [[nodiscard]] std::vector<T> recurring_weights() const {
    if (band_.weight_stride == 0) return {};
    const std::size_t line = patch_.rows.size() * columns_;
    const std::size_t length = line + kernels::end_margin;
    std::vector<T> weights(band_.taps * length, T{1});
    for (std::size_t k = 0; k < band_.taps; ++k) {
      T* const to = weights.data() + k * length;
      const T* from = table_.weights<T>(band_, k, inner_.first);
      for (std::size_t row = inner_.first; row < inner_.last; ++row) {
        std::fill_n(to + (row - patch_.rows.first) * columns_, columns_, *from++);
      }
      for (std::size_t p = 0; p < kernels::end_margin; ++p) to[line + p] = to[p];
    }
    return weights;
  }

  // The shared rows of lines that lie next to each other.
  void apply_lines(const ColumnRun<S, T>& first, std::size_t lines,
                   std::span<const T> recurring, const kernels::LineEnds<T>& ends) const {
    const auto columns = static_cast<std::ptrdiff_t>(columns_);
    const std::size_t rows = lines * patch_.rows.size();
    kernels::Slab<S, T> slab = {first.in, columns,  first.out,    columns,
                                rows,     columns_, patch_.stores};
    const bool is_paired =
        band_.form == RowForm::paired_odd || band_.form == RowForm::paired_even;
    if (is_paired) return kernels::along(slab, paired_row(), ends);
    slab.rows = 1;
    slab.columns = rows * columns_;
    boost::container::small_vector<RowTerm<S, T>, 8> terms;
    collect({inner_, first.in, columns, first.out, columns, columns_, nullptr, nullptr},
            terms);
    if (recurring.empty()) return kernels::table(slab, term_row(terms, 0), ends);
    const T* weights = recurring.data();
    for (RowTerm<S, T>& term : terms) {
      term.weight = weights;
      weights += recurring.size() / terms.size();
    }
    kernels::table(slab, term_row(terms, 1), ends);
  }

 private:
  static constexpr std::size_t most_buffered = 4096;

  // The row whose own sample is `sample`, or the nearest of this band's.
  [[nodiscard]] std::size_t row_of(std::ptrdiff_t sample) const {
    return static_cast<std::size_t>(std::clamp(sample - table_.own_sample(),
                                               static_cast<std::ptrdiff_t>(rows_.first),
                                               static_cast<std::ptrdiff_t>(rows_.last)));
  }

  [[nodiscard]] std::ptrdiff_t own_sample(std::size_t row) const {
    return static_cast<std::ptrdiff_t>(row) + table_.own_sample();
  }

  [[nodiscard]] T* result(const ColumnRun<S, T>& run, std::size_t row) const {
    return run.out + static_cast<std::ptrdiff_t>(row - patch_.rows.first) * out_step_;
  }

  void within(const ColumnRun<S, T>& run) const {
    if (inner_.size() == 0) return;
    T* const out = result(run, inner_.first);
    if (band_.taps == 0) return fill_zero(out);
    if (band_.form == RowForm::plain) return plain(run, out);
    const auto lowest = static_cast<std::size_t>(own_sample(inner_.first) + band_.lowest);
    const S* const in = run.in + (patch_.held.place(lowest) - band_.lowest) * in_step_;
    compute({inner_, in, in_step_, out, out_step_, columns_, nullptr, nullptr});
  }

  // The taps of a transpose may lie in different ranges of the samples held.
  void plain(const ColumnRun<S, T>& run, T* out) const {
    boost::container::small_vector<RowTerm<S, T>, 8> terms;
    const std::span<const Tap> taps = table_.taps(band_);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      const auto sample =
          static_cast<std::size_t>(own_sample(inner_.first) + taps[k].plus);
      const S* const plus = run.in + patch_.held.place(sample) * in_step_;
      terms.push_back({plus, plus, plus, table_.weights<T>(band_, k, inner_.first)});
    }
    table({inner_, run.in, in_step_, out, out_step_, columns_, nullptr, nullptr}, terms);
  }

  void extended(const ColumnRun<S, T>& run, Range rows) const {
    if (rows.size() > 0) write_extended(run, rows);
  }

  // Rows that read beyond an end, or a slope: the extended lines are written out next to
  // each other, some columns at a time.
  [[gnu::noinline]] void write_extended(const ColumnRun<S, T>& run, Range rows) const {
    const std::ptrdiff_t first = own_sample(rows.first) + band_.lowest;
    const std::ptrdiff_t last = own_sample(rows.last) + band_.highest;
    constexpr std::size_t slope_and_zeros = 2;
    const std::size_t lines = static_cast<std::size_t>(last - first) + slope_and_zeros;
    std::array<S, most_buffered> buffer;  // uninitialised on purpose
    // An even number, so that the parts of complex numbers stay together.
    const std::size_t width =
        std::min(columns_, std::max<std::size_t>(most_buffered / lines / 2 * 2, 1));
    for (std::size_t column = 0; column < columns_; column += width) {
      const std::size_t count = std::min(width, columns_ - column);
      S* line = buffer.data();
      for (std::ptrdiff_t v = first; v < last; ++v, line += count) {
        write_line(run, v, {column, column + count}, line);
      }
      if (slope_end_) write_known(run, *slope_end_, {column, column + count}, line);
      std::fill_n(line + count, count, S{0});
      compute({rows, buffer.data() - band_.lowest * static_cast<std::ptrdiff_t>(count),
               static_cast<std::ptrdiff_t>(count), result(run, rows.first) + column,
               out_step_, count, line, line + count});
    }
  }

  // Sample v of the extended line.
  void write_line(const ColumnRun<S, T>& run, std::ptrdiff_t v, Range columns,
                  S* line) const {
    const Ghost ghost = table_.extension().at(v);
    if (ghost.rule == GhostRule::known) {
      return write_known(run, v < 0 ? 0 : 1, columns, line);
    }
    const S* const from = sample(run, ghost.sample) + columns.first;
    if (ghost.rule == GhostRule::copied) {
      std::copy_n(from, columns.size(), line);
    } else if (ghost.rule == GhostRule::negated) {
      std::transform(from, from + columns.size(), line, [](S f) { return -f; });
    } else {
      const S* const end = sample(run, ghost.end) + columns.first;
      std::transform(from, from + columns.size(), end, line,
                     [](S f, S at_end) { return 2 * at_end - f; });
    }
  }

  [[nodiscard]] const S* sample(const ColumnRun<S, T>& run, std::size_t sample) const {
    return run.in + patch_.held.place(sample) * in_step_;
  }

  void write_known(const ColumnRun<S, T>& run, std::size_t end, Range columns,
                   S* line) const {
    const std::size_t repeat = patch_.ends[end].repeat;
    for (std::size_t j = columns.first; j < columns.last; ++j) {
      *line++ = run.ends[end][repeat == 0 ? j : j % repeat];
    }
  }

  void compute(const RowRun<S, T>& run) const {
    if (run.rows.size() * run.columns == 1) return single(run);
    const bool is_paired =
        band_.form == RowForm::paired_odd || band_.form == RowForm::paired_even;
    if (is_paired) return pairs(run);
    boost::container::small_vector<RowTerm<S, T>, 8> terms;
    collect(run, terms);
    table(run, terms);
  }

  void pairs(const RowRun<S, T>& run) const {
    const kernels::Slab<S, T> slab = slab_of(run);
    // Rows that follow each other without a gap are one long row, whose samples are still
    // in the first-level cache when the rows on their other side need them.
    constexpr std::size_t most_read = std::size_t{16} << 10;
    const auto width = static_cast<std::ptrdiff_t>(run.columns);
    const bool is_dense = run.in_step == width && run.out_step == width;
    const std::size_t read = (2 * band_.taps + 1) * run.columns * sizeof(S);
    if (is_dense && read <= most_read) return kernels::along(slab, paired_row());
    kernels::across(slab, paired_row());
  }

  [[nodiscard]] kernels::PairedRow<T> paired_row() const {
    return {band_.form, {table_.weights<T>(band_, 0, 0), band_.taps}, scale_, divisor_};
  }

  template <class Terms>
  void collect(const RowRun<S, T>& run, Terms& terms) const {
    const std::span<const Tap> taps = table_.taps(band_);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      terms.push_back(term_of(run, k, taps[k]));
    }
  }

  [[nodiscard]] RowTerm<S, T> term_of(const RowRun<S, T>& run, std::size_t k,
                                      const Tap& tap) const {
    const T* const weight = table_.weights<T>(band_, k, run.rows.first);
    if (is_slope(tap)) return {run.slope, run.zeros, run.zeros, weight};
    return {run.in + tap.plus * run.in_step, run.in + tap.minus * run.in_step, run.in,
            weight};
  }

  template <class Terms>
  void table(const RowRun<S, T>& run, const Terms& terms) const {
    kernels::table(slab_of(run), term_row(terms, band_.weight_stride == 0 ? 0 : 1));
  }

  template <class Terms>
  [[nodiscard]] kernels::TermRow<S, T> term_row(const Terms& terms,
                                                std::ptrdiff_t weight_step) const {
    return {band_.form,       {terms.data(), terms.size()},
            weight_step,      scale_,
            band_.leaves_out, divisor_};
  }

  // One result: the overhead of a kernel would cost more than its arithmetic.
  void single(const RowRun<S, T>& run) const {
    const std::span<const Tap> taps = table_.taps(band_);
    T sum = 0;
    for (std::size_t k = 0; k < taps.size(); ++k) {
      const T value = term_value(band_.form, term_of(run, k, taps[k]), band_.leaves_out);
      sum = k == 0 ? value : sum + value;
    }
    *run.out = scaled_sum(sum, scale_, divisor_);
  }

  [[nodiscard]] kernels::Slab<S, T> slab_of(const RowRun<S, T>& run) const {
    const auto width = static_cast<std::ptrdiff_t>(run.columns);
    const std::size_t length =
        run.out_step == width ? run.rows.size() * run.columns : run.columns;
    return {run.in,
            run.in_step,
            run.out,
            run.out_step,
            run.rows.size(),
            run.columns,
            stores(run.out, length)};
  }

  // Stretches of results are streamed if they are whole cache lines, or so many that
  // parts of lines at their ends do not count.
  [[nodiscard]] kernels::Stores stores(const T* out, std::size_t length) const {
    constexpr std::size_t line = 64;
    constexpr std::size_t many = std::size_t{16} << 10;
    const std::size_t bytes = length * sizeof(T);
    const bool is_whole =
        (reinterpret_cast<std::uintptr_t>(out) % line | bytes % line) == 0;
    return is_whole || bytes >= many ? patch_.stores : kernels::Stores::ordinary;
  }

  void fill_zero(T* out) const {
    for (std::size_t i = 0; i < inner_.size(); ++i) {
      std::fill_n(out + static_cast<std::ptrdiff_t>(i) * out_step_, columns_, T{0});
    }
  }

  const RowTable& table_;
  const Band& band_;
  const Patch<S, T>& patch_;
  Range rows_;
  Range inner_;
  std::size_t columns_;
  std::ptrdiff_t in_step_;
  std::ptrdiff_t out_step_;
  T scale_;
  std::optional<T> divisor_;
  std::optional<std::size_t> slope_end_;
};

}  // namespace gridgrad

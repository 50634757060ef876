// fused_lines.hpp: lines of results whose rows are combined in registers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "box_frame.hpp"
#include "fused_rows.hpp"
#include "kernels/combine.hpp"
#include "line_writer.hpp"
#include "ranges.hpp"
#include "row_form.hpp"
#include "tiling.hpp"

namespace gridgrad {

// Memory of one thread, kept from box to box.
template <class T>
struct LineScratch {
  typename FusedRows<T>::Storage products;
  std::vector<std::vector<T>> values;  // of each summand, in one column
  std::vector<T> column;
  std::vector<T> buffer;  // of results on their way to memory
  std::vector<T> gaps;    // between the fused parts of lines in one run
};

// Results at the columns of a region before those that are fused, and behind them; line
// after line.
template <class T>
struct LineEnds {
  const T* below;
  const T* above;
};

// The results of a formula in the lines of a region.
template <class T>
class FusedLines {
 public:
  FusedLines(const FusedRows<T>& rows, kernels::Stores stores, LineScratch<T>& scratch)
      : rows_(rows), frame_(rows.frame()), stores_(stores), scratch_(scratch) {}

  // All columns of a region, dense, one after the other: for a few of many lines.
  // Precondition: rows read samples within the line there.
  void compute_columns(const Region& region, T* out) const {
    const std::size_t fastest = frame_.fastest();
    const std::size_t width = region[fastest].size() * frame_.parts();
    for_each_run(region, all_lines,
                 [&](std::span<std::size_t> sample, std::size_t lines) {
                   const std::size_t first = sample[fastest];
                   for (std::size_t column = 0; column < width; ++column) {
                     sample[fastest] = first + column / frame_.parts();
                     compute_column(sample, column % frame_.parts(), lines);
                     for (std::size_t i = 0; i < lines; ++i) {
                       out[i * width + column] = scratch_.column[i];
                     }
                   }
                   out += lines * width;
                 });
  }

  // Lines of a region to where they belong, fused at `columns`.
  void write(const Region& region, Range columns, const BoxBlock& to,
             LineEnds<T> ends) const {
    const std::size_t parts = frame_.parts();
    const Range all = region[frame_.fastest()];
    const LineShape shape = {(columns.first - all.first) * parts, columns.size() * parts,
                             (all.last - columns.last) * parts};
    LineWriter<T> writer(stores_, scratch_.buffer);
    const std::size_t most = rows_.joins_lines(all, to.strides) ? all_lines : 1;
    for_each_run(region, most, [&](std::span<std::size_t> sample, std::size_t lines) {
      std::ptrdiff_t offset = 0;
      for (std::size_t axis = 0; axis < sample.size(); ++axis) {
        offset += static_cast<std::ptrdiff_t>(sample[axis] - region[axis].first) *
                  to.strides[axis] * static_cast<std::ptrdiff_t>(parts);
      }
      T* const out = reinterpret_cast<T*>(to.first) + offset;
      sample[frame_.fastest()] = columns.first;
      const Products products = rows_.at(sample, scratch_.products);
      if (lines > 1) {
        write_run(products, {out, lines}, shape, ends);
      } else {
        write_line(products, out, shape, {ends, writer});
      }
    });
    writer.flush();
  }

 private:
  using Products = std::span<const kernels::RowProduct<T>>;

  static constexpr std::size_t all_lines = std::numeric_limits<std::size_t>::max();

  // Of a line: the numbers before those that are fused, these, and those behind them.
  struct LineShape {
    std::size_t below;
    std::size_t fused;
    std::size_t above;

    [[nodiscard]] std::size_t length() const { return below + fused + above; }
  };

  // Lines that follow each other in memory.
  struct Lines {
    T* out;
    std::size_t count;
  };

  // How one line is written.
  struct OneByOne {
    LineEnds<T>& ends;
    LineWriter<T>& writer;
  };

  // Calls f(sample, lines) for the lines of a region in the order of memory, for as many
  // at a time as are one run, `most` at most; `sample` is the first of the first of them,
  // and may be changed along the fastest axis.
  template <class F>
  void for_each_run(const Region& region, std::size_t most, const F& f) const {
    const std::size_t rank = frame_.rank();
    const bool has_lines = rank > 1;
    const std::size_t axis = frame_.order()[has_lines ? rank - 2 : 0];
    const Range fastest = region[frame_.fastest()];
    const std::size_t length = fastest.size() * frame_.parts();
    PerDimension<std::size_t> sample(rank);
    const auto lines_from = [&](std::span<const std::size_t> index, std::size_t count) {
      for (std::size_t d = 0; d < rank; ++d) {
        sample[frame_.order()[d]] = region[frame_.order()[d]].first + index[d];
      }
      for (std::size_t left = count / length; left > 0;) {
        const std::size_t lines = rows_.lines_in_run(sample, std::min(left, most));
        f(std::span<std::size_t>(sample), lines);
        sample[frame_.fastest()] = fastest.first;
        sample[axis] += lines;
        left -= lines;
      }
    };
    frame_.for_each_run(region, frame_.parts() + (has_lines ? 1 : 0), lines_from);
  }

  // One column of lines in a run, of complex numbers one part of it.
  void compute_column(std::span<const std::size_t> sample, std::size_t part,
                      std::size_t lines) const {
    const T one = 1;
    const Products products = rows_.at(sample, scratch_.products);
    boost::container::small_vector<RowTerm<T, T>, 8> terms;
    boost::container::small_vector<kernels::RowProduct<T>, 8> values;
    for (std::size_t k = 0; k < products.size(); ++k) {
      scratch_.values[k].resize(lines);
      rows_.compute_column(products[k], part, scratch_.values[k]);
      const T* const first = scratch_.values[k].data();
      terms.push_back({first, first, first, &one});
    }
    for (const RowTerm<T, T>& term : terms) {
      values.push_back({RowForm::plain, {&term, 1}, 0, one, &one, 0, nullptr});
    }
    scratch_.column.resize(lines);
    compute_line<T>(rows_.combination(), {values.data(), values.size()},
                    {scratch_.column.data(), lines}, kernels::Stores::ordinary);
  }

  void write_line(Products products, T* out, const LineShape& shape,
                  const OneByOne& how) const {
    if (shape.fused == shape.length()) {
      return compute_line<T>(rows_.combination(), products, {out, shape.fused},
                             stores_for(stores_, out, shape.fused));
    }
    T* const line = how.writer.next(out, shape.length());
    T* const above = line + shape.below + shape.fused;
    compute_line<T>(rows_.combination(), products, {line + shape.below, shape.fused},
                    kernels::Stores::ordinary);
    std::copy_n(how.ends.below, shape.below, line);
    std::copy_n(how.ends.above, shape.above, above);
    how.ends.below += shape.below;
    how.ends.above += shape.above;
  }

  // From the first fused number of the first line to the last one of the last.
  void write_run(Products products, const Lines& lines, const LineShape& shape,
                 LineEnds<T>& ends) const {
    const std::size_t count = (lines.count - 1) * shape.length() + shape.fused;
    const std::size_t width = shape.above + shape.below;
    T* const first = lines.out + shape.below;
    std::copy_n(ends.below, shape.below, lines.out);
    ends.below += shape.below;
    scratch_.gaps.resize((lines.count - 1) * width);
    T* gap = scratch_.gaps.data();
    for (std::size_t k = 1; k < lines.count; ++k) {
      gap = std::copy_n(ends.above, shape.above, gap);
      gap = std::copy_n(ends.below, shape.below, gap);
      ends.above += shape.above;
      ends.below += shape.below;
    }
    kernels::Gaps<T> gaps;
    if (width > 0) gaps = {shape.fused, width, shape.length(), scratch_.gaps.data()};
    compute_line<T>(rows_.combination(), products, {first, count, gaps},
                    stores_for(stores_, first, count));
    std::copy_n(ends.above, shape.above, first + count);
    ends.above += shape.above;
  }

  const FusedRows<T>& rows_;
  const BoxFrame& frame_;
  kernels::Stores stores_;
  LineScratch<T>& scratch_;
};

}  // namespace gridgrad

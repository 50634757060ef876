// line_end_rows.hpp: rows at one end of many lines, computed side by side
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>

#include "apply_rows.hpp"
#include "band_run.hpp"

namespace gridgrad {

// What a patch steps to along a dimension other than its axis.
template <class S>
const S* advanced(const EndSamples<S>& end, const S* at, std::size_t dimension,
                  std::size_t index) {
  if (end.repeat != 0) return at;
  return at + static_cast<std::ptrdiff_t>(index) * end.strides[dimension];
}
template <class S, class T>
ColumnRun<S, T> advanced(const Patch<S, T>& patch, const ColumnRun<S, T>& at,
                         std::size_t dimension, std::size_t index) {
  const auto steps = static_cast<std::ptrdiff_t>(index);
  return {at.in + steps * patch.in_strides[dimension],
          at.out + steps * patch.out_strides[dimension],
          {advanced(patch.ends[0], at.ends[0], dimension, index),
           advanced(patch.ends[1], at.ends[1], dimension, index)}};
}

// Lines follow each other along the dimension before the axis of `patch`. Copies what
// some rows of a batch of lines read, and applies them to the copies: one result after
// the other would cost more than what lies between the ends.
template <class S, class T>
class LineEndRows {
 public:
  // Samples, and results, of a batch.
  static constexpr std::size_t most = 1024;

  // `columns` of a line, `batch` lines at most. Precondition: so many fit.
  LineEndRows(const RowTable& table, const Patch<S, T>& patch, Range rows,
              std::size_t columns, std::size_t batch)
      : patch_(patch),
        held_(table.support(rows)),
        width_(columns * batch),
        columns_(columns),
        strides_{static_cast<std::ptrdiff_t>(width_), 1},
        extents_{rows.size(), width_},
        ends_{beside(0), beside(1)},
        beside_{samples_.data(), strides_, results_.data(),
                strides_,        extents_, 0,
                held_,           rows,     ends_} {
    for (const Band& band : table.bands(rows)) {
      bands_.emplace_back(table, band, beside_, width_);
    }
  }
  LineEndRows(const LineEndRows&) = delete;
  LineEndRows& operator=(const LineEndRows&) = delete;

  // Writes the results of each line one after the other, those of lines `apart` apart.
  void compute(const ColumnRun<S, T>& first, Range lines, T* to, std::size_t apart) {
    if (beside_.rows.size() == 0 || lines.size() == 0) return;
    gather_samples(first, lines);
    gather_known(first, lines);
    const ColumnRun<S, T> run = {
        samples_.data(), results_.data(), {ends_[0].values, ends_[1].values}};
    for (const BandRun<S, T>& band : bands_) band.apply(run);
    for (std::size_t i = 0; i < beside_.rows.size(); ++i) {
      const T* from = results_.data() + i * width_;
      for (std::size_t line = 0; line < lines.size(); ++line) {
        from = copied(from, to + line * apart + i * columns_);
      }
    }
  }

  // Asks for the samples of some lines ahead of time.
  void prefetch(const ColumnRun<S, T>& first, Range lines) const {
    for (std::size_t line = lines.first; line < lines.last; ++line) {
      const S* const in = line_at(first, line);
      for (const Range& range : held_.ranges()) {
        __builtin_prefetch(in + place(range.first));
        __builtin_prefetch(in + place(range.last - 1) + columns_ - 1);
      }
    }
  }

 private:
  [[nodiscard]] const S* line_at(const ColumnRun<S, T>& first, std::size_t line) const {
    return first.in +
           static_cast<std::ptrdiff_t>(line) * patch_.in_strides[patch_.axis - 1];
  }
  [[nodiscard]] std::ptrdiff_t place(std::size_t sample) const {
    return patch_.held.place(sample) * patch_.in_strides[patch_.axis];
  }

  // Of one line; returns what follows the samples read.
  template <class U>
  const U* copied(const U* from, U* to) const {
    for (std::size_t c = 0; c < columns_; ++c) to[c] = from[c];
    return from + columns_;
  }

  void gather_samples(const ColumnRun<S, T>& first, Range lines) {
    S* to = samples_.data();
    for (const Range& range : held_.ranges()) {
      for (std::size_t sample = range.first; sample < range.last;
           ++sample, to += width_) {
        gather_sample(first, lines, place(sample), to);
      }
    }
  }
  void gather_sample(const ColumnRun<S, T>& first, Range lines, std::ptrdiff_t at,
                     S* to) {
    for (std::size_t line = lines.first; line < lines.last; ++line, to += columns_) {
      copied(line_at(first, line) + at, to);
    }
  }

  void gather_known(const ColumnRun<S, T>& first, Range lines) {
    for (std::size_t end = 0; end < ends_.size(); ++end) {
      if (ends_[end].repeat != 0) continue;
      S* to = known_[end].data();
      for (std::size_t line = lines.first; line < lines.last; ++line, to += columns_) {
        copied(advanced(patch_.ends[end], first.ends[end], patch_.axis - 1, line), to);
      }
    }
  }

  // What is known at an end, where there is a number per line, of the lines of a batch.
  EndSamples<S> beside(std::size_t end) {
    if (patch_.ends[end].repeat != 0) return patch_.ends[end];
    return {known_[end].data(), {0, 1}, 0};
  }

  const Patch<S, T>& patch_;
  SampleRanges held_;
  std::size_t width_;
  std::size_t columns_;
  std::array<std::ptrdiff_t, 2> strides_;
  std::array<std::size_t, 2> extents_;
  // Uninitialised on purpose.
  std::array<S, most> samples_;
  std::array<T, most> results_;
  std::array<std::array<S, most>, 2> known_;
  std::array<EndSamples<S>, 2> ends_;
  Patch<S, T> beside_;
  boost::container::small_vector<BandRun<S, T>, 4> bands_;
};

}  // namespace gridgrad

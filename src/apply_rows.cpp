// apply_rows.cpp: every band of rows on every run of columns of a block
//
// SPDX-License-Identifier: BSD-3-Clause

#include "apply_rows.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <vector>

#include "band_run.hpp"
#include "line_end_rows.hpp"

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

// No heap up to accuracy 14: two ends of seven rows each, and what lies between.
template <class S, class T>
using BandRuns = boost::container::small_vector<BandRun<S, T>, 15>;

// The band whose rows are computed along lines that lie next to each other as if these
// were one; null if there is none.
template <class S, class T>
const BandRun<S, T>* band_of_lines(const RowTable& table, const Patch<S, T>& patch,
                                   const Run& run, const BandRuns<S, T>& bands) {
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
  // What is held may be other samples than those of the rows: transposes need not read
  // their own.
  const auto own = static_cast<std::ptrdiff_t>(patch.rows.first) + table.own_sample();
  const bool are_own =
      own >= 0 && patch.held.contains({static_cast<std::size_t>(own),
                                       static_cast<std::size_t>(own) + rows});
  if (!is_dense || !are_own) return nullptr;
  const auto widest = std::ranges::max_element(
      bands, {}, [](const BandRun<S, T>& band) { return band.shared_rows().size(); });
  if (widest == bands.end() || widest->shared_rows().size() == 0) return nullptr;
  return &*widest;
}

// Lines that lie next to each other, computed as one; their ends, those of a batch of
// lines at a time, by themselves.
template <class S, class T>
class Lines {
 public:
  Lines(const RowTable& table, const Patch<S, T>& patch, const BandRun<S, T>& middle,
        std::size_t columns)
      : middle_(middle),
        recurring_(middle.recurring_weights()),
        count_(patch.extents[patch.axis - 1]),
        line_(patch.rows.size() * columns),
        before_((middle.shared_rows().first - patch.rows.first) * columns),
        after_((patch.rows.last - middle.shared_rows().last) * columns),
        batch_(batch_of(table, patch, middle.shared_rows(), columns)),
        below_(table, patch, {patch.rows.first, middle.shared_rows().first}, columns,
               batch_),
        above_(table, patch, {middle.shared_rows().last, patch.rows.last}, columns,
               batch_) {}

  // Whether the ends of one line fit.
  [[nodiscard]] static bool fit(const RowTable& table, const Patch<S, T>& patch,
                                Range shared, std::size_t columns) {
    return most_of(table, patch, shared) * columns <= most;
  }

  void compute(const ColumnRun<S, T>& first) {
    first_ = first;
    computed_ = {0, 0};
    middle_.apply_lines(first, count_, recurring_,
                        {values_before, this, before_, after_, line_});
  }

 private:
  static constexpr std::size_t most = LineEndRows<S, T>::most;

  // Samples or results between two lines.
  static std::size_t most_of(const RowTable& table, const Patch<S, T>& patch,
                             Range shared) {
    const Range below = {patch.rows.first, shared.first};
    const Range above = {shared.last, patch.rows.last};
    return std::max({table.support(below).size(), table.support(above).size(),
                     below.size() + above.size()});
  }

  // So many lines that their ends cost little, so few that what was read of them is still
  // in the first-level cache when they are met again.
  static std::size_t batch_of(const RowTable& table, const Patch<S, T>& patch,
                              Range shared, std::size_t columns) {
    constexpr std::size_t bytes = std::size_t{32} << 10;
    constexpr std::size_t fewest = 4;
    const std::size_t ahead = bytes / (patch.rows.size() * columns * sizeof(S));
    const std::size_t at_ends =
        std::max<std::size_t>(most_of(table, patch, shared), 1);  // rows may have none
    const std::size_t fitting = most / (at_ends * columns);
    return std::clamp<std::size_t>(std::max(ahead, fewest), 1, fitting);
  }

  static const T* values_before(void* context, std::size_t boundary) {
    auto& lines = *static_cast<Lines*>(context);
    const bool is_there =
        boundary >= lines.computed_.first && boundary < lines.computed_.last;
    if (!is_there) lines.compute_from(boundary);
    return lines.values_.data() + kernels::end_margin +
           (boundary - lines.computed_.first) * (lines.before_ + lines.after_);
  }

  // The ends on both sides of a batch of boundaries; boundary b is that before line b.
  void compute_from(std::size_t boundary) {
    computed_ = {boundary, std::min(boundary + batch_, count_ + 1)};
    T* const values = values_.data() + kernels::end_margin;
    const std::size_t apart = before_ + after_;
    const std::size_t first_above = std::max<std::size_t>(boundary, 1);
    above_.compute(first_, {first_above - 1, computed_.last - 1},
                   values + (first_above - boundary) * apart, apart);
    below_.compute(first_, {boundary, std::min(computed_.last, count_)}, values + after_,
                   apart);
    const Range next = {std::min(computed_.last, count_),
                        std::min(computed_.last + batch_, count_)};
    above_.prefetch(first_, next);
    below_.prefetch(first_, next);
  }

  const BandRun<S, T>& middle_;
  std::vector<T> recurring_;
  std::size_t count_;
  std::size_t line_;  // results
  std::size_t before_;
  std::size_t after_;
  std::size_t batch_;  // lines
  LineEndRows<S, T> below_;
  LineEndRows<S, T> above_;
  ColumnRun<S, T> first_ = {};
  Range computed_;                                        // boundaries
  std::array<T, most + 2 * kernels::end_margin> values_;  // uninitialised on purpose
};

// Applies the bands at every position of the dimensions below `end` other than the axis;
// `lines` may be null.
template <class S, class T>
void for_each_run(const Patch<S, T>& patch, std::size_t dimension, const Run& run,
                  const BandRuns<S, T>& bands, Lines<S, T>* lines,
                  const ColumnRun<S, T>& at) {
  if (dimension == run.first) {
    for (const BandRun<S, T>& band : bands) band.apply(at);
    return;
  }
  if (lines != nullptr && dimension + 1 == patch.axis) return lines->compute(at);
  const std::size_t count = dimension == patch.axis ? 1 : patch.extents[dimension];
  for (std::size_t i = 0; i < count; ++i) {
    for_each_run(patch, dimension + 1, run, bands, lines,
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
  const ColumnRun<S, T> first = {
      patch.in, patch.out, {patch.ends[0].values, patch.ends[1].values}};
  const BandRun<S, T>* const middle = band_of_lines(table, patch, run, bands);
  if (middle != nullptr &&
      Lines<S, T>::fit(table, patch, middle->shared_rows(), run.columns)) {
    Lines<S, T> lines(table, patch, *middle, run.columns);
    return for_each_run(patch, 0, run, bands, &lines, first);
  }
  for_each_run<S, T>(patch, 0, run, bands, nullptr, first);
}

template void apply_rows(const RowTable&, const Patch<float, float>&);
template void apply_rows(const RowTable&, const Patch<double, double>&);
template void apply_rows(const RowTable&, const Patch<std::int64_t, double>&);

}  // namespace gridgrad

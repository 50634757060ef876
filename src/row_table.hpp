// row_table.hpp: the rows behind a Difference
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>

#include "extension.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/scheme.hpp"
#include "ranges.hpp"
#include "row_form.hpp"
#include "weights.hpp"

namespace gridgrad {

class Candidates;

// Which samples of the extended line a term of a row reads, relative to the row's own
// (where the row lies between samples, to one of the two next to it). A
// slope known at an end stands in a tap of its own, as `plus`.
struct Tap {
  std::ptrdiff_t plus;
  std::ptrdiff_t minus;  // not read in plain rows

  friend bool operator==(const Tap&, const Tap&) = default;
};
inline constexpr std::ptrdiff_t lower_slope = std::numeric_limits<std::ptrdiff_t>::min();
inline constexpr std::ptrdiff_t upper_slope = std::numeric_limits<std::ptrdiff_t>::max();
[[nodiscard]] constexpr bool is_slope(const Tap& tap) noexcept {
  return tap.plus == lower_slope || tap.plus == upper_slope;
}

// Consecutive rows of one form that read the same samples relative to their own.
struct Band {
  Range rows;
  RowForm form;
  int accuracy;
  Rounded scale;
  std::optional<Rounded> divisor;
  std::size_t first_tap;
  std::size_t taps;
  std::size_t first_weight;
  // Weight of tap k in row i: first_weight + k * weight_stride + (i - rows.first) where
  // the stride is not 0, else first_weight + k for every row.
  std::size_t weight_stride;
  // Offsets of the lowest and the highest sample that a row reads, its own among them.
  std::ptrdiff_t lowest;
  std::ptrdiff_t highest;
  bool leaves_out;  // some weight is 0, and its sample counts for nothing
};

// What the rows of a band have in common.
struct BandShape {
  RowForm form;
  std::size_t rows;
  std::span<const Tap> taps;
  Rounded scale = {1, 1};
  int accuracy = 0;
  std::optional<Rounded> divisor = {};
};

// Sorted bands that cover every row once. Uniform rows need no heap.
class RowTable {
 public:
  // Checks as documented at Difference; messages name the axis of the field if it is
  // given.
  RowTable(const Axis& axis, std::size_t extent, Scheme scheme, Execution execution = {},
           std::optional<std::size_t> field_axis = {});

  // Without rows: of an operator on `extent` samples, the first row's own being sample
  // `own_sample`.
  RowTable(std::size_t extent, std::size_t own_sample, Extension extension = {},
           const Missing& missing = {})
      : extent_(extent),
        own_sample_(static_cast<std::ptrdiff_t>(own_sample)),
        extension_(extension),
        missing_(missing) {}

  // Rows that follow those that are there. `weights` holds one per tap, or one per tap
  // and row, tap by tap. A row without taps is 0.
  void append(const BandShape& shape, std::span<const Rounded> weights);

  // The same with weights to be set by set_weight, one per tap and row.
  Band& append(const BandShape& shape);
  void set_weight(const Band& band, std::size_t k, std::size_t row, Rounded weight) {
    weights64_[place(band, k, row)] = weight.f64;
    weights32_[place(band, k, row)] = weight.f32;
  }

  // To be called when the last row is there, if the rows are our own: in those of others
  // a sample of weight 0 counts, and weights may be any numbers.
  void finish() noexcept;

  [[nodiscard]] std::size_t extent() const noexcept { return extent_; }
  [[nodiscard]] std::size_t row_count() const noexcept {
    return bands_.empty() ? 0 : bands_.back().rows.last;
  }

  // Samples that a row in the middle reads to one side of its own.
  [[nodiscard]] std::size_t reach() const noexcept;

  // The sample that offset 0 of row i stands for, less i.
  [[nodiscard]] std::ptrdiff_t own_sample() const noexcept { return own_sample_; }

  [[nodiscard]] const Extension& extension() const noexcept { return extension_; }

  [[nodiscard]] std::span<const Band> bands() const noexcept {
    return {bands_.data(), bands_.size()};
  }

  // The bands that have some of these rows.
  [[nodiscard]] std::span<const Band> bands(Range rows) const noexcept;

  [[nodiscard]] std::span<const Tap> taps(const Band& band) const noexcept {
    return {taps_.data() + band.first_tap, band.taps};
  }

  // The weights of tap k from row `row` on; T is float or double.
  template <class T>
  [[nodiscard]] const T* weights(const Band& band, std::size_t k,
                                 std::size_t row) const noexcept {
    const std::size_t at = place(band, k, row);
    if constexpr (std::is_same_v<T, float>) return weights32_.data() + at;
    if constexpr (std::is_same_v<T, double>) return weights64_.data() + at;
  }

  template <class T>
  [[nodiscard]] static T scale(const Band& band) noexcept {
    return number<T>(band.scale);
  }
  template <class T>
  [[nodiscard]] static std::optional<T> divisor(const Band& band) noexcept {
    if (!band.divisor) return {};
    return number<T>(*band.divisor);
  }

  // The mean of each sample and its neighbours by weights 1, 2, 1, for the same samples
  // as the rows of another table. The sample itself at an end that has nothing beyond it,
  // which is what straight lines give; under Adapt beside missing ones, too.
  [[nodiscard]] static RowTable smoothing(const RowTable& like);

  // Whether every weight is 0 or normal and every scale normal in the computing type.
  template <class T>
  [[nodiscard]] bool is_usable() const noexcept {
    return std::is_same_v<T, float> ? usable_in_f32_ : usable_in_f64_;
  }

  // Each sample itself; a missing one is missing if there is a rule for that.
  [[nodiscard]] static RowTable identity(std::size_t extent, const Missing& missing);

  // What becomes of missing samples, and the rows that stand in under Adapt, else null.
  [[nodiscard]] const Missing& missing() const noexcept { return missing_; }
  [[nodiscard]] bool skips_missing() const noexcept {
    return !std::holds_alternative<NoneMissing>(missing_);
  }
  [[nodiscard]] const Candidates* candidates() const noexcept {
    return candidates_.get();
  }

  // Throws Error: bad_argument unless there is a rule for missing samples.
  void require_missing_rule() const;

  // Throws Error: bad_argument unless the table has these rows.
  void require(Range rows) const;

  // The samples that a range of rows reads.
  [[nodiscard]] SampleRanges support(Range rows) const;

 private:
  template <class T>
  [[nodiscard]] static T number(const Rounded& rounded) noexcept {
    if constexpr (std::is_same_v<T, float>) return rounded.f32;
    if constexpr (std::is_same_v<T, double>) return rounded.f64;
  }
  [[nodiscard]] static std::size_t place(const Band& band, std::size_t k,
                                         std::size_t row) noexcept {
    return band.weight_stride == 0
               ? band.first_weight + k
               : band.first_weight + k * band.weight_stride + (row - band.rows.first);
  }
  [[nodiscard]] bool is_zero_somewhere(const Band& band) const noexcept;

  // Includes the samples of some rows of a band.
  void include(SampleRanges& ranges, const Band& band, Range rows) const;
  void include_extended(SampleRanges& ranges, std::ptrdiff_t first,
                        std::ptrdiff_t last) const;

  // Two edges and an interior of few taps fit without the heap.
  boost::container::small_vector<Band, 3> bands_;
  boost::container::small_vector<Tap, 8> taps_;
  boost::container::small_vector<double, 8> weights64_;
  boost::container::small_vector<float, 8> weights32_;
  std::size_t extent_;
  std::ptrdiff_t own_sample_ = 0;
  Extension extension_;
  Missing missing_;
  std::shared_ptr<const Candidates> candidates_;
  bool usable_in_f32_ = true;
  bool usable_in_f64_ = true;
};

}  // namespace gridgrad

// row_table.hpp: the rows behind a Difference
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>

#include "gridgrad/axis.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/scheme.hpp"
#include "row_form.hpp"
#include "weights.hpp"

namespace gridgrad {

// Which samples a term of a row reads, relative to the row's own sample; or an end value.
struct Tap {
  std::ptrdiff_t plus;
  std::ptrdiff_t minus;  // not read in plain rows

  friend bool operator==(const Tap&, const Tap&) = default;
};
inline constexpr std::ptrdiff_t lower_end = std::numeric_limits<std::ptrdiff_t>::min();
inline constexpr std::ptrdiff_t upper_end = std::numeric_limits<std::ptrdiff_t>::max();
[[nodiscard]] constexpr bool is_end(std::ptrdiff_t offset) noexcept {
  return offset == lower_end || offset == upper_end;
}

// Consecutive rows of one form that read the same samples relative to their own.
struct Band {
  Range rows;
  RowForm form;
  Rounded scale;
  std::size_t first_tap;
  std::size_t taps;
  std::size_t first_weight;
  // Weight of tap k in row i: first_weight + k * weight_stride + (i - rows.first) where
  // the stride is not 0, else first_weight + k for every row.
  std::size_t weight_stride;
};

// Sorted bands that cover every row once. Uniform rows need no heap.
class RowTable {
 public:
  // Checks as documented at Difference; messages name the axis of the field if it is
  // given.
  RowTable(const Axis& axis, std::size_t extent, Scheme scheme,
           std::optional<std::size_t> field_axis = {});

  // An empty table for the transpose of another, to be filled by append.
  explicit RowTable(const RowTable* transposed_from)
      : extent_(transposed_from->row_count()),
        usable_in_f32_(transposed_from->usable_in_f32_),
        usable_in_f64_(transposed_from->usable_in_f64_) {}

  // Rows that follow those that are there. `weights` holds one per tap, or one per tap
  // and row, tap by tap. A row without taps is 0.
  void append(RowForm form, std::size_t rows, std::span<const Tap> taps,
              std::span<const Rounded> weights, Rounded scale);

  [[nodiscard]] std::size_t extent() const noexcept { return extent_; }
  [[nodiscard]] std::size_t row_count() const noexcept {
    return bands_.empty() ? 0 : bands_.back().rows.last;
  }

  // The sample that offset 0 of row i stands for, less i.
  [[nodiscard]] std::ptrdiff_t own_sample() const noexcept { return own_sample_; }

  [[nodiscard]] std::span<const Band> bands() const noexcept {
    return {bands_.data(), bands_.size()};
  }
  [[nodiscard]] std::span<const Tap> taps(const Band& band) const noexcept {
    return {taps_.data() + band.first_tap, band.taps};
  }

  // The weights of tap k from row `row` on; T is float or double.
  template <class T>
  [[nodiscard]] const T* weights(const Band& band, std::size_t k,
                                 std::size_t row) const noexcept {
    const std::size_t at =
        band.weight_stride == 0
            ? band.first_weight + k
            : band.first_weight + k * band.weight_stride + (row - band.rows.first);
    if constexpr (std::is_same_v<T, float>) return weights32_.data() + at;
    if constexpr (std::is_same_v<T, double>) return weights64_.data() + at;
  }

  template <class T>
  [[nodiscard]] static T scale(const Band& band) noexcept {
    if constexpr (std::is_same_v<T, float>) return band.scale.f32;
    if constexpr (std::is_same_v<T, double>) return band.scale.f64;
  }

  // Whether every weight and scale is finite and normal in the computing type.
  template <class T>
  [[nodiscard]] bool is_usable() const noexcept {
    return std::is_same_v<T, float> ? usable_in_f32_ : usable_in_f64_;
  }

  // Throws Error: bad_argument unless the table has these rows.
  void require(Range rows) const;

  // The smallest range that holds the samples of a range of rows.
  [[nodiscard]] Range reach(Range rows) const noexcept;

 private:
  void note_ranges() noexcept;

  // Includes the samples of one row in a range.
  void widen(Range& reach, const Band& band, std::size_t row) const noexcept;

  // Two edges and an interior of few taps fit without the heap.
  boost::container::small_vector<Band, 3> bands_;
  boost::container::small_vector<Tap, 8> taps_;
  boost::container::small_vector<double, 8> weights64_;
  boost::container::small_vector<float, 8> weights32_;
  std::size_t extent_;
  std::ptrdiff_t own_sample_ = 0;
  bool usable_in_f32_ = true;
  bool usable_in_f64_ = true;
};

}  // namespace gridgrad

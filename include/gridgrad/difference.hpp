// gridgrad/difference.hpp: a derivative along one axis, built once and applied anywhere
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/boundary.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/field_traits.hpp"
#include "gridgrad/scheme.hpp"

namespace gridgrad {

/// The indices first, first + 1, ..., last - 1.
struct Range {
  std::size_t first = 0;
  std::size_t last = 0;

  [[nodiscard]] std::size_t size() const noexcept { return last - first; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// Which rows of an operator are applied, and what the view they are applied to holds.
struct Block {
  /// Rows to compute; by default all of them.
  Range rows = {0, SIZE_MAX};
  /// The samples that stand in the view along the axis: sorted, disjoint ranges, joined;
  /// by default all of them. `support(rows)` is the least that will do.
  std::vector<Range> samples = {};
  /// What is known at the lower and the upper end, where the axis has a Constant or
  /// Neumann there.
  std::array<EndValues, 2> ends = {};
  Execution execution = {};
};

/// The matrix A of an operator in compressed rows, and what its ends contribute:
/// out = A f + b, b[i] = ends[i][0] * lower value + ends[i][1] * upper value.
struct SparseRows {
  std::vector<std::size_t> starts;   ///< row i is at [starts[i], starts[i + 1])
  std::vector<std::size_t> columns;  ///< sample of each entry, increasing within a row
  std::vector<double> weights;
  std::vector<std::array<double, 2>> ends;
  std::vector<int> accuracies;  ///< order of the truncation error of each row
};

class RowTable;

/// A table of rows, out = A f + b: one row per output sample, from the axis rule, the
/// number of samples and the scheme, and nothing else.
///
/// Immutable, cheap to copy, safe to use from many threads. Rows take differences of
/// samples before they are multiplied, so a finite constant has derivative exactly 0 on
/// every grid and a large offset costs no digits. Rows have the full order of the scheme
/// on irregular coordinates and at the ends too: within reach of a one-sided end they
/// take the derivative + edge_order samples most centred on them.
///
/// Weights: Fornberg, Math. Comp. 51 (1988) 699-706; each is rounded once.
class GRIDGRAD_API Difference {
 public:
  /// `extent` counts the samples along the axis, those of a halo included.
  ///
  /// Throws Error: too_few_samples (than the rows need: derivative + edge_order at a
  /// one-sided end, one less at a slope, the whole stencil where the axis is periodic,
  /// mirrored or a halo), bad_argument (scheme: out of range; coordinates: repeated,
  /// increments instead of positions, or not monotone where a boundary continues them;
  /// boundary: periodic at one end only; period: not longer than the axis), bad_shape
  /// (coordinates: not one per sample). Cost: O(extent) for irregular coordinates, on the
  /// threads of `execution`, O(1) otherwise.
  Difference(const Axis& axis, std::size_t extent, const Scheme& scheme = {},
             Execution execution = {});

  /// Number of samples the rows read.
  [[nodiscard]] std::size_t extent() const noexcept;

  /// Number of rows: `extent()`, less the reach of the stencil at each end with a halo.
  [[nodiscard]] std::size_t row_count() const noexcept;

  /// The samples that a range of rows reads: at most three ranges, sorted and disjoint.
  [[nodiscard]] std::vector<Range> support(Range rows) const;

  /// Estimates the derivative of `field` along `axis` at the rows of `block`.
  ///
  ///   field  any rank >= 1, any strides; along the axis it holds `block.samples`, among
  ///          them `support(block.rows)`; NaN and infinity spread to the rows that read
  ///          them
  ///   axis   0 <= axis < rank
  ///   out    the shape of `field`, but `block.rows.size()` along the axis; element type
  ///          `Result` of the field's; must not overlap the field, except that the two
  ///          may be different members of the same records
  ///
  /// Throws Error: bad_axis, bad_shape, bad_type, bad_argument (rows, samples, ends).
  /// Reads and writes each sample once; allocates per thread a buffer that fits the
  /// caches.
  template <Field F, class Out>
  void apply(const F& field, std::size_t axis, Out&& out, const Block& block = {}) const {
    apply(AnyField(FieldTraits<F>::view(field)), axis,
          AnyOutput(FieldTraits<std::remove_cvref_t<Out>>::view(out)), block);
  }

  /// The same for element types that are known only at run time.
  void apply(const AnyField& field, std::size_t axis, const AnyOutput& out,
             const Block& block = {}) const;

  /// Writes the order of the truncation error that each result of `apply` has: that of
  /// the row where all its samples are there, that of the run chosen under Adapt, 0 where
  /// the result is missing. Beyond the ends, orders are those of a field that the
  /// boundary extends smoothly.
  ///
  ///   out  std::uint8_t, shape as for `apply`
  ///
  /// Otherwise as `apply`; one thread.
  template <Field F, class Out>
  void achieved_accuracy(const F& field, std::size_t axis, Out&& out,
                         const Block& block = {}) const {
    achieved_accuracy(AnyField(FieldTraits<F>::view(field)), axis,
                      AnyOutput(FieldTraits<std::remove_cvref_t<Out>>::view(out)), block);
  }

  /// The same for element types that are known only at run time.
  void achieved_accuracy(const AnyField& field, std::size_t axis, const AnyOutput& out,
                         const Block& block = {}) const;

  /// The operator with the transposed matrix: takes `row_count()` samples to `extent()`.
  ///
  ///   mask  one per sample of a line, not 0 where it is missing: the matrix is that of
  ///         the rows that the scheme has then; rows of missing results are 0
  ///
  /// Throws Error: bad_shape (mask: not one per sample), bad_argument (missing: the
  /// scheme has no rule).
  [[nodiscard]] Difference transposed(std::span<const std::uint8_t> mask = {}) const;

  /// The matrix itself, with a mask as in `transposed`. The diagonal of a row of
  /// differences is minus the exact sum of its other weights, rounded once; a product
  /// with it agrees with `apply` to rounding only.
  [[nodiscard]] SparseRows rows(std::span<const std::uint8_t> mask = {}) const;

  /// What `gradient` walks; private to the library.
  [[nodiscard]] const RowTable& table() const noexcept { return *table_; }

  /// Of rows that the library made otherwise; private to the library.
  explicit Difference(std::shared_ptr<const RowTable> table);

 private:
  std::shared_ptr<const RowTable> table_;
};

/// An operator, the axis that it is applied along, and to which rows.
struct DifferenceAlong {
  std::size_t axis;
  Difference difference;
  /// Its `execution` is not read: that of the call counts.
  Block block = {};
};

/// Applies several operators to one field, in one pass over it.
///
///   along  no axis twice; what a block says of its samples is true of this field
///   out    one per operator, as for `Difference::apply`
///
/// Throws Error as `Difference::apply`.
GRIDGRAD_API void apply_each(const AnyField& field,
                             std::span<const DifferenceAlong> along,
                             std::span<const AnyOutput> out, Execution execution = {});

}  // namespace gridgrad

// gridgrad/difference.hpp: a derivative along one axis, built once and applied anywhere
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/axis.hpp"
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
  /// The sample that stands first in the view along the axis: 0 for a whole field.
  std::size_t origin = 0;
  /// Values beyond the lower and the upper end, where the axis has a Constant there.
  std::array<double, 2> ends = {0, 0};
  Execution execution = {};
};

/// The matrix A of an operator in compressed rows, and what its ends contribute:
/// out = A f + b, b[i] = ends[i][0] * lower value + ends[i][1] * upper value.
struct SparseRows {
  std::vector<std::size_t> starts;   ///< row i is at [starts[i], starts[i + 1])
  std::vector<std::size_t> columns;  ///< sample of each entry, increasing within a row
  std::vector<double> weights;
  std::vector<std::array<double, 2>> ends;
};

class RowTable;

/// A table of rows, out = A f + b: one row per output sample, from the axis rule, the
/// number of samples and the scheme, and nothing else.
///
/// Immutable, cheap to copy, safe to use from many threads. Rows take differences of
/// samples before they are multiplied, so a finite constant has derivative exactly 0 on
/// every grid and a large offset costs no digits. Interior rows are central and of second
/// order on irregular coordinates too.
///
/// Weights: Fornberg, Math. Comp. 51 (1988) 699-706; each is rounded once.
class GRIDGRAD_API Difference {
 public:
  /// `extent` counts the samples along the axis, those of a halo included.
  ///
  /// Throws Error: too_few_samples (fewer than edge_order + 1), bad_argument (edge_order,
  /// spacing or coordinates: not finite, repeated, or increments instead of positions),
  /// bad_shape (coordinates: not one per sample). Cost: O(extent) for irregular
  /// coordinates, O(1) otherwise.
  Difference(const Axis& axis, std::size_t extent, Scheme scheme = {});

  /// Number of samples the rows read.
  [[nodiscard]] std::size_t extent() const noexcept;

  /// Number of rows: `extent()`, less the radius at each end with a halo.
  [[nodiscard]] std::size_t row_count() const noexcept;

  /// The samples that a range of rows reads: at most three ranges, sorted and disjoint.
  [[nodiscard]] std::vector<Range> support(Range rows) const;

  /// Estimates the derivative of `field` along `axis` at the rows of `block`.
  ///
  ///   field  any rank >= 1, any strides; holds `support(block.rows)`, first sample
  ///          `block.origin`; NaN and infinity spread to the rows that read them
  ///   axis   0 <= axis < rank
  ///   out    the shape of `field`, but `block.rows.size()` along the axis; element type
  ///          `Result` of the field's; must not overlap the field, except that the two
  ///          may be different members of the same records
  ///
  /// Throws Error: bad_axis, bad_shape, bad_type, bad_argument (rows). Reads and writes
  /// each sample once; allocates per thread a buffer that fits the caches.
  template <Field F, class Out>
  void apply(const F& field, std::size_t axis, Out&& out, const Block& block = {}) const {
    apply_erased(FieldTraits<F>::view(field), axis,
                 FieldTraits<std::remove_cvref_t<Out>>::view(out), block);
  }

  /// The operator with the transposed matrix: takes `row_count()` samples to `extent()`.
  [[nodiscard]] Difference transposed() const;

  /// The matrix itself. The diagonal of a row of differences is minus the exact sum of
  /// its other weights, rounded once; a product with it agrees with `apply` to rounding
  /// only.
  [[nodiscard]] SparseRows rows() const;

  /// What `gradient` walks; private to the library.
  [[nodiscard]] const RowTable& table() const noexcept { return *table_; }

 private:
  explicit Difference(std::shared_ptr<const RowTable> table);
  void apply_erased(const AnyField& field, std::size_t axis, const AnyOutput& out,
                    const Block& block) const;

  std::shared_ptr<const RowTable> table_;
};

}  // namespace gridgrad

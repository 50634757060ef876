// gridgrad/io/tiled_operator.hpp: what is computed of fields that are held tile by tile
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "gridgrad/calculus.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/io/dataset.hpp"
#include "gridgrad/scheme.hpp"

namespace gridgrad::io {

/// One part: the results that it computes, and the samples that are held for them.
struct Tile {
  Box rows;
  std::vector<std::vector<Range>> samples;  ///< along each axis, joined
};

/// All of fields of one shape.
[[nodiscard]] Tile whole_tile(std::span<const std::size_t> extents);

/// Results of the shape of fields that are all of one shape. Immutable, safe to use from
/// many threads.
class TiledOperator {
 public:
  virtual ~TiledOperator() = default;

  [[nodiscard]] virtual std::size_t field_count() const = 0;
  [[nodiscard]] virtual std::size_t result_count() const = 0;

  /// Results that are in memory while a tile is computed.
  [[nodiscard]] virtual std::size_t computed_count() const { return result_count(); }

  /// The samples along an axis that a range of rows reads, but for the rows' own.
  [[nodiscard]] virtual std::vector<Range> support(std::size_t axis,
                                                   Range rows) const = 0;

  /// Whether a tile may hold some rows of this axis only.
  [[nodiscard]] virtual bool may_cut(std::size_t axis) const = 0;

  /// Computes the results of a tile: the bits of those rows of the whole, whatever the
  /// tile.
  ///
  ///   fields   `field_count()` of one type: the samples of the tile
  ///   results  `result_count()`: its rows, of the result type of the fields
  ///
  /// Throws Error as `gradient_into` and `GridOperator::apply`.
  virtual void apply(std::span<const AnyField> fields, std::span<const AnyOutput> results,
                     const Tile& tile, Execution execution) const = 0;

 protected:
  TiledOperator() = default;
  TiledOperator(const TiledOperator&) = default;
  TiledOperator& operator=(const TiledOperator&) = default;
};

using SharedOperator = std::shared_ptr<const TiledOperator>;

/// The components of a gradient as `gradient` computes them. Throws Error as `check_fit`.
[[nodiscard]] SharedOperator tiled_gradient(std::span<const std::size_t> extents,
                                            std::vector<Along> along,
                                            const Scheme& scheme,
                                            Execution execution = {});

/// The results of several operators on the same fields, one operator after the other.
///
///   constants  numbers that stand for the last fields of the operators, in the type of
///              the first field, which is no integer then
[[nodiscard]] SharedOperator tiled_calculus(std::vector<GridOperator> operators,
                                            std::vector<double> constants = {});

/// One result of another operator, which computes all and drops the others.
[[nodiscard]] SharedOperator one_result(SharedOperator of, std::size_t result);

}  // namespace gridgrad::io

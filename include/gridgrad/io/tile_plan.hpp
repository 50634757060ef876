// gridgrad/io/tile_plan.hpp: fields of any size in parts that fit into memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gridgrad/element.hpp"
#include "gridgrad/io/tiled_operator.hpp"

namespace gridgrad::io {

/// What is known of a field before its samples are read. It lies in its file in C order.
struct TiledField {
  std::vector<std::size_t> extents;
  std::vector<std::size_t> chunks = {};  ///< extents of a chunk in the file; empty: none
  ElementType stored = ElementType::float64;
  /// Bytes per sample of a copy that is made before the operator is applied, as of
  /// integers with missing samples; 0: none.
  std::size_t copied = 0;
};

/// In which order results of a component are written.
enum class ResultOrder {
  any,
  stored,  ///< as they lie in an array in C order
};

struct TileBounds {
  std::uint64_t memory = 0;  ///< the most bytes that are held at once
  ResultOrder order = ResultOrder::any;
};

/// How the work of an operator is cut into tiles.
///
/// Tiles follow each other along one axis and keep what the next one needs, so that along
/// it every sample is read once; the axes before it are cut only if one slab with its
/// halo does not fit, and halos are read again there. Cuts are at the ends of chunks, of
/// several fields those of the longest.
class TilePlan {
 public:
  /// What is held are three tiles on their way: read, computed and written; where they do
  /// not fit, one.
  ///
  /// Throws Error: bad_argument (memory: less than one chunk with its halo needs; the
  /// message says how much that is), bad_shape (fields that are not as many as those of
  /// the operator, or differ in shape).
  TilePlan(std::vector<TiledField> fields, SharedOperator op, const TileBounds& bounds);

  /// One tile, whatever it takes.
  [[nodiscard]] static TilePlan whole(std::vector<TiledField> fields, SharedOperator op);

  [[nodiscard]] std::span<const TiledField> fields() const noexcept { return fields_; }
  [[nodiscard]] const TiledOperator& op() const noexcept { return *op_; }

  [[nodiscard]] std::span<const std::size_t> extents() const noexcept {
    return fields_.front().extents;
  }

  /// Extents of chunks, as cuts respect them; empty: none.
  [[nodiscard]] std::span<const std::size_t> chunks() const noexcept { return chunks_; }

  /// Type of the results: that of the longest samples of the fields.
  [[nodiscard]] ElementType result_type() const;

  /// Number of tiles.
  [[nodiscard]] std::size_t size() const;

  [[nodiscard]] Tile tile(std::size_t k) const;

  /// Tiles that are on their way at once.
  [[nodiscard]] std::size_t at_once() const noexcept { return at_once_; }

  /// Rows of a tile along each axis; the last ones may be shorter.
  [[nodiscard]] std::span<const std::size_t> lengths() const noexcept { return lengths_; }

  /// The axis that tiles follow each other along.
  [[nodiscard]] std::size_t walk_axis() const noexcept { return walk_axis_; }

  /// Whether the first tile of a walk is needed until the last.
  [[nodiscard]] bool wraps() const;

  /// The most bytes that are held at once, those of `bytes_to_recycle` among them.
  [[nodiscard]] std::uint64_t peak_bytes() const;

  /// For `recycle_at_most`: the memory of one tile, for the next.
  [[nodiscard]] std::uint64_t bytes_to_recycle() const;

  /// Bytes of samples that are read, whole chunks where there are chunks, and those of
  /// the fields.
  [[nodiscard]] std::uint64_t bytes_read() const;
  [[nodiscard]] std::uint64_t bytes_of_fields() const;

  /// Bytes of all results.
  [[nodiscard]] std::uint64_t bytes_written() const;

 private:
  struct TileBytes {
    std::uint64_t read;
    std::uint64_t copied;
    std::uint64_t results;
    std::uint64_t longest_read;  // of one field
  };

  [[nodiscard]] TileBytes tile_bytes() const;
  [[nodiscard]] std::size_t unit(std::size_t axis) const;
  [[nodiscard]] bool is_cut(std::size_t axis) const;
  [[nodiscard]] std::size_t count(std::size_t axis) const;
  [[nodiscard]] Range rows(std::size_t axis, std::size_t k) const;
  [[nodiscard]] std::vector<Range> samples(std::size_t axis, Range rows) const;
  [[nodiscard]] std::size_t most_samples(std::size_t axis) const;
  [[nodiscard]] std::uint64_t samples_read(std::size_t axis) const;
  [[nodiscard]] std::uint64_t bytes_of_chunks() const;
  [[nodiscard]] bool fits(std::uint64_t memory) const;
  [[nodiscard]] std::uint64_t usual() const;
  void choose(const TileBounds& bounds);
  [[nodiscard]] bool choose_walk_along(std::size_t axis, const TileBounds& bounds);
  void lengthen(std::size_t axis, std::uint64_t memory);

  std::vector<TiledField> fields_;
  SharedOperator op_;
  std::vector<std::size_t> chunks_;
  std::vector<std::size_t> lengths_;
  std::size_t walk_axis_ = 0;
  std::size_t at_once_ = 3;
};

}  // namespace gridgrad::io

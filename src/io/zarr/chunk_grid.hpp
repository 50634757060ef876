// io/zarr/chunk_grid.hpp: which chunks a box meets, and where
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io::zarr {

// Part of a chunk that lies in a box.
struct ChunkPart {
  std::vector<std::size_t> index;  // of the chunk in the grid
  std::vector<std::size_t> place;  // of the part in the box
  Box part;                        // in the chunk
};

// The chunks that a box, not empty, meets, in C order.
class ChunkParts {
 public:
  // Every extent of `chunk` is positive.
  ChunkParts(std::span<const std::size_t> chunk, const Box& box);

  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] ChunkPart operator[](std::size_t number) const;

 private:
  std::vector<std::size_t> chunk_;
  Box box_;
  std::vector<std::size_t> first_;   // index of the first chunk along each axis
  std::vector<std::size_t> counts_;  // of chunks along each axis
  std::size_t count_ = 1;
};

// The place of an index in C order.
[[nodiscard]] std::size_t linear(std::span<const std::size_t> index,
                                 std::span<const std::size_t> extents);

// Chunks along each axis, the last perhaps partly used.
[[nodiscard]] std::vector<std::size_t> chunk_counts(std::span<const std::size_t> extents,
                                                    std::span<const std::size_t> chunk);

// What of a chunk lies within an array of `extents`.
[[nodiscard]] std::vector<std::size_t> extents_within(
    std::span<const std::size_t> index, std::span<const std::size_t> chunk,
    std::span<const std::size_t> extents);

// Of about 1 MiB, whole along the last axes: boxes are so, too.
[[nodiscard]] std::vector<std::size_t> default_chunk(std::span<const std::size_t> extents,
                                                     std::size_t sample_bytes);

// One along axes without samples, at most the extent along others.
[[nodiscard]] std::vector<std::size_t> fitted_chunk(std::span<const std::size_t> chunk,
                                                    std::span<const std::size_t> extents);

}  // namespace gridgrad::io::zarr

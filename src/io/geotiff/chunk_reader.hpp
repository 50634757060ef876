// io/geotiff/chunk_reader.hpp: rows of strips and tiles, in the order of bytes of the CPU
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "layout.hpp"

namespace gridgrad::io::geotiff {

// Holds the last chunk that it decompressed, or some rows of one that is not compressed.
class ChunkReader {
 public:
  ChunkReader(const TiffFile& file, const Layout& layout);

  // How many rows `rows` may be asked for at once, without memory beyond that of a chunk.
  [[nodiscard]] std::size_t rows_at_once() const noexcept;

  // The bytes of `count` rows of a chunk from `first` on; empty if the chunk was never
  // written. Valid until the next call. Throws Error: io.
  [[nodiscard]] std::span<const std::byte> rows(std::uint32_t chunk, std::size_t down,
                                                std::size_t first, std::size_t count);

 private:
  [[nodiscard]] std::span<std::byte> room_for(std::size_t bytes);
  void decompress(std::uint32_t chunk, std::size_t down);

  const TiffFile* file_;
  const Layout* layout_;
  bool is_plain_;
  std::optional<std::uint32_t> held_;
  std::vector<std::byte> buffer_;
};

}  // namespace gridgrad::io::geotiff

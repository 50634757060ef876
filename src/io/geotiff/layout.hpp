// io/geotiff/layout.hpp: how the samples of an image lie in the file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "codec.hpp"
#include "gridgrad/element.hpp"
#include "tiff_file.hpp"

namespace gridgrad::io::geotiff {

// Strips are chunks as wide as the image.
struct Layout {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t bands = 1;
  ElementType type = ElementType::float32;
  bool is_tiled = false;
  bool is_interleaved = false;  // a chunk holds all bands, sample by sample
  std::size_t chunk_width = 0;
  std::size_t chunk_height = 0;
  Compression compression = {};

  [[nodiscard]] std::size_t chunks_across() const noexcept {
    return (width + chunk_width - 1) / chunk_width;
  }
  [[nodiscard]] std::size_t chunks_down() const noexcept {
    return (height + chunk_height - 1) / chunk_height;
  }
  [[nodiscard]] std::size_t chunks() const noexcept {
    return chunks_across() * chunks_down() * (is_interleaved ? 1 : bands);
  }

  // libtiff's number of a chunk.
  [[nodiscard]] std::uint32_t chunk_at(std::size_t band, std::size_t down,
                                       std::size_t across) const noexcept {
    const std::size_t plane = is_interleaved ? 0 : band;
    return static_cast<std::uint32_t>((plane * chunks_down() + down) * chunks_across() +
                                      across);
  }

  // Rows that a chunk has in the file: a tile has all of its rows, the last strip those
  // that are left.
  [[nodiscard]] std::size_t rows_of_chunk(std::size_t down) const noexcept {
    const std::size_t left = height - down * chunk_height;
    return is_tiled || left > chunk_height ? chunk_height : left;
  }

  // Bytes from one column of a chunk to the next, and of one row.
  [[nodiscard]] std::size_t bytes_of_column() const noexcept {
    return size_of(type) * (is_interleaved ? bands : 1);
  }
  [[nodiscard]] std::size_t bytes_of_row() const noexcept {
    return chunk_width * bytes_of_column();
  }
};

// Extents of chunks as far as they lie in the image.
[[nodiscard]] std::vector<std::size_t> visible_chunks(const Layout& layout);

// Of the current image. Throws Error: unsupported for what is not samples of numbers
// under a known codec, io for what contradicts itself.
[[nodiscard]] Layout read_layout(const TiffFile& file);

// Throws Error: io if a chunk lies beyond the end of the file, or is larger than its
// bytes can say.
void require_chunks(const TiffFile& file, const Layout& layout);

}  // namespace gridgrad::io::geotiff

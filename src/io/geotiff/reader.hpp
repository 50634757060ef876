// io/geotiff/reader.hpp: the full image of a GeoTIFF file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chunk_reader.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "image.hpp"

namespace gridgrad::io::geotiff {

class Reader : public LabelledReader {
 public:
  explicit Reader(const std::string& path);

  [[nodiscard]] const Image& image() const noexcept { return image_; }

  // Whether the variable is computed from the transform, which the output has as well.
  [[nodiscard]] bool is_coordinate(const Variable& variable) const;

 private:
  void read_into(const Variable& variable, const Box& box,
                 std::span<std::byte> samples) const override;
  void compute_coordinates(const Variable& variable, const Box& box,
                           std::span<std::byte> samples) const;
  void read_band(std::size_t band, const Box& box, std::span<std::byte> samples) const;
  // Of one row of chunks.
  void read_rows(std::size_t band, const Box& box, std::span<std::byte> samples) const;

  TiffFile file_;
  Image image_;
  Georeference reference_;
  mutable std::optional<ChunkReader> chunks_;
  std::vector<std::byte> background_;  // a sample that was never written
};

}  // namespace gridgrad::io::geotiff

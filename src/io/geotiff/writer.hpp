// io/geotiff/writer.hpp: a new GeoTIFF file where another one lies
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/io/labelled_file.hpp"
#include "image.hpp"

namespace gridgrad::io::geotiff {

// A variable is a band, in a plane of its own. A strip or tile is compressed when its
// last sample comes; until then the room that it takes is held.
class Writer : public LabelledWriter {
 public:
  // Throws Error: unsupported if `like` is of another format, whose coordinate system
  // GeoTIFF cannot say.
  Writer(const std::string& path, const Dataset& contents, const LabelledReader& like);

  void copy(const LabelledReader& from, const Variable& variable) override;
  void define(const std::vector<Variable>& variables) override;
  void write(const Variable& variable, const Box& box,
             std::span<const std::byte> samples) override;
  void close() override;

 private:
  // A chunk of which not all samples have come.
  struct Held {
    std::vector<std::byte> bytes;
    std::size_t samples = 0;
  };
  struct Place {
    std::size_t band;
    std::size_t down;
    std::size_t across;
  };

  void write_layout();
  [[nodiscard]] std::vector<MetadataItem> write_texts();
  void write_labels(const std::vector<Variable>& variables);
  void write_nodata(const std::vector<Variable>& variables);
  void write_part(const Place& place, const Box& box, std::span<const std::byte> samples);
  void write_chunk(std::uint32_t chunk, std::vector<std::byte>& bytes);

  std::string path_;
  Dataset contents_;
  Image image_;
  std::optional<TiffFile> file_;
  std::map<std::string, std::size_t> bands_;
  std::map<std::uint32_t, Held> held_;  // by libtiff's number
  std::vector<std::byte> chunk_;        // as it goes to libtiff
};

}  // namespace gridgrad::io::geotiff

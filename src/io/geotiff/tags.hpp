// io/geotiff/tags.hpp: tags that libtiff does not know, and those that go to the output
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tiff_file.hpp"

namespace gridgrad::io::geotiff {

// Numbers of the GeoTIFF standard (OGC 19-008r4) and of GDAL.
enum TagNumber : std::uint32_t {
  model_pixel_scale = 33550,
  model_tiepoint = 33922,
  model_transformation = 34264,
  geo_key_directory = 34735,
  geo_double_params = 34736,
  geo_ascii_params = 34737,
  gdal_metadata = 42112,
  gdal_nodata = 42113,
  rpc_coefficients = 50844,
};

struct Tag {
  std::uint32_t number;
  std::variant<std::vector<double>, std::vector<std::uint16_t>, std::string> value;
};

// Makes the tags known to every file that is opened from now on.
void register_tags();

// The tags that say where the samples lie, as they are.
[[nodiscard]] std::vector<Tag> read_georeference(const TiffFile& file);

// Throws Error: io if libtiff gave up one of these tags, or any whose bytes are not
// there.
void require_tags(const TiffFile& file);

// Empty if the file does not have the tag.
[[nodiscard]] std::string read_text(const TiffFile& file, std::uint32_t tag);

// Throws Error: io.
void write_tag(const TiffFile& file, const Tag& tag);

// A tag whose value is one number of the type that libtiff passes for it.
template <class T>
void write_number(const TiffFile& file, std::uint32_t tag, T value) {
  if (TIFFSetField(file.tiff(), tag, value) != 1) {
    file.fail("tag " + std::to_string(tag) + " cannot be written");
  }
}

// Null if there is none of this number and type.
template <class Value>
[[nodiscard]] const Value* find_tag(const std::vector<Tag>& tags, std::uint32_t number) {
  for (const Tag& tag : tags) {
    if (tag.number == number) return std::get_if<Value>(&tag.value);
  }
  return nullptr;
}

}  // namespace gridgrad::io::geotiff

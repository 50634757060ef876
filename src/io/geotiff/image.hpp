// io/geotiff/image.hpp: an image of a file, and the labels that it has here
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <string>
#include <vector>

#include "gdal_metadata.hpp"
#include "georeference.hpp"
#include "gridgrad/io/dataset.hpp"
#include "layout.hpp"
#include "tags.hpp"

namespace gridgrad::io::geotiff {

struct Image {
  TiffKind kind = TiffKind::classic;
  Layout layout;
  std::vector<Tag> georeference;
  std::string nodata;                  // as it stands; empty: none
  std::vector<MetadataItem> metadata;  // of bands and of the whole file
};

struct TextTag {
  std::uint32_t number;
  const char* name;  // of the attribute, GDAL's
};

// Texts for people, of the whole file.
inline constexpr std::array<TextTag, 5> text_tags = {
    {{TIFFTAG_DOCUMENTNAME, "TIFFTAG_DOCUMENTNAME"},
     {TIFFTAG_IMAGEDESCRIPTION, "TIFFTAG_IMAGEDESCRIPTION"},
     {TIFFTAG_ARTIST, "TIFFTAG_ARTIST"},
     {TIFFTAG_COPYRIGHT, "TIFFTAG_COPYRIGHT"},
     {TIFFTAG_HOSTCOMPUTER, "TIFFTAG_HOSTCOMPUTER"}}};

// The current image. Throws Error: io, unsupported.
[[nodiscard]] Image read_image(const TiffFile& file);

// Coordinates y and x, or yc and xc where they vary along both axes, then the bands: a
// variable each, because each has its own unit and scale.
[[nodiscard]] Dataset labels_of(const Image& image);

}  // namespace gridgrad::io::geotiff

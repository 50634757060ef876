// io/geotiff/codec.hpp: compression that loses nothing, by name
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gridgrad/element.hpp"
#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io::geotiff {

struct Codec {
  std::uint16_t number;          // of the tag Compression
  std::string_view name;         // of the filter; empty for none
  std::uint64_t most_expansion;  // bytes that one compressed byte can stand for, at most
  bool has_predictor;
  std::uint32_t level_tag;  // libtiff's, of the level; 0 if it has none
  int usual_level;          // 0: what libtiff takes
};

struct Compression {
  std::uint16_t codec = 1;
  std::uint16_t predictor = 1;
  int level = 0;  // 0: the usual one

  friend bool operator==(const Compression&, const Compression&) = default;
};

// Throws Error: unsupported, naming `argument` and the codec, if it is not one of those
// above or this libtiff lacks it.
[[nodiscard]] const Codec& codec_of(const std::string& argument, std::uint16_t number);

// Filters in the order in which writing applies them.
[[nodiscard]] std::vector<Filter> filters_of(const Compression& compression);

// Throws Error: unsupported for what TIFF does not have.
[[nodiscard]] Compression compression_of(const std::string& argument,
                                         const std::vector<Filter>& filters);

// The same codec, with the predictor that suits samples of `type` if there was one.
[[nodiscard]] Compression suited(Compression compression, ElementType type);

}  // namespace gridgrad::io::geotiff

// io/geotiff/codec.cpp: which codecs there are
//
// SPDX-License-Identifier: BSD-3-Clause

#include "codec.hpp"

#include <tiffio.h>

#include <array>
#include <string>

#include "gridgrad/error.hpp"

namespace gridgrad::io::geotiff {
namespace {

// Expansion: PackBits repeats 128 bytes by 2; a code of LZW has at least 9 bits and
// stands for at most 4096 bytes; deflate has 1032 (zlib's documentation); a block of zstd
// that repeats one byte has 128 KiB in 4 bytes, and LZMA stays below that.
// Level 3 is zstd's own; libtiff's, 9, takes 20 MiB more.
constexpr std::array<Codec, 7> codecs = {
    {{COMPRESSION_NONE, "", 1, false, 0, 0},
     {COMPRESSION_ADOBE_DEFLATE, "deflate", 1032, true, TIFFTAG_ZIPQUALITY, 0},
     {COMPRESSION_DEFLATE, "deflate", 1032, true, TIFFTAG_ZIPQUALITY, 0},
     {COMPRESSION_LZW, "lzw", 4096, true, 0, 0},
     {COMPRESSION_PACKBITS, "packbits", 64, false, 0, 0},
     {COMPRESSION_ZSTD, "zstd", 1 << 15, true, TIFFTAG_ZSTD_LEVEL, 3},
     {COMPRESSION_LZMA, "lzma", 1 << 15, true, TIFFTAG_LZMAPRESET, 0}}};

struct Lossy {
  std::uint16_t number;
  const char* name;
};

// Others that files of rasters have.
constexpr std::array<Lossy, 9> refused = {{{COMPRESSION_JPEG, "JPEG"},
                                           {COMPRESSION_OJPEG, "JPEG of the old kind"},
                                           {COMPRESSION_LERC, "LERC"},
                                           {COMPRESSION_WEBP, "WebP"},
                                           {COMPRESSION_JXL, "JPEG XL"},
                                           {COMPRESSION_JP2000, "JPEG 2000"},
                                           {COMPRESSION_CCITTRLE, "CCITT"},
                                           {COMPRESSION_CCITTFAX3, "CCITT fax 3"},
                                           {COMPRESSION_CCITTFAX4, "CCITT fax 4"}}};

std::string name_of(std::uint16_t number) {
  for (const Lossy& lossy : refused) {
    if (lossy.number == number) return lossy.name;
  }
  return std::to_string(number);
}

std::uint16_t number_of(const std::string& argument, const std::string& name) {
  for (const Codec& codec : codecs) {
    if (!codec.name.empty() && codec.name == name) return codec.number;
  }
  throw Error(ErrorCode::unsupported, argument,
              "compression " + name +
                  " cannot be written to GeoTIFF; deflate, lzw, packbits, zstd and lzma "
                  "can, or none");
}

bool is_floating(ElementType type) {
  return type == ElementType::float16 || type == ElementType::float32 ||
         type == ElementType::float64;
}

}  // namespace

const Codec& codec_of(const std::string& argument, std::uint16_t number) {
  for (const Codec& codec : codecs) {
    if (codec.number != number) continue;
    if (TIFFIsCODECConfigured(number) != 0) return codec;
    throw Error(ErrorCode::unsupported, argument,
                "compression " + std::string(codec.name) +
                    ", which the installed libtiff was built without");
  }
  throw Error(ErrorCode::unsupported, argument,
              "compression " + name_of(number) +
                  "; deflate, LZW, PackBits, zstd, LZMA and none are read");
}

std::vector<Filter> filters_of(const Compression& compression) {
  std::vector<Filter> filters;
  if (compression.predictor != PREDICTOR_NONE) {
    filters.push_back({"predictor" + std::to_string(compression.predictor)});
  }
  for (const Codec& codec : codecs) {
    if (codec.number != compression.codec || codec.name.empty()) continue;
    filters.push_back({std::string(codec.name), compression.level});
  }
  return filters;
}

Compression compression_of(const std::string& argument,
                           const std::vector<Filter>& filters) {
  Compression compression;
  for (const Filter& filter : filters) {
    if (filter.name == "predictor2") {
      compression.predictor = PREDICTOR_HORIZONTAL;
    } else if (filter.name == "predictor3") {
      compression.predictor = PREDICTOR_FLOATINGPOINT;
    } else if (compression.codec == COMPRESSION_NONE) {
      compression.codec = number_of(argument, filter.name);
      compression.level = filter.level;
    } else {
      throw Error(ErrorCode::unsupported, argument, "GeoTIFF has one compression only");
    }
  }
  return compression;
}

Compression suited(Compression compression, ElementType type) {
  if (compression.predictor == PREDICTOR_NONE) return compression;
  const bool is_complex =
      type == ElementType::complex64 || type == ElementType::complex128;
  compression.predictor = is_complex          ? PREDICTOR_NONE
                          : is_floating(type) ? PREDICTOR_FLOATINGPOINT
                                              : PREDICTOR_HORIZONTAL;
  return compression;
}

}  // namespace gridgrad::io::geotiff

// io/geotiff/layout.cpp: tags of the image, believed only as far as the file is long
//
// SPDX-License-Identifier: BSD-3-Clause

#include "layout.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "gridgrad/error.hpp"

namespace gridgrad::io::geotiff {
namespace {

// Extents of images are 32 bits wide; more bytes than this no file system holds, and sums
// of a few of them do not overflow.
constexpr std::uint64_t most_bytes_of_image = std::uint64_t{1} << 60;

struct SampleType {
  std::uint16_t format;
  std::uint16_t bits;
  ElementType element;
};

constexpr std::array<SampleType, 17> sample_types = {
    {{SAMPLEFORMAT_UINT, 8, ElementType::uint8},
     {SAMPLEFORMAT_UINT, 16, ElementType::uint16},
     {SAMPLEFORMAT_UINT, 32, ElementType::uint32},
     {SAMPLEFORMAT_UINT, 64, ElementType::uint64},
     {SAMPLEFORMAT_INT, 8, ElementType::int8},
     {SAMPLEFORMAT_INT, 16, ElementType::int16},
     {SAMPLEFORMAT_INT, 32, ElementType::int32},
     {SAMPLEFORMAT_INT, 64, ElementType::int64},
     {SAMPLEFORMAT_IEEEFP, 16, ElementType::float16},
     {SAMPLEFORMAT_IEEEFP, 32, ElementType::float32},
     {SAMPLEFORMAT_IEEEFP, 64, ElementType::float64},
     {SAMPLEFORMAT_COMPLEXIEEEFP, 64, ElementType::complex64},
     {SAMPLEFORMAT_COMPLEXIEEEFP, 128, ElementType::complex128},
     // What a file that says nothing of its kind of numbers is taken to hold.
     {SAMPLEFORMAT_VOID, 8, ElementType::uint8},
     {SAMPLEFORMAT_VOID, 16, ElementType::uint16},
     {SAMPLEFORMAT_VOID, 32, ElementType::uint32},
     {SAMPLEFORMAT_VOID, 64, ElementType::uint64}}};

[[noreturn]] void refuse(const TiffFile& file, const std::string& reason) {
  throw Error(ErrorCode::unsupported, file.path(), reason);
}

ElementType type_of(const TiffFile& file) {
  const auto bits = number_of<std::uint16_t>(file, TIFFTAG_BITSPERSAMPLE, 1);
  const auto format =
      number_of<std::uint16_t>(file, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  for (const SampleType& known : sample_types) {
    if (known.bits == bits && known.format == format) return known.element;
  }
  refuse(file, "samples of " + std::to_string(bits) + " bits in sample format " +
                   std::to_string(format) +
                   "; integers of 8 to 64 bits, floating and complex numbers are read");
}

void require_intensities(const TiffFile& file) {
  const auto meaning =
      number_of<std::uint16_t>(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  constexpr std::array<std::uint16_t, 4> accepted = {
      PHOTOMETRIC_MINISWHITE, PHOTOMETRIC_MINISBLACK, PHOTOMETRIC_RGB,
      PHOTOMETRIC_SEPARATED};
  if (std::ranges::find(accepted, meaning) != accepted.end()) return;
  if (meaning == PHOTOMETRIC_PALETTE) {
    refuse(file, "samples are numbers of colours in a palette, which have no gradient");
  }
  refuse(file, "colours of photometric interpretation " + std::to_string(meaning) +
                   "; grey, RGB and separated samples are read");
}

Compression compression_of(const TiffFile& file) {
  Compression compression;
  compression.codec =
      number_of<std::uint16_t>(file, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  // libtiff knows the tag only where the codec has it.
  if (codec_of(file.path(), compression.codec).has_predictor) {
    compression.predictor =
        number_of<std::uint16_t>(file, TIFFTAG_PREDICTOR, PREDICTOR_NONE);
  }
  return compression;
}

void read_chunk_extents(const TiffFile& file, Layout& layout) {
  std::uint64_t bytes = 0;
  layout.is_tiled = TIFFIsTiled(file.tiff()) != 0;
  if (layout.is_tiled) {
    layout.chunk_width = number_of<std::uint32_t>(file, TIFFTAG_TILEWIDTH, 0);
    layout.chunk_height = number_of<std::uint32_t>(file, TIFFTAG_TILELENGTH, 0);
    bytes = TIFFTileSize64(file.tiff());
  } else {
    constexpr auto all = std::numeric_limits<std::uint32_t>::max();
    const std::size_t rows = number_of<std::uint32_t>(file, TIFFTAG_ROWSPERSTRIP, all);
    layout.chunk_width = layout.width;
    layout.chunk_height = std::min(rows, layout.height);
    bytes =
        TIFFVStripSize64(file.tiff(), static_cast<std::uint32_t>(layout.chunk_height));
  }
  // libtiff's product is 0 where it overflows.
  if (bytes == 0 || bytes > most_bytes_of_image ||
      bytes != layout.chunk_height * layout.bytes_of_row()) {
    file.fail("its tags contradict each other in the size of strips or tiles");
  }
}

// That a chunk lies in the file, and that its bytes can be decompressed to `needed` ones.
void require_chunk(const TiffFile& file, const Codec& codec, std::uint32_t chunk,
                   std::uint64_t needed) {
  // Each call says anew whether it failed.
  std::array<int, 2> failures = {};
  const std::uint64_t bytes =
      TIFFGetStrileByteCountWithErr(file.tiff(), chunk, &failures[0]);
  const std::uint64_t offset =
      TIFFGetStrileOffsetWithErr(file.tiff(), chunk, &failures[1]);
  const std::string name = "strip or tile " + std::to_string(chunk);
  if (failures != std::array{0, 0}) file.fail("where " + name + " lies cannot be read");
  if (bytes == 0) return;
  const std::uint64_t size = file.size();
  if (bytes > size || offset > size - bytes) {
    file.fail("truncated: " + name + " ends at byte " + std::to_string(offset + bytes) +
              ", the file has " + std::to_string(size));
  }
  if (needed / codec.most_expansion > bytes) {
    file.fail(name + " cannot hold " + std::to_string(needed) + " bytes in " +
              std::to_string(bytes));
  }
}

}  // namespace

std::vector<std::size_t> visible_chunks(const Layout& layout) {
  return {std::min(layout.chunk_height, layout.height),
          std::min(layout.chunk_width, layout.width)};
}

Layout read_layout(const TiffFile& file) {
  Layout layout;
  layout.compression = compression_of(file);
  require_intensities(file);
  layout.type = type_of(file);
  layout.width = number_of<std::uint32_t>(file, TIFFTAG_IMAGEWIDTH, 0);
  layout.height = number_of<std::uint32_t>(file, TIFFTAG_IMAGELENGTH, 0);
  layout.bands = number_of<std::uint16_t>(file, TIFFTAG_SAMPLESPERPIXEL, 1);
  if (layout.width == 0 || layout.height == 0 || layout.bands == 0) {
    file.fail("an image without samples");
  }
  const std::uint64_t pixels = std::uint64_t{layout.width} * layout.height;
  if (pixels > most_bytes_of_image / (layout.bands * size_of(layout.type))) {
    file.fail("an image larger than any file");
  }
  layout.is_interleaved =
      layout.bands > 1 &&
      number_of<std::uint16_t>(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) ==
          PLANARCONFIG_CONTIG;
  read_chunk_extents(file, layout);
  return layout;
}

void require_chunks(const TiffFile& file, const Layout& layout) {
  // Before libtiff makes room for their places: each takes bytes in the file.
  if (layout.chunks() > file.size()) {
    file.fail("more strips or tiles than the file has bytes");
  }
  const Codec& codec = codec_of(file.path(), layout.compression.codec);
  std::uint32_t chunk = 0;
  for (std::size_t row = 0; row < layout.chunks() / layout.chunks_across(); ++row) {
    const std::uint64_t needed =
        layout.rows_of_chunk(row % layout.chunks_down()) * layout.bytes_of_row();
    for (std::size_t across = 0; across < layout.chunks_across(); ++across) {
      require_chunk(file, codec, chunk++, needed);
    }
  }
}

}  // namespace gridgrad::io::geotiff

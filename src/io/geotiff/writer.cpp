// io/geotiff/writer.cpp: tags first, then strips and tiles as they become full
//
// SPDX-License-Identifier: BSD-3-Clause

#include "writer.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "gridgrad/difference.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/version.hpp"
#include "nodata.hpp"
#include "reader.hpp"

namespace gridgrad::io::geotiff {
namespace {

const Reader& geotiff_of(const LabelledReader& like) {
  if (const auto* const same = dynamic_cast<const Reader*>(&like)) return *same;
  throw Error(ErrorCode::unsupported, "output",
              "GeoTIFF is written from GeoTIFF only, whose coordinate system it takes; "
              "the input is " +
                  like.dataset().format_name);
}

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
  throw Error(ErrorCode::unsupported, name, reason);
}

// All bands of a file have one type and one shape.
void require_alike(const std::vector<Variable>& variables, const Dataset& contents,
                   const Layout& layout) {
  if (variables.size() > std::numeric_limits<std::uint16_t>::max()) {
    refuse("output",
           std::to_string(variables.size()) + " bands; a GeoTIFF file has at most 65535");
  }
  const std::vector<std::size_t> shape = {layout.height, layout.width};
  for (const Variable& variable : variables) {
    if (extents_of(contents, variable) != shape) {
      refuse(variable.name, "has not the axes of the input's image, y and x");
    }
    if (variable.type != variables.front().type) {
      refuse(variable.name, "is of another type than the other bands of the file");
    }
  }
}

std::uint16_t format_of(ElementType type) {
  if (type == ElementType::complex64 || type == ElementType::complex128) {
    return SAMPLEFORMAT_COMPLEXIEEEFP;
  }
  if (type < ElementType::int8 && type != ElementType::bfloat16) {
    return SAMPLEFORMAT_IEEEFP;
  }
  if (type == ElementType::bfloat16) refuse("output", "GeoTIFF has no bfloat16");
  return type < ElementType::uint8 ? SAMPLEFORMAT_INT : SAMPLEFORMAT_UINT;
}

// The standard's: tiles have multiples of 16 samples. One as long as the image may be
// longer.
std::size_t tile_extent(const std::string& name, std::size_t asked, std::size_t extent) {
  constexpr std::size_t step = 16;
  if (asked >= extent) return (asked + step - 1) / step * step;
  if (asked % step == 0) return asked;
  refuse(name, "chunks of " + std::to_string(asked) +
                   " samples along an axis; tiles of GeoTIFF have multiples of 16");
}

// Chunks that were asked for, else those of the input.
void choose_chunks(const Variable& variable, Layout& layout) {
  const std::vector<std::size_t>& asked = variable.storage.chunks;
  if (asked.empty() || asked == visible_chunks(layout)) return;
  if (!layout.is_tiled && asked[1] >= layout.width) {
    layout.chunk_height = std::min(asked[0], layout.height);
    return;
  }
  layout.is_tiled = true;
  layout.chunk_height = tile_extent(variable.name, asked[0], layout.height);
  layout.chunk_width = tile_extent(variable.name, asked[1], layout.width);
}

// The codec that was asked for, else that of the input.
void choose_compression(const std::string& path, const Variable& variable,
                        Layout& layout) {
  const Storage& storage = variable.storage;
  const std::vector<Filter> like = filters_of(layout.compression);
  const bool is_like = storage.chunks.empty() && storage.filters.empty();
  if (!is_like && storage.filters != like) {
    Compression asked = compression_of(variable.name, storage.filters);
    const bool has_predictor = codec_of(path, asked.codec).has_predictor;
    if (has_predictor && asked.predictor == PREDICTOR_NONE) {
      asked.predictor = layout.compression.predictor;
    }
    layout.compression = asked;
  }
  layout.compression = suited(layout.compression, *variable.type);
}

// Offsets of 32 bits reach 4 GiB. Compression may make samples longer, by half for LZW.
TiffKind kind_of(const Layout& layout) {
  constexpr std::uint64_t reach = std::uint64_t{1} << 32;
  constexpr std::uint64_t bytes_of_place = 8;  // of a chunk: its offset and length
  constexpr std::uint64_t room_for_tags = std::uint64_t{1} << 24;
  const std::uint64_t samples = layout.chunks_down() * layout.chunk_height *
                                layout.chunks_across() * layout.bytes_of_row() *
                                layout.bands;
  const std::uint64_t bytes = samples + layout.chunks() * bytes_of_place + room_for_tags;
  const bool may_grow = layout.compression.codec != COMPRESSION_NONE;
  return bytes + (may_grow ? bytes / 2 : 0) < reach ? TiffKind::classic : TiffKind::big;
}

// The part of a range that a box has along an axis.
Range common(const Range& range, const Box& box, std::size_t axis) {
  return {std::max(range.first, box.first[axis]),
          std::min(range.last, box.first[axis] + box.extents[axis])};
}

}  // namespace

Writer::Writer(const std::string& path, const Dataset& contents,
               const LabelledReader& like)
    : path_(path), contents_(contents), image_(geotiff_of(like).image()) {}

void Writer::copy(const LabelledReader& from, const Variable& variable) {
  const auto* const same = dynamic_cast<const Reader*>(&from);
  if (same != nullptr && same->is_coordinate(variable)) return;
  refuse(variable.name, "cannot be copied to GeoTIFF, which has results and positions");
}

void Writer::define(const std::vector<Variable>& variables) {
  require_alike(variables, contents_, image_.layout);
  for (const Variable& variable : variables) bands_.emplace(variable.name, bands_.size());
  Layout& layout = image_.layout;
  layout.bands = variables.size();
  layout.type = *variables.front().type;
  layout.is_interleaved = false;
  choose_chunks(variables.front(), layout);
  choose_compression(path_, variables.front(), layout);
  file_.emplace(path_, image_.kind == TiffKind::big ? TiffKind::big : kind_of(layout));
  write_layout();
  for (const Tag& tag : image_.georeference) write_tag(*file_, tag);
  write_labels(variables);
  write_nodata(variables);
}

void Writer::write_layout() {
  const Layout& layout = image_.layout;
  const Codec& codec = codec_of(path_, layout.compression.codec);
  const auto tag = [&](std::uint32_t number, std::size_t value) {
    write_number(*file_, number, static_cast<std::uint32_t>(value));
  };
  tag(TIFFTAG_IMAGEWIDTH, layout.width);
  tag(TIFFTAG_IMAGELENGTH, layout.height);
  tag(TIFFTAG_BITSPERSAMPLE,
      size_of(layout.type) * std::numeric_limits<unsigned char>::digits);
  tag(TIFFTAG_SAMPLEFORMAT, format_of(layout.type));
  tag(TIFFTAG_SAMPLESPERPIXEL, layout.bands);
  tag(TIFFTAG_PLANARCONFIG,
      layout.bands == 1 ? PLANARCONFIG_CONTIG : PLANARCONFIG_SEPARATE);
  tag(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  tag(TIFFTAG_COMPRESSION, layout.compression.codec);
  if (codec.has_predictor) tag(TIFFTAG_PREDICTOR, layout.compression.predictor);
  const int asked = layout.compression.level;
  const int level = asked > 0 ? asked : codec.usual_level;
  if (level > 0 && codec.level_tag != 0) write_number(*file_, codec.level_tag, level);
  if (layout.is_tiled) {
    tag(TIFFTAG_TILEWIDTH, layout.chunk_width);
    tag(TIFFTAG_TILELENGTH, layout.chunk_height);
  } else {
    tag(TIFFTAG_ROWSPERSTRIP, layout.chunk_height);
  }
  if (layout.bands > 1) {
    const std::vector<std::uint16_t> unspecified(layout.bands - 1,
                                                 EXTRASAMPLE_UNSPECIFIED);
    if (TIFFSetField(file_->tiff(), TIFFTAG_EXTRASAMPLES,
                     static_cast<int>(unspecified.size()), unspecified.data()) != 1) {
      file_->fail("bands cannot be written");
    }
  }
}

// What is said of the whole file: as items, or as tags where TIFF has one.
std::vector<MetadataItem> Writer::write_texts() {
  std::vector<MetadataItem> items;
  for (const Attribute& attribute : contents_.attributes) {
    const auto* const text = std::get_if<std::string>(&attribute.value);
    if (text == nullptr) continue;
    const auto* const known = std::ranges::find_if(
        text_tags, [&](const TextTag& tag) { return attribute.name == tag.name; });
    if (known != text_tags.end()) {
      write_number(*file_, known->number, text->c_str());
    } else {
      items.push_back({attribute.name, *text});
    }
  }
  for (const MetadataItem& item : image_.metadata) {
    const bool is_kept =
        !item.band && !item.domain.empty() && item.domain != "IMAGE_STRUCTURE";
    if (is_kept) items.push_back(item);
  }
  return items;
}

// Descriptions are the names of the variables.
void Writer::write_labels(const std::vector<Variable>& variables) {
  std::vector<MetadataItem> items = write_texts();
  for (std::size_t band = 0; band < variables.size(); ++band) {
    items.push_back({"DESCRIPTION", variables[band].name, band, "description"});
    for (const Attribute& attribute : variables[band].attributes) {
      const auto* const text = std::get_if<std::string>(&attribute.value);
      if (text == nullptr || attribute.name == "coordinates") continue;
      const bool is_unit = attribute.name == "units";
      items.push_back({is_unit ? "UNITTYPE" : attribute.name, *text, band,
                       is_unit ? "unittype" : ""});
    }
  }
  write_tag(*file_, {gdal_metadata, metadata_text(items)});
  const std::string software = "gridgrad " + std::string(version);
  write_number(*file_, TIFFTAG_SOFTWARE, software.c_str());
}

void Writer::write_nodata(const std::vector<Variable>& variables) {
  std::string nodata = image_.nodata;
  const std::vector<double> fill = numbers_of(variables.front().attributes, "_FillValue");
  if (!fill.empty()) nodata = nodata_for(fill.front(), nodata, image_.layout.type);
  if (!nodata.empty()) write_tag(*file_, {gdal_nodata, nodata});
}

void Writer::write(const Variable& variable, const Box& box,
                   std::span<const std::byte> samples) {
  const Layout& layout = image_.layout;
  const std::size_t band = bands_.at(variable.name);
  const auto last_chunk = [&](std::size_t axis, std::size_t extent) {
    return (box.first[axis] + box.extents[axis] - 1) / extent;
  };
  if (size_of(box) == 0) return;
  for (std::size_t down = box.first[0] / layout.chunk_height;
       down <= last_chunk(0, layout.chunk_height); ++down) {
    for (std::size_t across = box.first[1] / layout.chunk_width;
         across <= last_chunk(1, layout.chunk_width); ++across) {
      write_part({band, down, across}, box, samples);
    }
  }
}

// What `box` has of one chunk.
void Writer::write_part(const Place& place, const Box& box,
                        std::span<const std::byte> samples) {
  const Layout& layout = image_.layout;
  const std::uint32_t chunk = layout.chunk_at(place.band, place.down, place.across);
  const std::size_t bytes = layout.rows_of_chunk(place.down) * layout.bytes_of_row();
  const Range rows = {place.down * layout.chunk_height,
                      std::min((place.down + 1) * layout.chunk_height, layout.height)};
  const Range columns = {place.across * layout.chunk_width,
                         std::min((place.across + 1) * layout.chunk_width, layout.width)};
  const Range part_rows = common(rows, box, 0);
  const Range part_columns = common(columns, box, 1);
  const std::size_t size = size_of(layout.type);
  const auto copy_to = [&](std::vector<std::byte>& room) {
    for (std::size_t row = part_rows.first; row < part_rows.last; ++row) {
      const std::size_t from =
          (row - box.first[0]) * box.extents[1] + part_columns.first - box.first[1];
      const std::size_t to =
          (row - rows.first) * layout.chunk_width + part_columns.first - columns.first;
      std::memcpy(room.data() + to * size, samples.data() + from * size,
                  part_columns.size() * size);
    }
  };
  const std::size_t all = rows.size() * columns.size();
  const std::size_t here = part_rows.size() * part_columns.size();
  if (here == all) {
    // What lies beyond the image is zero, whatever the chunk before had there.
    chunk_.assign(bytes, std::byte{0});
    copy_to(chunk_);
    return write_chunk(chunk, chunk_);
  }
  Held& held = held_[chunk];
  held.bytes.resize(bytes);
  copy_to(held.bytes);
  held.samples += here;
  if (held.samples < all) return;
  write_chunk(chunk, held.bytes);
  held_.erase(chunk);
}

void Writer::write_chunk(std::uint32_t chunk, std::vector<std::byte>& bytes) {
  const auto size = static_cast<tmsize_t>(bytes.size());
  TIFF* const tiff = file_->tiff();
  const tmsize_t written = image_.layout.is_tiled
                               ? TIFFWriteEncodedTile(tiff, chunk, bytes.data(), size)
                               : TIFFWriteEncodedStrip(tiff, chunk, bytes.data(), size);
  if (written != size) file_->fail("cannot be written");
}

void Writer::close() {
  if (!held_.empty()) {
    throw Error(ErrorCode::io, path_, "some samples were not written");
  }
  file_->close();
}

}  // namespace gridgrad::io::geotiff

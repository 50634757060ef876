// io/geotiff/chunk_reader.cpp: libtiff's decoders, and plain bytes without it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "chunk_reader.hpp"

#include <algorithm>
#include <string>

namespace gridgrad::io::geotiff {
namespace {

// Enough for a read of the system to be quick.
constexpr std::size_t bytes_at_once = std::size_t{1} << 20;

// Plain bytes may lack the two steps that libtiff does for them: bits of a byte in the
// other order, and bytes of a number.
bool is_plain(const TiffFile& file, const Layout& layout) {
  return layout.compression.codec == COMPRESSION_NONE &&
         number_of<std::uint16_t>(file, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) ==
             FILLORDER_MSB2LSB;
}

std::size_t bytes_of_number(ElementType type) {
  const bool is_complex =
      type == ElementType::complex64 || type == ElementType::complex128;
  return size_of(type) / (is_complex ? 2 : 1);
}

void swap_bytes(std::span<std::byte> bytes, std::size_t size) {
  if (size == 1) return;
  for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
    std::ranges::reverse(bytes.subspan(at, size));
  }
}

}  // namespace

ChunkReader::ChunkReader(const TiffFile& file, const Layout& layout)
    : file_(&file), layout_(&layout), is_plain_(is_plain(file, layout)) {}

std::size_t ChunkReader::rows_at_once() const noexcept {
  if (!is_plain_) return layout_->chunk_height;
  return std::max<std::size_t>(1, bytes_at_once / layout_->bytes_of_row());
}

std::span<std::byte> ChunkReader::room_for(std::size_t bytes) {
  held_.reset();
  if (buffer_.size() < bytes) buffer_.resize(bytes);
  return std::span(buffer_).first(bytes);
}

std::span<const std::byte> ChunkReader::rows(std::uint32_t chunk, std::size_t down,
                                             std::size_t first, std::size_t count) {
  if (TIFFGetStrileByteCount(file_->tiff(), chunk) == 0) return {};
  const std::size_t begin = first * layout_->bytes_of_row();
  const std::size_t bytes = count * layout_->bytes_of_row();
  if (!is_plain_) {
    if (held_ != chunk) decompress(chunk, down);
    return std::span(buffer_).subspan(begin, bytes);
  }
  const std::span<std::byte> room = room_for(bytes);
  file_->read_at(TIFFGetStrileOffset(file_->tiff(), chunk) + begin, room);
  if (TIFFIsByteSwapped(file_->tiff()) != 0) {
    swap_bytes(room, bytes_of_number(layout_->type));
  }
  return room;
}

void ChunkReader::decompress(std::uint32_t chunk, std::size_t down) {
  const std::span<std::byte> room =
      room_for(layout_->rows_of_chunk(down) * layout_->bytes_of_row());
  const auto size = static_cast<tmsize_t>(room.size());
  const tmsize_t got =
      layout_->is_tiled ? TIFFReadEncodedTile(file_->tiff(), chunk, room.data(), size)
                        : TIFFReadEncodedStrip(file_->tiff(), chunk, room.data(), size);
  if (got != size) {
    file_->fail(std::string(layout_->is_tiled ? "tile " : "strip ") +
                std::to_string(chunk) + " cannot be decompressed");
  }
  held_ = chunk;
}

}  // namespace gridgrad::io::geotiff

// io/geotiff/reader.cpp: boxes of samples from strips and tiles
//
// SPDX-License-Identifier: BSD-3-Clause

#include "reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <variant>
#include <vector>

#include "gridgrad/error.hpp"

namespace gridgrad::io::geotiff {
namespace {

// Overviews are the same image again, coarser. A mask would have to be applied.
void select_full_image(const TiffFile& file) {
  constexpr std::uint32_t none = 0xffffffff;
  std::uint32_t full = none;
  for (std::uint32_t directory = 0;; ++directory) {
    const auto kind = number_of<std::uint32_t>(file, TIFFTAG_SUBFILETYPE, 0);
    if ((kind & FILETYPE_MASK) != 0) {
      throw Error(ErrorCode::unsupported, file.path(),
                  "holds a mask, an image that says which samples are missing; it is not "
                  "read, GDAL_NODATA is");
    }
    require_tags(file);
    if (full == none && (kind & FILETYPE_REDUCEDIMAGE) == 0) full = directory;
    if (TIFFLastDirectory(file.tiff()) != 0) break;
    if (TIFFReadDirectory(file.tiff()) != 1) file.fail("its next image cannot be read");
  }
  if (full == none) file.fail("has overviews only");
  if (TIFFCurrentDirectory(file.tiff()) != full &&
      TIFFSetDirectory(file.tiff(), full) != 1)
    file.fail("its image cannot be read");
  require_tags(file);
}

// The bytes of a sample that was never written.
std::vector<std::byte> background_of(const Variable& variable) {
  AnyArray one = make_array(*variable.type, std::vector<std::size_t>{1});
  std::ranges::fill(bytes_of(one), std::byte{0});
  const Attribute* const fill = find_attribute(variable.attributes, "_FillValue");
  std::visit(
      [&]<class T>(Array<T>& typed) {
        if constexpr (Integer<T> || std::is_floating_point_v<T>) {
          if (fill == nullptr) return;
          const auto* const same = std::get_if<std::vector<T>>(&fill->value);
          *typed.data() = same != nullptr
                              ? same->front()
                              : static_cast<T>(numbers_of({*fill}, "_FillValue").front());
        }
      },
      one);
  const std::span<const std::byte> bytes = bytes_of(std::as_const(one));
  return {bytes.begin(), bytes.end()};
}

// Samples of one band between others, or next to each other.
struct Row {
  const std::byte* from;
  std::size_t apart;
  std::byte* to;
  std::size_t count;
};

template <std::size_t size>
void gather(const Row& row) {
  for (std::size_t k = 0; k < row.count; ++k) {
    std::memcpy(row.to + k * size, row.from + k * row.apart, size);
  }
}

void copy_row(const Row& row, std::size_t size) {
  if (row.apart == size) {
    std::memcpy(row.to, row.from, row.count * size);
    return;
  }
  switch (size) {
    case 1:
      return gather<1>(row);
    case 2:
      return gather<2>(row);
    case 4:
      return gather<4>(row);
    case 8:
      return gather<8>(row);
    default:  // complex128
      return gather<16>(row);
  }
}

}  // namespace

Reader::Reader(const std::string& path) : file_(path) {
  select_full_image(file_);
  image_ = read_image(file_);
  require_chunks(file_, image_.layout);
  reference_ = georeference_of(image_.georeference);
  chunks_.emplace(file_, image_.layout);
  dataset_ = labels_of(image_);
  background_ = background_of(dataset_.variables.back());
}

bool Reader::is_coordinate(const Variable& variable) const {
  return find_variable(dataset_, variable.name) - dataset_.variables.data() <
         static_cast<std::ptrdiff_t>(dataset_.variables.size() - image_.layout.bands);
}

void Reader::read_into(const Variable& variable, const Box& box,
                       std::span<std::byte> samples) const {
  if (is_coordinate(variable)) return compute_coordinates(variable, box, samples);
  const auto at = static_cast<std::size_t>(find_variable(dataset_, variable.name) -
                                           dataset_.variables.data());
  read_band(at - (dataset_.variables.size() - image_.layout.bands), box, samples);
}

void Reader::compute_coordinates(const Variable& variable, const Box& box,
                                 std::span<std::byte> samples) const {
  const bool is_y = variable.name.front() == 'y';
  const bool is_line = box.first.size() == 1;
  const std::size_t width = box.extents.back();
  for (std::size_t k = 0; k < size_of(box); ++k) {
    // Along a line the other place does not count.
    const std::size_t row = is_line ? box.first[0] + k : box.first[0] + k / width;
    const std::size_t column = is_line ? row : box.first[1] + k % width;
    const auto at_row = static_cast<double>(row);
    const auto at_column = static_cast<double>(column);
    const double position = is_y ? reference_.transform->y_at(at_row, at_column)
                                 : reference_.transform->x_at(at_row, at_column);
    std::memcpy(samples.data() + k * sizeof(double), &position, sizeof(double));
  }
}

void Reader::read_band(std::size_t band, const Box& box,
                       std::span<std::byte> samples) const {
  const std::size_t height = image_.layout.chunk_height;
  const std::size_t end = box.first[0] + box.extents[0];
  for (std::size_t row = box.first[0]; row < end;) {
    const std::size_t rows =
        std::min({end - row, height - row % height, chunks_->rows_at_once()});
    const std::size_t bytes = rows * box.extents[1] * size_of(image_.layout.type);
    read_rows(band, {{row, box.first[1]}, {rows, box.extents[1]}}, samples.first(bytes));
    samples = samples.subspan(bytes);
    row += rows;
  }
}

void Reader::read_rows(std::size_t band, const Box& box,
                       std::span<std::byte> samples) const {
  const Layout& layout = image_.layout;
  const std::size_t size = size_of(layout.type);
  const std::size_t down = box.first[0] / layout.chunk_height;
  const std::size_t end = box.first[1] + box.extents[1];
  for (std::size_t column = box.first[1]; column < end;) {
    const std::size_t across = column / layout.chunk_width;
    const std::size_t in_chunk = column % layout.chunk_width;
    const std::size_t columns = std::min(end - column, layout.chunk_width - in_chunk);
    const std::span<const std::byte> rows =
        chunks_->rows(layout.chunk_at(band, down, across), down,
                      box.first[0] % layout.chunk_height, box.extents[0]);
    // A chunk that was never written is the same sample everywhere.
    const bool is_there = !rows.empty();
    Row row = {background_.data(), 0, samples.data() + (column - box.first[1]) * size,
               columns};
    if (is_there) {
      const std::size_t in_column = layout.is_interleaved ? band * size : 0;
      row.from = rows.data() + in_chunk * layout.bytes_of_column() + in_column;
      row.apart = layout.bytes_of_column();
    }
    for (std::size_t k = 0; k < box.extents[0]; ++k) {
      copy_row(row, size);
      if (is_there) row.from += layout.bytes_of_row();
      row.to += box.extents[1] * size;
    }
    column += columns;
  }
}

}  // namespace gridgrad::io::geotiff

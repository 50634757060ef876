// cli/pictures/pixels.cpp: samples as pixels of a map
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pixels.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

#include <png.h>

namespace gridgrad::cli {
namespace {

// Of cells in the order of ascending borders.
std::vector<std::size_t> ascending_cells(std::span<const double> borders,
                                         std::size_t count) {
  std::vector<std::size_t> cells(count);
  const double span = borders.back() / 2 - borders.front() / 2;
  std::size_t cell = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double part = (2 * static_cast<double>(i) + 1) / static_cast<double>(count);
    const double centre = borders.front() + part * span;
    while (cell + 2 < borders.size() && borders[cell + 1] <= centre) ++cell;
    cells[i] = cell;
  }
  return cells;
}

std::uint8_t index_of(const ColourRange& range, float sample) {
  return std::isnan(sample) ? missing_index : colour_index(range, sample);
}

[[noreturn]] void refuse(const png_image& image) {
  throw std::runtime_error(std::string("libpng: ") + image.message);
}

}  // namespace

std::vector<std::size_t> cells_of_pixels(std::span<const double> borders,
                                         std::size_t count, LargestAt largest) {
  const bool is_ascending = borders.front() <= borders.back();
  std::vector<double> ascending(borders.begin(), borders.end());
  if (!is_ascending) std::ranges::reverse(ascending);
  std::vector<std::size_t> cells = ascending_cells(ascending, count);
  if (!is_ascending) {
    for (std::size_t& cell : cells) cell = borders.size() - 2 - cell;
  }
  if (largest == LargestAt::first_pixel) std::ranges::reverse(cells);
  return cells;
}

void draw_cells(PixelImage& image, const FieldPicture& picture, const Layer& layer) {
  const std::vector<std::size_t> columns =
      cells_of_pixels(picture.x.borders, image.width, LargestAt::last_pixel);
  const LargestAt top = picture.y.upwards == Upwards::larger ? LargestAt::first_pixel
                                                             : LargestAt::last_pixel;
  const std::vector<std::size_t> rows =
      cells_of_pixels(picture.y.borders, image.height, top);
  image.indices.clear();
  image.indices.reserve(image.width * image.height);
  for (const std::size_t row : rows) {
    const double* const samples =
        layer.samples.data() + row * (picture.x.borders.size() - 1);
    for (const std::size_t column : columns) {
      image.indices.push_back(index_of(layer.range, samples[column]));
    }
  }
}

PixelImage colour_column(std::size_t width, std::size_t height) {
  PixelImage image{width, height, {}};
  for (std::size_t row = height; row-- > 0;) {
    const std::size_t colour = (2 * row + 1) * colour_count / (2 * height);
    image.indices.insert(image.indices.end(), width, static_cast<std::uint8_t>(colour));
  }
  return image;
}

std::vector<std::byte> png_file(const PixelImage& image, const ColourMap& colours) {
  std::vector<png_byte> palette;
  for (const Colour& colour : colours) {
    palette.insert(palette.end(), {colour.red, colour.green, colour.blue, 255});
  }
  palette.insert(palette.end(), {255, 255, 255, 0});
  png_image control = {};
  control.version = PNG_IMAGE_VERSION;
  control.width = static_cast<png_uint_32>(image.width);
  control.height = static_cast<png_uint_32>(image.height);
  control.format = PNG_FORMAT_RGBA_COLORMAP;
  control.colormap_entries = colour_count + 1;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(control);
  std::vector<std::byte> bytes(size);
  if (png_image_write_to_memory(&control, bytes.data(), &size, 0, image.indices.data(), 0,
                                palette.data()) == 0) {
    refuse(control);
  }
  bytes.resize(size);
  return bytes;
}

std::string base64(std::span<const std::byte> bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t triple = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      triple = triple << 8 |
               (i + k < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
    }
    const std::size_t used = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t k = 0; k < 4; ++k) {
      text += k < used ? letters[triple >> (18 - 6 * k) & 0x3fU] : '=';
    }
  }
  return text;
}

}  // namespace gridgrad::cli

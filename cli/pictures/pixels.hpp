// cli/pictures/pixels.hpp: samples as pixels of a map
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "colour_map.hpp"
#include "picture.hpp"

namespace gridgrad::cli {

// The index of what is missing: it shows what is behind the image.
inline constexpr std::uint8_t missing_index = colour_count;

struct PixelImage {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> indices;  // into a colour map, or missing; rows from the top
};

// Where the largest position is.
enum class LargestAt { last_pixel, first_pixel };

// The cell that each of `count` pixels of equal size has its centre in.
[[nodiscard]] std::vector<std::size_t> cells_of_pixels(std::span<const double> borders,
                                                       std::size_t count,
                                                       LargestAt largest);

// Of the layer's first step, into an image of the width and height that it has. Of cells
// smaller than a pixel those at the pixels' centres are drawn.
void draw_cells(PixelImage& image, const FieldPicture& picture, const Layer& layer);

// All colours from the highest down.
[[nodiscard]] PixelImage colour_column(std::size_t width, std::size_t height);

// The bytes of a PNG file with a palette; missing pixels are transparent.
[[nodiscard]] std::vector<std::byte> png_file(const PixelImage& image,
                                              const ColourMap& colours);

// RFC 4648, section 4.
[[nodiscard]] std::string base64(std::span<const std::byte> bytes);

}  // namespace gridgrad::cli

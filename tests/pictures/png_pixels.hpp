// png_pixels.hpp: the pixels of a PNG file, decoded
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <gtest/gtest.h>
#include <png.h>

namespace gridgrad::test {

using Pixel = std::array<std::uint8_t, 4>;  // red, green, blue, opacity

struct Pixels {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<Pixel> pixels;

  [[nodiscard]] Pixel at(std::size_t row, std::size_t column) const {
    return pixels.at(row * width + column);
  }
};

inline Pixels decoded(std::span<const std::byte> file) {
  png_image control = {};
  control.version = PNG_IMAGE_VERSION;
  EXPECT_TRUE(png_image_begin_read_from_memory(&control, file.data(), file.size()));
  control.format = PNG_FORMAT_RGBA;
  Pixels image{control.width, control.height, {}};
  image.pixels.resize(image.width * image.height);
  EXPECT_TRUE(png_image_finish_read(&control, nullptr, image.pixels.data(), 0, nullptr));
  return image;
}

}  // namespace gridgrad::test

// png_test.cpp: vectors as pixels
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/png.hpp"

#include <set>

#include <gtest/gtest.h>

#include "gridgrad/error.hpp"
#include "pictures/colour_map.hpp"
#include "pictures/pictures.hpp"
#include "pictures/png_pixels.hpp"
#include "pictures/svg.hpp"

// The address sanitizer asks: fontconfig keeps what it has read until the process ends.
extern "C" __attribute__((visibility("default"))) const char* __asan_default_options() {
  return "detect_leaks=0";
}

namespace gridgrad::cli {
namespace {

using test::decoded;
using test::Pixel;
using test::Pixels;

constexpr Pixel black = {0, 0, 0, 255};
constexpr Pixel white = {255, 255, 255, 255};

TEST(Png, HasTwoPixelsToAUnit) {
  const Pixels image =
      decoded(png_of("<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>"
                     "<rect width='30' height='20' fill='#fff'/>"
                     "<rect x='10' y='5' width='10' height='5'/></svg>"));

  ASSERT_EQ(image.width, 60U);
  ASSERT_EQ(image.height, 40U);
  EXPECT_EQ(image.at(9, 20), white);
  EXPECT_EQ(image.at(10, 19), white);
  EXPECT_EQ(image.at(10, 20), black);
  EXPECT_EQ(image.at(19, 39), black);
  EXPECT_EQ(image.at(20, 39), white);
}

// The colours of cells, which are not blurred where they meet.
TEST(Png, HasTheColoursOfTheSamples) {
  FieldPicture picture = test::map_of(2, 2, {0.1F, 0.3F, 0.5F, 0.9F});
  picture.title.clear();
  const ColourMap& colours = colour_map(ColourScale::sequential);
  const std::set<Pixel> known = [&] {
    std::set<Pixel> pixels;
    for (const Colour& colour : colours) {
      pixels.insert({colour.red, colour.green, colour.blue, 255});
    }
    return pixels;
  }();

  const Pixels image = decoded(png_of(svg_of(picture)));

  // A row through the lower cells and the bar beside them.
  std::set<Pixel> found;
  const std::size_t row = image.height * 5 / 8;
  for (std::size_t column = 0; column < image.width; ++column) {
    if (known.contains(image.at(row, column))) found.insert(image.at(row, column));
  }
  for (const float sample : {0.1F, 0.3F}) {
    const Colour& colour = colours[colour_index({}, sample)];
    EXPECT_TRUE(found.contains({colour.red, colour.green, colour.blue, 255})) << sample;
  }
  EXPECT_LE(found.size(), 4U);  // and one of the bar
}

TEST(Png, TakesMapsOfManyBytes) {
  // Longer than what XML parsers take without being told: noise, which is not compressed.
  std::vector<double> samples(2000 * 2000);
  std::uint32_t state = 1;
  for (double& sample : samples) {
    state = state * 1664525U + 1013904223U;  // Numerical Recipes, section 7.1
    sample = static_cast<float>(state >> 8) * 0x1p-24F;
  }

  const std::string svg = svg_of(test::map_of(2000, 2000, samples));

  EXPECT_GT(svg.size(), 1000000U);
  EXPECT_GT(decoded(png_of(svg)).width, 1000U);
}

TEST(Png, IsTheSameEachTime) {
  const std::string svg = svg_of(test::line_of({1, 2, 3}));

  EXPECT_EQ(png_of(svg), png_of(svg));
}

TEST(Png, OfWhatIsNoSvgIsRefused) {
  EXPECT_THROW({ [[maybe_unused]] const auto bytes = png_of("<svg"); }, Error);
}

TEST(Png, IsThereWhereItsModuleIs) {
  EXPECT_NO_THROW(require_png());
}

}  // namespace
}  // namespace gridgrad::cli

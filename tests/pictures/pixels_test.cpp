// pixels_test.cpp: samples as pixels of a map
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/pixels.hpp"

#include <limits>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pictures/pictures.hpp"
#include "pictures/png_pixels.hpp"

namespace gridgrad::cli {
namespace {

using test::decoded;
using test::layer_of;
using test::map_of;
using test::Pixel;
using testing::Each;
using testing::ElementsAre;

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

std::vector<std::size_t> across(const std::vector<double>& borders, std::size_t count) {
  return cells_of_pixels(borders, count, LargestAt::last_pixel);
}

TEST(PixelCells, RepeatCellsThatAreLargerThanPixels) {
  EXPECT_THAT(across({0, 1, 2, 3}, 6), ElementsAre(0, 0, 1, 1, 2, 2));
  EXPECT_THAT(across({0, 1}, 3), ElementsAre(0, 0, 0));
}

TEST(PixelCells, AreThoseAtThePixelsCentres) {
  EXPECT_THAT(across({0, 1, 2, 3, 4, 5, 6}, 2), ElementsAre(1, 4));
  EXPECT_THAT(across({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 3), ElementsAre(1, 4, 7));
}

TEST(PixelCells, AreAsWideAsTheirBordersSay) {
  EXPECT_THAT(across({0, 1, 3, 10}, 10), ElementsAre(0, 1, 1, 2, 2, 2, 2, 2, 2, 2));
  EXPECT_THAT(across({-5, 0, 0.1, 5}, 5), ElementsAre(0, 0, 1, 2, 2));
}

TEST(PixelCells, OfDescendingPositionsRunTheOtherWay) {
  EXPECT_THAT(across({10, 3, 1, 0}, 10), ElementsAre(2, 1, 1, 0, 0, 0, 0, 0, 0, 0));
}

TEST(PixelCells, CanHaveTheLargestPositionFirst) {
  EXPECT_THAT(
      cells_of_pixels(std::vector<double>{0, 1, 3, 10}, 10, LargestAt::first_pixel),
      ElementsAre(2, 2, 2, 2, 2, 2, 2, 1, 1, 0));
  EXPECT_THAT(cells_of_pixels(std::vector<double>{3, 2, 1, 0}, 3, LargestAt::first_pixel),
              ElementsAre(0, 1, 2));
}

PixelImage drawn(const FieldPicture& picture, std::size_t width, std::size_t height) {
  PixelImage image{width, height, {}};
  draw_cells(image, picture, picture.layers.front());
  return image;
}

// The values in the middle of three of the parts that colours stand for.
float middle_of(std::size_t colour) {
  return (static_cast<float>(colour) + 0.5F) / colour_count;
}

TEST(Pixels, StandWithLargerPositionsUpwards) {
  const FieldPicture picture =
      map_of(2, 2, {middle_of(0), middle_of(1), middle_of(2), middle_of(3)});

  EXPECT_THAT(drawn(picture, 2, 2).indices, ElementsAre(2, 3, 0, 1));
}

TEST(Pixels, StandWithSmallerPositionsUpwards) {
  FieldPicture picture =
      map_of(2, 2, {middle_of(0), middle_of(1), middle_of(2), middle_of(3)});
  picture.y.upwards = Upwards::smaller;

  EXPECT_THAT(drawn(picture, 2, 2).indices, ElementsAre(0, 1, 2, 3));
}

TEST(Pixels, StandWithNorthUpwardsWhereLatitudesDescend) {
  FieldPicture picture =
      map_of(2, 2, {middle_of(0), middle_of(1), middle_of(2), middle_of(3)});
  picture.y = test::axis_with({90, 0, -90});

  EXPECT_THAT(drawn(picture, 2, 2).indices, ElementsAre(0, 1, 2, 3));
}

TEST(Pixels, OfInfinitiesHaveTheColoursAtTheEnds) {
  const float infinity = std::numeric_limits<float>::infinity();
  const FieldPicture picture = map_of(1, 3, {-infinity, missing, infinity});

  EXPECT_THAT(drawn(picture, 3, 1).indices,
              ElementsAre(0, missing_index, colour_count - 1));
}

TEST(PngFile, HasTheColoursOfItsSamples) {
  FieldPicture picture = map_of(2, 2, {-3, 0, 3, missing});
  picture.layers.front().range = {ColourScale::diverging, -3, 3};
  const ColourMap& colours = colour_map(ColourScale::diverging);
  const auto opaque = [&](std::size_t i) {
    return Pixel{colours.at(i).red, colours.at(i).green, colours.at(i).blue, 255};
  };

  const test::Pixels image = decoded(png_file(drawn(picture, 4, 2), colours));

  ASSERT_EQ(image.width, 4U);
  ASSERT_EQ(image.height, 2U);
  EXPECT_EQ(image.at(0, 0), opaque(254));
  EXPECT_EQ(image.at(0, 1), opaque(254));
  EXPECT_EQ(image.at(0, 2)[3], 0);
  EXPECT_EQ(image.at(0, 3)[3], 0);
  EXPECT_EQ(image.at(1, 0), opaque(0));
  EXPECT_EQ(image.at(1, 3), opaque(127));
}

TEST(PngFile, HasEveryColourOfEveryMap) {
  PixelImage row{colour_count, 1, {}};
  for (std::size_t i = 0; i < colour_count; ++i) {
    row.indices.push_back(static_cast<std::uint8_t>(i));
  }

  for (const ColourScale scale :
       {ColourScale::sequential, ColourScale::diverging, ColourScale::cyclic}) {
    const ColourMap& colours = colour_map(scale);
    const test::Pixels image = decoded(png_file(row, colours));
    for (std::size_t i = 0; i < colour_count; ++i) {
      EXPECT_EQ(image.at(0, i),
                (Pixel{colours[i].red, colours[i].green, colours[i].blue, 255}));
    }
  }
}

TEST(ColourColumn, HasTheHighestColourAtTheTop) {
  const PixelImage column = colour_column(2, 510);

  ASSERT_EQ(column.indices.size(), 1020U);
  for (std::size_t row = 0; row < 510; ++row) {
    EXPECT_EQ(column.indices[2 * row], 254 - row / 2) << row;
  }
}

std::string encoded(std::string_view text) {
  return base64(std::as_bytes(std::span(text.data(), text.size())));
}

// RFC 4648, section 10.
TEST(Base64, IsThatOfTheStandard) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
  EXPECT_EQ(encoded("\xff\xfe\xfd"), "//79");
}

}  // namespace
}  // namespace gridgrad::cli

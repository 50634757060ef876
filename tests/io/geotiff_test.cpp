// tests/io/geotiff_test.cpp: rasters by boxes, and what new ones may be
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <numeric>
#include <ostream>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/io/labelled_file.hpp"
#include "scratch.hpp"

namespace gridgrad::io {
namespace {

using test::expect_error;
using test::Scratch;

constexpr std::size_t height = 45;
constexpr std::size_t width = 70;

template <class T>
void append(std::string& bytes, T value) {
  std::array<char, sizeof(T)> raw = {};
  std::memcpy(raw.data(), &value, sizeof(T));
  bytes.append(raw.data(), raw.size());
}

// A file of uint8 of which nothing was written, in one strip to be deflated.
std::string empty_raster(std::uint32_t rows, std::uint32_t columns) {
  constexpr std::uint32_t long_number = 4;
  const std::vector<std::pair<std::uint16_t, std::uint32_t>> tags = {
      {256, columns}, {257, rows}, {258, 8},    {259, 8}, {262, 1},
      {273, 0},       {277, 1},    {278, rows}, {279, 0}};
  std::string bytes("II*\0\x08\0\0\0", 8);
  append(bytes, static_cast<std::uint16_t>(tags.size()));
  for (const auto& [tag, value] : tags) {
    append(bytes, tag);
    append(bytes, static_cast<std::uint16_t>(long_number));
    append(bytes, std::uint32_t{1});
    append(bytes, value);
  }
  return bytes + std::string(4, '\0');
}

Dataset bands_of_doubles(const LabelledReader& like, const Storage& storage) {
  Dataset contents;
  contents.dimensions = like.dataset().dimensions;
  for (const char* const name : {"first", "second"}) {
    contents.variables.push_back({name, ElementType::float64, {0, 1}, {}, storage});
  }
  return contents;
}

std::vector<double> counted(double first) {
  std::vector<double> samples(height * width);
  std::iota(samples.begin(), samples.end(), first);
  return samples;
}

std::vector<double> part(const std::vector<double>& samples, const Box& box) {
  std::vector<double> inside;
  for (std::size_t row = 0; row < box.extents[0]; ++row) {
    const auto from =
        static_cast<std::ptrdiff_t>((box.first[0] + row) * width + box.first[1]);
    std::copy_n(samples.begin() + from, box.extents[1], std::back_inserter(inside));
  }
  return inside;
}

// Boxes that have each sample once, in no order.
std::vector<Box> scattered_boxes(std::mt19937& random) {
  std::vector<Box> boxes = {{{0, 0}, {height, width}}};
  constexpr std::size_t count = 40;
  while (boxes.size() < count) {
    const std::size_t k = random() % boxes.size();
    const std::size_t axis = random() % 2;
    if (boxes[k].extents[axis] < 2) continue;
    Box rest = boxes[k];
    boxes[k].extents[axis] = 1 + random() % (rest.extents[axis] - 1);
    rest.first[axis] += boxes[k].extents[axis];
    rest.extents[axis] -= boxes[k].extents[axis];
    boxes.push_back(rest);
  }
  std::ranges::shuffle(boxes, random);
  return boxes;
}

using Bands = std::array<std::vector<double>, 2>;

void write_scattered(LabelledWriter& writer, const Dataset& contents, const Bands& bands,
                     std::mt19937& random) {
  for (const Box& box : scattered_boxes(random)) {
    for (std::size_t k = 0; k < bands.size(); ++k) {
      const std::vector<double> inside = part(bands[k], box);
      writer.write(contents.variables[k], box, std::as_bytes(std::span(inside)));
    }
  }
}

bool has_samples(const LabelledReader& reader, std::size_t band, const Box& box,
                 const Bands& bands) {
  const AnyArray found = reader.read(reader.dataset().variables[band], box);
  const std::vector<double> expected = part(bands[band], box);
  return std::equal(expected.begin(), expected.end(),
                    std::get<Array<double>>(found).data());
}

bool has_all_samples(const LabelledReader& reader, const Bands& bands,
                     std::mt19937& random) {
  return std::ranges::all_of(scattered_boxes(random), [&](const Box& box) {
    return has_samples(reader, 0, box, bands) && has_samples(reader, 1, box, bands);
  });
}

struct Case {
  const char* name;
  Storage storage;
};

std::ostream& operator<<(std::ostream& stream, const Case& asked) {
  return stream << asked.name;
}

class GeotiffBoxes : public testing::TestWithParam<Case> {};

TEST_P(GeotiffBoxes, OfAnyShapeAndOrderHoldTheSamplesThatWereWritten) {
  const Scratch scratch;
  const auto like = open_labelled(scratch.file("like", empty_raster(height, width)));
  const Dataset contents = bands_of_doubles(*like, GetParam().storage);
  const Bands bands = {counted(0.5), counted(-1e6)};
  std::mt19937 random(5);
  const std::string path = scratch.file("out", "");

  const auto writer = create_labelled({path, Format::geotiff}, contents, *like);
  writer->define(contents.variables);
  write_scattered(*writer, contents, bands, random);
  writer->close();

  const auto reader = open_labelled(path);
  EXPECT_EQ(reader->dataset().variables[0].name, "first");
  EXPECT_TRUE(has_all_samples(*reader, bands, random));
}

INSTANTIATE_TEST_SUITE_P(
    Layouts, GeotiffBoxes,
    testing::Values(Case{"LikeTheInput", {}}, Case{"Strips", {{4, width}, {}}},
                    Case{"StripsLzw", {{7, width}, {{"lzw"}}}},
                    Case{"Tiles", {{16, 32}, {}}},
                    Case{"TilesZstd", {{32, 16}, {{"zstd", 3}}}},
                    Case{"OneTileDeflate", {{48, 80}, {{"predictor3"}, {"deflate", 1}}}},
                    Case{"TallTilesPackBits", {{height, 32}, {{"packbits"}}}}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(Geotiff, SamplesThatDidNotComeAreMissedAtTheEnd) {
  const Scratch scratch;
  const auto like = open_labelled(scratch.file("like", empty_raster(height, width)));
  const Dataset contents = bands_of_doubles(*like, {});
  const std::string path = scratch.file("out", "");
  const auto writer = create_labelled({path, Format::geotiff}, contents, *like);
  writer->define(contents.variables);
  const std::vector<double> row(width);

  writer->write(contents.variables[0], {{3, 0}, {1, width}},
                std::as_bytes(std::span(row)));

  expect_error(ErrorCode::io, path + ": some samples were not written",
               [&] { writer->close(); });
}

TEST(Geotiff, OffsetsAreLongWhereTheSizeNeedsThem) {
  const Scratch scratch;
  for (const auto& [rows, expected] :
       {std::pair<std::uint32_t, char>{10'000, 42}, {20'000, 43}}) {
    const auto like = open_labelled(scratch.file("like", empty_raster(rows, 10'000)));
    const Dataset contents = bands_of_doubles(*like, {});
    const std::string path = scratch.file("out", "");

    const auto writer = create_labelled({path, Format::geotiff}, contents, *like);
    writer->define(contents.variables);

    EXPECT_EQ(scratch.contents("out")[2], expected) << rows;
  }
}

TEST(Geotiff, WhatTheFormatDoesNotHaveIsRefused) {
  const Scratch scratch;
  const auto like = open_labelled(scratch.file("like", empty_raster(height, width)));
  const std::string path = scratch.file("out", "");
  const auto define = [&](const Dataset& contents) {
    const auto writer = create_labelled({path, Format::geotiff}, contents, *like);
    writer->define(contents.variables);
  };

  expect_error(ErrorCode::unsupported,
               "first: chunks of 20 samples along an axis; tiles of GeoTIFF have "
               "multiples of 16",
               [&] {
                 define(bands_of_doubles(*like, {{20, 32}, {}}));
               });
  expect_error(ErrorCode::unsupported,
               "first: compression blosc:lz4 cannot be written to GeoTIFF; deflate, lzw, "
               "packbits, zstd and lzma can, or none",
               [&] {
                 define(bands_of_doubles(*like, {{16, 32}, {{"blosc:lz4"}}}));
               });
  Dataset mixed = bands_of_doubles(*like, {});
  mixed.variables[1].type = ElementType::float32;
  expect_error(ErrorCode::unsupported,
               "second: is of another type than the other bands of the file",
               [&] { define(mixed); });
}

}  // namespace
}  // namespace gridgrad::io

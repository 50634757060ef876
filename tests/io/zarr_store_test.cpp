// zarr_store_test.cpp: stores written and read by boxes of any shape
//
// SPDX-License-Identifier: BSD-3-Clause

#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "gridgrad/io/labelled_file.hpp"
#include "io/scratch.hpp"
#include "io/zarr/reader.hpp"
#include "io/zarr/writer.hpp"

namespace gridgrad::test {
namespace {

using io::Box;
using io::Dataset;
using io::Storage;
using io::Variable;
using io::zarr::Reader;
using io::zarr::Writer;
using Extents = std::vector<std::size_t>;

// f(z, y, x) of 7 x 5 x 6 samples.
Dataset contents(Storage storage) {
  Dataset dataset;
  dataset.dimensions = {{"z", 7}, {"y", 5}, {"x", 6}};
  dataset.variables = {{"run/f", ElementType::float32, {0, 1, 2}, {}, storage}};
  return dataset;
}

// Of an empty store, which writers are told to be like.
Reader empty_store(const Scratch& scratch) {
  std::filesystem::create_directory(scratch.path("empty"));
  static_cast<void>(scratch.file("empty/.zgroup", R"({"zarr_format": 2})"));
  return Reader(scratch.path("empty"));
}

std::vector<float> samples_of(const Box& box) {
  std::vector<float> samples;
  const auto end = [&](std::size_t axis) { return box.first[axis] + box.extents[axis]; };
  for (std::size_t i = box.first[0]; i < end(0); ++i) {
    for (std::size_t j = box.first[1]; j < end(1); ++j) {
      for (std::size_t k = box.first[2]; k < end(2); ++k) {
        samples.push_back(static_cast<float>((i * 5 + j) * 6 + k));
      }
    }
  }
  return samples;
}

std::vector<float> read(const Reader& reader, const Box& box) {
  const io::AnyArray array = reader.read(reader.dataset().variables.front(), box);
  const auto& typed = std::get<Array<float>>(array);
  return {typed.data(), typed.data() + typed.size()};
}

void write(Writer& writer, const Variable& variable, const Box& box) {
  const std::vector<float> samples = samples_of(box);
  writer.write(variable, box, std::as_bytes(std::span(samples)));
}

const std::vector<Storage> storages = {
    {},
    {{2, 2, 4}, {}},
    {{3, 5, 6}, {{"zstd", 3}}},
    {{7, 1, 1}, {{"shuffle"}, {"blosc:lz4", 5}}},
    {{100, 100, 100}, {{"deflate", 1}, {"crc32c"}}},
};

TEST(ZarrStore, BoxesThatMeetNoChunkWhollyAreWrittenOnce) {
  for (const Storage& storage : storages) {
    for (const std::size_t rows : {1U, 2U, 3U, 5U, 7U}) {
      const Scratch scratch;
      const Dataset dataset = contents(storage);
      const Variable& variable = dataset.variables.front();
      Writer writer(scratch.path("out"), dataset, empty_store(scratch));
      writer.define(dataset.variables);

      for (std::size_t first = 0; first < 7; first += rows) {
        write(writer, variable, {{first, 0, 0}, {std::min(rows, 7 - first), 2, 6}});
        write(writer, variable, {{first, 2, 0}, {std::min(rows, 7 - first), 3, 6}});
      }
      writer.close();

      const Reader reader(scratch.path("out"));
      EXPECT_EQ(read(reader, io::whole(Extents{7, 5, 6})),
                samples_of(io::whole(Extents{7, 5, 6})));
    }
  }
}

TEST(ZarrStore, ManyUnfinishedChunksAreWrittenOnceToo) {
  const Scratch scratch;
  Dataset dataset = contents({{1, 320, 640}, {}});
  dataset.dimensions = {{"z", 13}, {"y", 500}, {"x", 640}};
  const Variable& variable = dataset.variables.front();
  Writer writer(scratch.path("out"), dataset, empty_store(scratch));
  writer.define(dataset.variables);
  const auto sample = [](std::size_t i) { return static_cast<float>(i % 997); };

  // Every box has a part of each of the chunks, which have 10 MiB.
  for (std::size_t first = 0; first < 500; first += 100) {
    std::vector<float> samples;
    for (std::size_t i = 0; i < 13; ++i) {
      for (std::size_t k = 0; k < std::size_t{100} * 640; ++k) {
        samples.push_back(sample((i * 500 + first) * 640 + k));
      }
    }
    writer.write(variable, {{0, first, 0}, {13, 100, 640}},
                 std::as_bytes(std::span(samples)));
  }
  writer.close();

  const Reader reader(scratch.path("out"));
  const std::vector<float> result = read(reader, io::whole(Extents{13, 500, 640}));
  for (std::size_t i = 0; i < result.size(); ++i) ASSERT_EQ(result[i], sample(i)) << i;
  EXPECT_FALSE(std::filesystem::exists(scratch.path("out/run/f/unfinished")));
}

TEST(ZarrStore, AnyBoxCanBeRead) {
  for (const Storage& storage : storages) {
    const Scratch scratch;
    const Dataset dataset = contents(storage);
    Writer writer(scratch.path("out"), dataset, empty_store(scratch));
    writer.define(dataset.variables);
    write(writer, dataset.variables.front(), io::whole(Extents{7, 5, 6}));
    writer.close();
    const Reader reader(scratch.path("out"));
    const Extents extents = {7, 5, 6};
    std::mt19937 random(7);

    for (int run = 0; run < 50; ++run) {
      Box box{Extents(3), Extents(3)};
      for (std::size_t axis = 0; axis < 3; ++axis) {
        box.first[axis] = random() % extents[axis];
        box.extents[axis] = 1 + random() % (extents[axis] - box.first[axis]);
      }
      EXPECT_EQ(read(reader, box), samples_of(box));
    }
  }
}

TEST(ZarrStore, SaysWhatItWasGiven) {
  const Scratch scratch;
  Dataset dataset = contents({{2, 2, 4}, {{"zstd", 3}}});
  dataset.attributes = {{"title", std::string("Test")}};
  dataset.variables[0].attributes = {{"_FillValue", std::vector<float>{-1}},
                                     {"levels", std::vector<std::int64_t>{1, 2}}};
  Writer writer(scratch.path("out"), dataset, empty_store(scratch));
  writer.define(dataset.variables);
  write(writer, dataset.variables.front(), io::whole(Extents{7, 5, 6}));
  writer.close();

  const Reader reader(scratch.path("out"));

  const Variable& variable = reader.dataset().variables.front();
  EXPECT_EQ(io::text_of(reader.dataset().attributes, "title"), "Test");
  EXPECT_EQ(variable.name, "run/f");
  EXPECT_EQ(variable.storage.chunks, (Extents{2, 2, 4}));
  EXPECT_EQ(variable.storage.filters, (std::vector<io::Filter>{{"zstd", 3}}));
  EXPECT_EQ(io::numbers_of(variable.attributes, "_FillValue"), std::vector<double>{-1});
  EXPECT_EQ(io::numbers_of(variable.attributes, "levels"), (std::vector<double>{1, 2}));
  EXPECT_EQ(reader.dataset().dimensions[0].name, "run/z");
}

TEST(ZarrStore, NeedsADirectoryOfItsOwn) {
  const Scratch scratch;
  const Reader like = empty_store(scratch);

  expect_error(
      ErrorCode::io,
      scratch.path("empty") + ": is not empty; a Zarr store needs a new directory",
      [&] { Writer(scratch.path("empty"), contents({}), like); });
}

TEST(ZarrStore, EmptyArraysHaveNoChunks) {
  const Scratch scratch;
  Dataset dataset = contents({});
  dataset.dimensions[1].extent = 0;
  Writer writer(scratch.path("out"), dataset, empty_store(scratch));
  writer.define(dataset.variables);
  writer.write(dataset.variables.front(), io::whole(Extents{7, 0, 6}), {});
  writer.close();

  const Reader reader(scratch.path("out"));

  EXPECT_TRUE(read(reader, io::whole(Extents{7, 0, 6})).empty());
  EXPECT_FALSE(std::filesystem::exists(scratch.path("out/run/f/c")));
}

}  // namespace
}  // namespace gridgrad::test

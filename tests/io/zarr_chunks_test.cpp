// zarr_chunks_test.cpp: which chunks a box meets, and what codecs undo
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <random>
#include <string_view>

#include <gtest/gtest.h>

#include "io/scratch.hpp"
#include "io/zarr/byte_codec.hpp"
#include "io/zarr/chunk_grid.hpp"
#include "io/zarr/crc32c.hpp"
#include "io/zarr/dimensions.hpp"
#include "io/zarr/samples.hpp"

namespace gridgrad::test {
namespace {

using io::Box;
using io::zarr::ByteCodec;
using io::zarr::Bytes;
using io::zarr::ChunkPart;
using io::zarr::ChunkParts;
using io::zarr::Coding;
using io::zarr::Shuffle;
using Extents = std::vector<std::size_t>;

TEST(ZarrChunks, PartsCoverABoxOnceWhereverItLies) {
  const Extents extents = {7, 5, 6};
  const Extents chunk = {3, 2, 6};
  std::mt19937 random(7);
  for (int run = 0; run < 200; ++run) {
    Box box{Extents(3), Extents(3)};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.first[axis] = random() % extents[axis];
      box.extents[axis] = 1 + random() % (extents[axis] - box.first[axis]);
    }
    std::vector<int> times(io::size_of(box), 0);
    const ChunkParts parts(chunk, box);

    for (std::size_t number = 0; number < parts.count(); ++number) {
      const ChunkPart one = parts[number];
      const ChunkParts samples(Extents{1, 1, 1}, {one.place, one.part.extents});
      for (std::size_t k = 0; k < samples.count(); ++k) {
        const Extents at = samples[k].index;
        ++times[io::zarr::linear(at, box.extents)];
        for (std::size_t axis = 0; axis < 3; ++axis) {
          const std::size_t in_chunk = at[axis] - one.place[axis] + one.part.first[axis];
          EXPECT_EQ(one.index[axis] * chunk[axis] + in_chunk, box.first[axis] + at[axis]);
          EXPECT_LT(in_chunk, chunk[axis]);
        }
      }
    }

    EXPECT_TRUE(std::ranges::all_of(times, [](int count) { return count == 1; }));
  }
}

TEST(ZarrChunks, OnlyThoseAreMetThatABoxReaches) {
  const ChunkParts parts(Extents{4, 4}, {{4, 3}, {4, 2}});

  ASSERT_EQ(parts.count(), 2U);
  EXPECT_EQ(parts[0].index, (Extents{1, 0}));
  EXPECT_EQ(parts[0].part.first, (Extents{0, 3}));
  EXPECT_EQ(parts[1].index, (Extents{1, 1}));
  EXPECT_EQ(parts[1].place, (Extents{0, 1}));
  EXPECT_EQ(parts[1].part.extents, (Extents{4, 1}));
}

TEST(ZarrChunks, ASingleNumberIsOneChunk) {
  const ChunkParts parts(Extents{}, Box{});

  ASSERT_EQ(parts.count(), 1U);
  EXPECT_TRUE(parts[0].index.empty());
}

TEST(ZarrChunks, DefaultChunksAreAMebibyteAndWholeAlongTheLastAxes) {
  EXPECT_EQ(io::zarr::default_chunk(Extents{100, 512, 1024}, 4), (Extents{1, 256, 1024}));
  EXPECT_EQ(io::zarr::default_chunk(Extents{100, 10, 10}, 8), (Extents{100, 10, 10}));
  EXPECT_EQ(io::zarr::default_chunk(Extents{1U << 30}, 16), (Extents{1U << 16}));
  EXPECT_EQ(io::zarr::default_chunk(Extents{0, 3}, 4), (Extents{1, 3}));
  EXPECT_EQ(io::zarr::default_chunk(Extents{}, 4), Extents{});
}

TEST(ZarrChunks, ChunksFitTheirArray) {
  EXPECT_EQ(io::zarr::fitted_chunk(Extents{9, 2, 0}, Extents{4, 5, 0}),
            (Extents{4, 2, 1}));
  EXPECT_EQ(io::zarr::chunk_counts(Extents{4, 5, 0}, Extents{4, 2, 1}),
            (Extents{1, 3, 0}));
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

TEST(ZarrChecksum, IsThatOfCastagnoli) {
  // RFC 3720, B.4, and the usual check value.
  EXPECT_EQ(io::zarr::crc32c(bytes_of("123456789")), 0xe3069283U);
  EXPECT_EQ(io::zarr::crc32c(bytes_of(std::string(32, '\0'))), 0x8a9136aaU);
  EXPECT_EQ(io::zarr::crc32c(bytes_of("")), 0U);
}

// Smooth numbers with some noise, as compressors get them.
std::vector<float> field() {
  std::mt19937 random(7);
  std::vector<float> samples(5000);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<float>(i) + static_cast<float>(random() % 8);
  }
  return samples;
}

const std::vector<ByteCodec> codecs = {
    {Coding::zlib, 1},
    {Coding::gzip, 6},
    {Coding::zstd, 0},
    {Coding::zstd, 5, true},
    {Coding::crc32c},
    {Coding::blosc, 5, false, "lz4", Shuffle::none},
    {Coding::blosc, 5, false, "zstd", Shuffle::bytes},
    {Coding::blosc, 1, false, "zlib", Shuffle::bits},
    {Coding::blosc, 9, false, "blosclz", Shuffle::bytes},
};

TEST(ZarrCodecs, UndoWhatTheyDid) {
  const std::vector<float> samples = field();
  const auto bytes = std::as_bytes(std::span(samples));
  for (const ByteCodec& codec : codecs) {
    const Bytes encoded = io::zarr::encode(codec, bytes, sizeof(float));

    const Bytes decoded = io::zarr::decode(codec, encoded.span(), {bytes.size(), "c"});

    EXPECT_TRUE(std::ranges::equal(decoded.span(), bytes));
  }
}

TEST(ZarrCodecs, SurviveChunksThatEndAnywhere) {
  const std::vector<float> samples = field();
  const auto bytes = std::as_bytes(std::span(samples)).first(4000);
  for (const ByteCodec& codec : codecs) {
    const Bytes encoded = io::zarr::encode(codec, bytes, sizeof(float));
    for (std::size_t size = 0; size < encoded.size(); size += 1 + size / 16) {
      const auto cut = encoded.span().first(size);

      const auto error = error_of([&] {
        // What is cut off at the end of a frame is seen by its size.
        const Bytes decoded = io::zarr::decode(codec, cut, {bytes.size(), "c"});
        if (decoded.size() != bytes.size()) throw Error(ErrorCode::io, "c", "short");
      });

      ASSERT_TRUE(error) << size << " bytes";
      EXPECT_EQ(error->code(), ErrorCode::io);
    }
  }
}

TEST(ZarrCodecs, NeverMakeMoreThanAChunkHas) {
  const std::vector<float> samples = field();
  const auto bytes = std::as_bytes(std::span(samples));
  for (const ByteCodec& codec : codecs) {
    if (codec.coding == Coding::crc32c) continue;
    const Bytes encoded = io::zarr::encode(codec, bytes, sizeof(float));

    const auto error = error_of([&] {
      static_cast<void>(
          io::zarr::decode(codec, encoded.span(), {bytes.size() - 1, "chunk 1"}));
    });

    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::io);
    EXPECT_EQ(error->argument(), "chunk 1");
  }
}

TEST(ZarrCodecs, FiltersOfOtherFormatsHaveCounterparts) {
  using Codecs = std::vector<ByteCodec>;
  const auto of = [](const std::vector<io::Filter>& filters) {
    return io::zarr::codecs_of(filters, "t");
  };

  EXPECT_EQ(of({}), Codecs{});
  EXPECT_EQ(of({{"deflate", 4}}), (Codecs{{Coding::gzip, 4}}));
  EXPECT_EQ(of({{"zstd", 7}, {"crc32c", 0}}),
            (Codecs{{Coding::zstd, 7}, {Coding::crc32c}}));
  EXPECT_EQ(of({{"shuffle"}, {"deflate", 4}}),
            (Codecs{{Coding::blosc, 4, false, "zlib", Shuffle::bytes}}));
  EXPECT_EQ(of({{"bitshuffle"}, {"blosc:lz4", 5}}),
            (Codecs{{Coding::blosc, 5, false, "lz4", Shuffle::bits}}));
  expect_error(ErrorCode::unsupported,
               "t: compression szip cannot be written to Zarr; deflate, zstd and blosc "
               "can, or none",
               [&] { static_cast<void>(of({{"szip"}})); });
}

TEST(ZarrSamples, AreCopiedBetweenAnyStrides) {
  const Extents extents = {3, 4, 5};
  std::array<std::uint16_t, 60> from = {};
  std::iota(from.begin(), from.end(), std::uint16_t{0});
  std::array<std::uint16_t, 60> to = {};
  const io::zarr::Place source = {std::as_writable_bytes(std::span(from)).data(),
                                  io::zarr::byte_strides(extents, 2)};
  // As Fortran has it.
  const io::zarr::Place target = {std::as_writable_bytes(std::span(to)).data(),
                                  {2, 6, 24}};

  io::zarr::copy_samples(extents, source, target, 2);

  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      for (std::size_t k = 0; k < 5; ++k) {
        EXPECT_EQ(to[i + 3 * j + 12 * k], from[20 * i + 5 * j + k]);
      }
    }
  }
}

TEST(ZarrDimensions, AreCalledByWhatTheirGroupSees) {
  EXPECT_EQ(io::zarr::name_within("x", "t"), "x");
  EXPECT_EQ(io::zarr::name_within("g/x", "g/t"), "x");
  EXPECT_EQ(io::zarr::name_within("x", "g/t"), "x");
  EXPECT_EQ(io::zarr::name_within("g/x", "g/h/t"), "x");
  EXPECT_EQ(io::zarr::name_within("a/b", "t"), "a/b");
}

}  // namespace
}  // namespace gridgrad::test

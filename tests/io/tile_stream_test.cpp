// tile_stream_test.cpp: any tiles give the bits of the whole, and read it once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/tile_stream.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "io/scratch.hpp"
#include "io/tiled_memory.hpp"

namespace gridgrad::test {
namespace {

template <class T>
void stream(const TilePlan& plan, Memory<T>& memory) {
  io::stream_tiles(plan, {.read = [&](std::size_t, const Box& box,
                                      auto bytes) { memory.read(box, bytes); },
                          .write = [&](std::size_t k, const Box& box,
                                       auto bytes) { memory.write(k, box, bytes); }});
}

struct Components {
  std::vector<Along> along;
  Scheme scheme = {};
};

TilePlan plan_of(const TiledField& field, const Components& components,
                 std::uint64_t memory) {
  return {{field},
          io::tiled_gradient(field.extents, components.along, components.scheme),
          {memory}};
}

template <class T>
void expect_the_whole(const Memory<T>& memory, const Components& components) {
  const auto field =
      StridedView<const T>::contiguous(memory.samples.data(), memory.extents);
  const auto expected = gradient(field, components.along, components.scheme);
  for (std::size_t k = 0; k < expected.size(); ++k) {
    for (std::size_t i = 0; i < memory.samples.size(); ++i) {
      ASSERT_EQ(memory.writes[k][i], 1) << "component " << k << ", sample " << i;
      ASSERT_TRUE(same_bits(memory.results[k][i], expected[k].data()[i]))
          << "component " << k << ", sample " << i;
    }
  }
}

std::uint64_t least_memory_of(const TiledField& field, const Components& components) {
  return least_memory(
      {field}, io::tiled_gradient(field.extents, components.along, components.scheme));
}

template <class T>
void punch_holes(std::vector<T>& samples, Random& random) {
  if constexpr (std::floating_point<T>) {
    for (T& sample : samples) {
      if (random() % 16 == 0) sample = std::numeric_limits<T>::quiet_NaN();
    }
  }
}

template <class T>
void check_random_field(Random& random) {
  const std::size_t rank = 1 + random() % 3;
  TiledField field;
  field.stored = element_type<T>();
  const bool has_chunks = random() % 2 == 0;
  for (std::size_t d = 0; d < rank; ++d) {
    field.extents.push_back(12 + random() % 8);
    if (has_chunks) field.chunks.push_back(1 + random() % field.extents[d]);
  }
  std::vector<Along> along;
  for (std::size_t d = rank; d-- > 0;) {
    if (along.empty() || random() % 2 == 0) {
      along.push_back({d, random_axis(field.extents[d], random)});
    }
  }
  const Scheme scheme = random_scheme(random);
  std::vector<T> samples = random_samples<T>(product(field.extents), random);
  punch_holes(samples, random);
  const Components components = {along, scheme};
  const std::uint64_t least = least_memory_of(field, components);
  for (const std::uint64_t budget : {least, least + least / 2, 3 * least, unbounded}) {
    const TilePlan plan = plan_of(field, components, budget);
    ASSERT_LE(plan.peak_bytes(), budget);
    Memory<T> memory(field.extents, samples, along.size());
    stream(plan, memory);
    expect_the_whole(memory, components);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(TileStream, HasTheBitsOfTheWholeForAnyTiles) {
  Random random(seed);
  for (int k = 0; k < 150; ++k) {
    SCOPED_TRACE(k);
    check_random_field<double>(random);
    check_random_field<float>(random);
    check_random_field<std::int32_t>(random);
    check_random_field<std::complex<float>>(random);
    if (HasFatalFailure()) return;
  }
}

TEST(TileStream, ReadsEachSampleOnceWhereASlabFits) {
  Random random(seed);
  const std::vector<std::size_t> extents = {40, 9, 8};
  for (const Axis& rule : {Axis(), Axis().with_ends(Periodic{})}) {
    const Components components = {{{0, rule}, {1}, {2}}, {.accuracy = 6}};
    const TiledField field = {extents, {4, 3, 8}, ElementType::float32};
    Memory<float> memory(extents, random_samples<float>(product(extents), random), 3);
    const std::uint64_t slab = 4 * 9 * 8 * sizeof(float);
    const TilePlan plan = plan_of(field, components, 30 * slab);
    ASSERT_EQ(plan.walk_axis(), 0U);
    ASSERT_GT(plan.size(), 3U);

    stream(plan, memory);

    EXPECT_EQ(std::ranges::count(memory.reads, 1), std::ssize(memory.reads));
    EXPECT_EQ(plan.bytes_read(), plan.bytes_of_fields());
    expect_the_whole(memory, components);
  }
}

TEST(TileStream, PredictsWhatIsReadAgain) {
  Random random(seed);
  const std::vector<std::size_t> extents = {60, 40, 11};
  const TiledField field = {extents, {}, ElementType::float64};
  const std::uint64_t slab = 40 * 11 * sizeof(double);
  Memory<double> memory(extents, random_samples<double>(product(extents), random), 3);
  const TilePlan plan = plan_of(field, {{{0}, {1}, {2}}}, 4 * slab);
  ASSERT_EQ(plan.walk_axis(), 1U);

  stream(plan, memory);

  const auto read = std::accumulate(memory.reads.begin(), memory.reads.end(), 0);
  EXPECT_EQ(plan.bytes_read(), static_cast<std::uint64_t>(read) * sizeof(double));
  EXPECT_GT(plan.bytes_read(), plan.bytes_of_fields());
}

TEST(TileStream, CutsOnlyWherePositionsDoNotVary) {
  Random random(seed);
  const std::vector<std::size_t> extents = {12, 6, 5};
  std::vector<double> levels = random_positions(6 * 5, random);
  const std::vector<std::size_t> shape = {6, 5};
  const Axis rule = Axis::at(StridedView<const double>::contiguous(levels.data(), shape));
  const Components components = {{{1, rule}, {0}}};
  const TiledField field = {extents, {}, ElementType::float64};
  Memory<double> memory(extents, random_samples<double>(product(extents), random), 2);
  const TilePlan plan = plan_of(field, components, least_memory_of(field, components));
  EXPECT_EQ(plan.size(), 12U);

  stream(plan, memory);

  expect_the_whole(memory, components);
}

TEST(TileStream, RefusesLessMemoryThanOneRowNeeds) {
  const TiledField field = {{100, 50}, {}, ElementType::float64};
  const std::uint64_t least = least_memory_of(field, {{{0}, {1}}});
  EXPECT_NO_THROW(static_cast<void>(plan_of(field, {{{0}, {1}}}, least)));

  const auto error = error_of([&] {
    static_cast<void>(plan_of(field, {{{0}, {1}}}, least - 1));
  });

  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::bad_argument);
  EXPECT_EQ(error->argument(), "memory");
}

TEST(TileStream, OfAnEmptyFieldHasNoTiles) {
  const TiledField field = {{0, 7}, {}, ElementType::float64};
  EXPECT_EQ(plan_of(field, {{{1}}}, unbounded).size(), 0U);
}

TEST(TileStream, LeavesByTheErrorOfAStep) {
  const TiledField field = {{1000, 50}, {}, ElementType::float64};
  const TilePlan plan = plan_of(field, {{{0}}}, 20000);
  int reads = 0;
  const auto error = error_of([&] {
    io::stream_tiles(plan, {.read =
                                [&](std::size_t, const Box&, std::span<std::byte>) {
                                  if (++reads == 5) {
                                    throw Error(ErrorCode::io, "disk", "is gone");
                                  }
                                },
                            .write = [](std::size_t, const Box&, auto) {}});
  });
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->argument(), "disk");
}

}  // namespace
}  // namespace gridgrad::test

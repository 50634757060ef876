// streamed_gradient_test.cpp: any tiles give the bits of the whole, and read it once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/streamed_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "io/scratch.hpp"
#include "support/bits.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using io::Box;
using io::TiledField;
using io::TilePlan;

constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

// Calls f(offset in an array in C order, length) for each run of samples of a box.
template <class F>
void each_run(std::span<const std::size_t> extents, const Box& box, F&& f) {
  std::vector<std::size_t> index(extents.size(), 0);
  const std::size_t last = extents.size() - 1;
  while (true) {
    std::size_t offset = 0;
    for (std::size_t d = 0; d < extents.size(); ++d) {
      offset = offset * extents[d] + box.first[d] + index[d];
    }
    f(offset, box.extents[last]);
    std::size_t d = last;
    while (d > 0 && ++index[d - 1] == box.extents[d - 1]) index[--d] = 0;
    if (d == 0) return;
  }
}

// A file in memory that counts what is read and written.
template <class T>
struct Memory {
  using R = Result<T>;

  Memory(std::vector<std::size_t> shape, std::vector<T> field, std::size_t components)
      : extents(std::move(shape)),
        samples(std::move(field)),
        reads(samples.size(), 0),
        results(components, std::vector<R>(samples.size())),
        writes(components, std::vector<int>(samples.size(), 0)) {}

  void read(const Box& box, std::span<std::byte> bytes) {
    std::size_t done = 0;
    each_run(extents, box, [&](std::size_t offset, std::size_t length) {
      std::memcpy(bytes.data() + done, samples.data() + offset, length * sizeof(T));
      done += length * sizeof(T);
      for (std::size_t i = 0; i < length; ++i) ++reads[offset + i];
    });
    ASSERT_EQ(done, bytes.size());
  }

  void write(std::size_t component, const Box& box, std::span<const std::byte> bytes) {
    std::size_t done = 0;
    each_run(extents, box, [&](std::size_t offset, std::size_t length) {
      std::memcpy(results[component].data() + offset, bytes.data() + done,
                  length * sizeof(R));
      done += length * sizeof(R);
      for (std::size_t i = 0; i < length; ++i) ++writes[component][offset + i];
    });
    ASSERT_EQ(done, bytes.size());
  }

  std::vector<std::size_t> extents;
  std::vector<T> samples;
  std::vector<int> reads;
  std::vector<std::vector<R>> results;
  std::vector<std::vector<int>> writes;
};

template <class T>
void stream(const TilePlan& plan, Memory<T>& memory) {
  io::stream_gradient(
      plan, {.read = [&](const Box& box, auto bytes) { memory.read(box, bytes); },
             .write = [&](std::size_t k, const Box& box,
                          auto bytes) { memory.write(k, box, bytes); }});
}

template <class T>
void expect_the_whole(const Memory<T>& memory, const TilePlan& plan) {
  const auto field =
      StridedView<const T>::contiguous(memory.samples.data(), memory.extents);
  const auto expected = gradient(field, plan.along(), plan.scheme());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    for (std::size_t i = 0; i < memory.samples.size(); ++i) {
      ASSERT_EQ(memory.writes[k][i], 1) << "component " << k << ", sample " << i;
      ASSERT_TRUE(same_bits(memory.results[k][i], expected[k].data()[i]))
          << "component " << k << ", sample " << i;
    }
  }
}

// The memory that the smallest tile needs, as the refusal of 1 byte says.
std::uint64_t least_memory(const TiledField& field, const std::vector<Along>& along,
                           const Scheme& scheme) {
  const auto error =
      error_of([&] { static_cast<void>(TilePlan(field, along, scheme, {1})); });
  EXPECT_EQ(error->argument(), "memory") << error->what();
  const std::string text = error->what();
  return std::stoull(text.substr(text.rfind(' ') + 1));
}

Boundary random_boundary(Random& random) {
  switch (random() % 6) {
    case 0:
      return Symmetric{};
    case 1:
      return Antisymmetric{Mirror::half_point};
    case 2:
      return Constant{2.5};
    case 3:
      return Nearest{};
    default:
      return OneSided{};
  }
}

Axis random_axis(std::size_t extent, Random& random) {
  Axis axis =
      random() % 2 == 0 ? Axis::spaced(0.25) : Axis::at(random_positions(extent, random));
  if (random() % 4 == 0) return axis.with_ends(Periodic{3.0 * extent});
  return axis.with_ends(random_boundary(random), random_boundary(random));
}

Scheme random_scheme(Random& random) {
  Scheme scheme;
  scheme.derivative = 1 + static_cast<int>(random() % 2);
  scheme.accuracy = random() % 2 == 0 ? 2 : 4;
  if (random() % 3 == 0) scheme.edge_order = 3;
  if (random() % 3 == 0) scheme.missing = Propagate{};
  if (random() % 3 == 0) scheme.missing = Adapt{1};
  return scheme;
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
  const std::uint64_t least = least_memory(field, along, scheme);
  for (const std::uint64_t budget : {least, least + least / 2, 3 * least, unbounded}) {
    const TilePlan plan(field, along, scheme, {budget});
    ASSERT_LE(plan.peak_bytes(), budget);
    Memory<T> memory(field.extents, samples, along.size());
    stream(plan, memory);
    expect_the_whole(memory, plan);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(StreamedGradient, HasTheBitsOfTheWholeForAnyTiles) {
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

TEST(StreamedGradient, ReadsEachSampleOnceWhereASlabFits) {
  Random random(seed);
  const std::vector<std::size_t> extents = {40, 9, 8};
  for (const Axis& rule : {Axis(), Axis().with_ends(Periodic{})}) {
    const std::vector<Along> along = {{0, rule}, {1}, {2}};
    const TiledField field = {extents, {4, 3, 8}, ElementType::float32};
    const Scheme scheme = {.accuracy = 6};
    Memory<float> memory(extents, random_samples<float>(product(extents), random), 3);
    const std::uint64_t slab = 4 * 9 * 8 * sizeof(float);
    const TilePlan plan(field, along, scheme, {30 * slab});
    ASSERT_EQ(plan.walk_axis(), 0U);
    ASSERT_GT(plan.size(), 3U);

    stream(plan, memory);

    EXPECT_EQ(std::ranges::count(memory.reads, 1), std::ssize(memory.reads));
    EXPECT_EQ(plan.bytes_read(), plan.bytes_of_field());
    expect_the_whole(memory, plan);
  }
}

TEST(StreamedGradient, PredictsWhatIsReadAgain) {
  Random random(seed);
  const std::vector<std::size_t> extents = {60, 40, 11};
  const std::vector<Along> along = {{0}, {1}, {2}};
  const TiledField field = {extents, {}, ElementType::float64};
  const std::uint64_t slab = 40 * 11 * sizeof(double);
  Memory<double> memory(extents, random_samples<double>(product(extents), random), 3);
  const TilePlan plan(field, along, {}, {4 * slab});
  ASSERT_EQ(plan.walk_axis(), 1U);

  stream(plan, memory);

  const auto read = std::accumulate(memory.reads.begin(), memory.reads.end(), 0);
  EXPECT_EQ(plan.bytes_read(), static_cast<std::uint64_t>(read) * sizeof(double));
  EXPECT_GT(plan.bytes_read(), plan.bytes_of_field());
}

TEST(StreamedGradient, CutsOnlyWherePositionsDoNotVary) {
  Random random(seed);
  const std::vector<std::size_t> extents = {12, 6, 5};
  std::vector<double> levels = random_positions(6 * 5, random);
  const std::vector<std::size_t> shape = {6, 5};
  const Axis rule = Axis::at(StridedView<const double>::contiguous(levels.data(), shape));
  const std::vector<Along> along = {{1, rule}, {0}};
  const TiledField field = {extents, {}, ElementType::float64};
  Memory<double> memory(extents, random_samples<double>(product(extents), random), 2);
  const TilePlan plan(field, along, {}, {least_memory(field, along, {})});
  EXPECT_EQ(plan.size(), 12U);

  stream(plan, memory);

  expect_the_whole(memory, plan);
}

TEST(StreamedGradient, RefusesLessMemoryThanOneRowNeeds) {
  const TiledField field = {{100, 50}, {}, ElementType::float64};
  const std::uint64_t least = least_memory(field, {{0}, {1}}, {});
  EXPECT_NO_THROW(static_cast<void>(TilePlan(field, {{0}, {1}}, {}, {least})));

  const auto error = error_of([&] {
    static_cast<void>(TilePlan(field, {{0}, {1}}, {}, {least - 1}));
  });

  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::bad_argument);
  EXPECT_EQ(error->argument(), "memory");
}

TEST(StreamedGradient, OfAnEmptyFieldHasNoTiles) {
  const TiledField field = {{0, 7}, {}, ElementType::float64};
  EXPECT_EQ(TilePlan(field, {{1}}, {}, {unbounded}).size(), 0U);
}

TEST(StreamedGradient, LeavesByTheErrorOfAStep) {
  const TiledField field = {{1000, 50}, {}, ElementType::float64};
  const TilePlan plan(field, {{0}}, {}, {20000});
  int reads = 0;
  const auto error = error_of([&] {
    io::stream_gradient(plan, {.read =
                                   [&](const Box&, std::span<std::byte>) {
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

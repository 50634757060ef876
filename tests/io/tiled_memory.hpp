// tests/io/tiled_memory.hpp: files in memory for tiles, and random work on them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/io/tile_stream.hpp"
#include "support/bits.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

using io::Box;
using io::TiledField;
using io::TilePlan;

inline constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

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

// The memory that the smallest tile needs, as the refusal of 1 byte says.
inline std::uint64_t least_memory(const std::vector<TiledField>& fields,
                                  const io::SharedOperator& op) {
  const auto error = error_of([&] { static_cast<void>(TilePlan(fields, op, {1})); });
  EXPECT_EQ(error->argument(), "memory") << error->what();
  const std::string text = error->what();
  return std::stoull(text.substr(text.rfind(' ') + 1));
}

inline Boundary random_boundary(Random& random) {
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

inline Axis random_axis(std::size_t extent, Random& random) {
  Axis axis =
      random() % 2 == 0 ? Axis::spaced(0.25) : Axis::at(random_positions(extent, random));
  if (random() % 4 == 0) return axis.with_ends(Periodic{3.0 * extent});
  return axis.with_ends(random_boundary(random), random_boundary(random));
}

inline Scheme random_scheme(Random& random) {
  Scheme scheme;
  scheme.derivative = 1 + static_cast<int>(random() % 2);
  scheme.accuracy = random() % 2 == 0 ? 2 : 4;
  if (random() % 3 == 0) scheme.edge_order = 3;
  if (random() % 3 == 0) scheme.missing = Propagate{};
  if (random() % 3 == 0) scheme.missing = Adapt{1};
  return scheme;
}

}  // namespace gridgrad::test

// sweep_test.cpp: boxes of every size give the bits of the whole
//
// SPDX-License-Identifier: BSD-3-Clause

#include "sweep.hpp"

#include <gtest/gtest.h>

#include "gridgrad/array.hpp"
#include "gridgrad/gradient.hpp"
#include "support/bits.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

// All axes in one sweep, one of them at positions and the others uniform.
template <class T>
std::vector<Array<Result<T>>> swept(const StridedView<const T>& field,
                                    std::size_t irregular, const Tiling& tiling,
                                    std::size_t threads) {
  Random random(seed);
  std::vector<Array<Result<T>>> results;
  std::vector<StridedView<Result<T>>> views;
  std::vector<RowTable> tables;
  for (std::size_t axis = 0; axis < field.rank(); ++axis) {
    const std::size_t extent = field.extents()[axis];
    const Axis rule = axis == irregular ? Axis::at(random_positions(extent, random))
                                        : Axis::spaced(0.3);
    tables.emplace_back(rule, extent, Scheme{.edge_order = 2});
    results.push_back(Array<Result<T>>::like(field));
  }
  std::vector<Term> terms;
  for (auto& result : results) views.push_back(view(result));
  for (std::size_t axis = 0; axis < field.rank(); ++axis) {
    terms.push_back({&tables[axis],
                     axis,
                     views[axis],
                     {0, field.extents()[axis]},
                     SampleRanges(Range{0, field.extents()[axis]}),
                     {}});
  }
  sweep(field, terms, {.threads = threads}, tiling);
  return results;
}

template <class T>
void expect_same_bits(const std::vector<Array<T>>& given,
                      const std::vector<Array<T>>& expected) {
  for (std::size_t axis = 0; axis < given.size(); ++axis) {
    for_each_index(given[axis].extents(), [&](std::span<const std::size_t> index) {
      ASSERT_TRUE(
          same_bits(at(view(given[axis]), index), at(view(expected[axis]), index)));
    });
  }
}

template <class T>
void expect_no_box_changes_bits() {
  Random random(seed);
  const std::vector<std::size_t> shape = {7, 9, 23};
  const std::vector<T> samples = random_samples<T>(product(shape), random);
  const auto field = StridedView<const T>::contiguous(samples.data(), shape);
  for (const std::size_t irregular : {0, 1, 2}) {
    const auto whole = swept<T>(field, irregular, {product(shape), 100}, 1);
    for (const std::size_t plane : {1, 2, 3, 8, 23, 24, 50, 207, 400}) {
      for (const std::size_t rows : {1, 2, 3, 5}) {
        SCOPED_TRACE(testing::Message() << "irregular " << irregular << ", plane "
                                        << plane << ", rows " << rows);
        const auto boxed = swept<T>(field, irregular, {plane, rows}, 1 + plane % 3);
        expect_same_bits(boxed, whole);
      }
    }
  }
}

// Lines and rows of all lengths around a cache line, whole and cut.
template <class T>
void expect_no_store_changes_bits() {
  Random random(seed);
  for (const std::size_t last : {3, 4, 5, 16, 23, 32, 67, 130}) {
    const std::vector<std::size_t> shape = {6, 11, last};
    const std::vector<T> samples = random_samples<T>(product(shape), random);
    const auto field = StridedView<const T>::contiguous(samples.data(), shape);
    for (const std::size_t irregular : {0, 1, 2}) {
      SCOPED_TRACE(testing::Message()
                   << "last extent " << last << ", irregular " << irregular);
      const auto whole = swept<T>(field, irregular, {product(shape), 100}, 1);
      for (const std::size_t plane : {std::size_t{16}, product(shape)}) {
        const Tiling streamed = {plane, 100, 4, 0};
        expect_same_bits(swept<T>(field, irregular, streamed, 2), whole);
      }
    }
  }
}

TEST(Sweep, OfFloat32HasTheSameBitsStreamed) {
  expect_no_store_changes_bits<float>();
}
TEST(Sweep, OfFloat64HasTheSameBitsStreamed) {
  expect_no_store_changes_bits<double>();
}
TEST(Sweep, OfComplex64HasTheSameBitsStreamed) {
  expect_no_store_changes_bits<std::complex<float>>();
}

TEST(Sweep, OfFloat32HasTheSameBitsInEveryBox) {
  expect_no_box_changes_bits<float>();
}
TEST(Sweep, OfComplex128HasTheSameBitsInEveryBox) {
  expect_no_box_changes_bits<std::complex<double>>();
}
TEST(Sweep, OfFloat16HasTheSameBitsInEveryBox) {
  expect_no_box_changes_bits<Float16>();
}
TEST(Sweep, OfInt64HasTheSameBitsInEveryBox) {
  expect_no_box_changes_bits<std::int64_t>();
}

TEST(Boxes, CoverADomainOnce) {
  const std::vector<std::size_t> extents = {5, 7, 11};
  for (const std::size_t plane : {1, 3, 11, 12, 77, 1000}) {
    for (const std::vector<std::size_t>& axes :
         {std::vector<std::size_t>{0}, std::vector<std::size_t>{2}, {0, 1, 2}}) {
      const Boxes boxes(extents, axes, {plane, 2});
      std::vector<int> covered(product(extents), 0);
      std::array<Range, 3> box;
      for (std::size_t index = 0; index < boxes.count(); ++index) {
        boxes.box(index, box);
        for (std::size_t i = box[0].first; i < box[0].last; ++i) {
          for (std::size_t j = box[1].first; j < box[1].last; ++j) {
            for (std::size_t k = box[2].first; k < box[2].last; ++k) {
              ++covered[(i * 7 + j) * 11 + k];
            }
          }
        }
      }
      EXPECT_EQ(std::ranges::count(covered, 1), 5 * 7 * 11);
    }
  }
}

}  // namespace
}  // namespace gridgrad::test

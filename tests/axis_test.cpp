// axis_test.cpp: positions: which are uniform, which are exact, which are refused
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/axis.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Whether row 1 is a pair around its sample, which only equal distances give.
bool is_uniform(const Axis& axis, std::size_t extent) {
  const SparseRows rows = Difference(axis, extent).rows();
  return rows.starts[2] - rows.starts[1] == 2;
}

template <class T>
std::vector<T> linspace(T first, T last, std::size_t count) {
  std::vector<T> positions(count);
  for (std::size_t i = 0; i < count; ++i) {
    positions[i] = first + (last - first) * static_cast<T>(i) / static_cast<T>(count - 1);
  }
  return positions;
}

TEST(Axis, AtPositionsEqualUpToTheirRoundingIsUniform) {
  EXPECT_TRUE(is_uniform(Axis::at(linspace(0.0, 1.0, 1001)), 1001));
  EXPECT_TRUE(is_uniform(Axis::at(linspace(0.0F, 1.0F, 1001)), 1001));
  EXPECT_TRUE(is_uniform(Axis::at(linspace(100.1, 200.7, 331)), 331));
  EXPECT_TRUE(is_uniform(Axis::at(std::vector<std::int32_t>{5, 8, 11, 14}), 4));
}

TEST(Axis, AtPositionsThatDifferByMoreIsNotUniform) {
  std::vector<double> moved = linspace(0.0, 1.0, 1001);
  moved[500] += 3 * std::numeric_limits<double>::epsilon();
  EXPECT_FALSE(is_uniform(Axis::at(moved), 1001));
  EXPECT_FALSE(is_uniform(Axis::at(std::vector<std::int32_t>{0, 3, 7, 9}), 4));
}

// 2 ulp of 2^53 are 4, more than a hundredth of the spacing: rounding could hide a jump.
TEST(Axis, AtPositionsTooCoarseToTellIsNotUniform) {
  EXPECT_FALSE(is_uniform(
      Axis::at(std::vector<double>{0x1p53, 0x1p53 + 8, 0x1p53 + 16, 0x1p53 + 24}), 4));
}

TEST(Axis, AtUniformPositionsEqualsItsSpacing) {
  Random random(seed);
  const std::vector<double> field = random_samples<double>(33, random);

  const auto spaced = derivative(field, {0, Axis::spaced(0.125)}, {.edge_order = 2});
  const auto positioned =
      derivative(field, {0, Axis::at(linspace(0.0, 4.0, 33))}, {.edge_order = 2});

  EXPECT_EQ(spaced, positioned);
}

// Doubles near 1.7e18 are 256 apart; the stamps are 3 and 5 apart.
TEST(Axis, AtIntegersKeepsTheirDifferences) {
  const std::int64_t now = 1'700'000'000'000'000'001;
  const std::vector<std::int64_t> stamps = {now, now + 3, now + 8};
  const std::vector<double> field = {0, 6, 16};

  EXPECT_EQ(derivative(field, {0, Axis::at(stamps)}), (std::vector<double>{2, 2, 2}));
}

TEST(Axis, AtUnsignedIntegersMayDecrease) {
  const std::vector<std::uint8_t> positions = {200, 100, 50};
  const std::vector<double> field = {2, 1, 0.5};

  const auto slope = derivative(field, {0, Axis::at(positions)});

  // 1/50 and 1/100 are rounded once, and so is the product with 0.5 or 1.
  for (const double value : slope) EXPECT_DOUBLE_EQ(value, 0.01);
}

TEST(Axis, PerUnitScalesEveryRow) {
  const std::vector<std::int64_t> stamps = {0, 1'000'000'000, 3'000'000'000};
  const std::vector<double> field = {0, 2, 6};

  EXPECT_EQ(derivative(field, {0, Axis::at(stamps).per(1e9)}),
            (std::vector<double>{2, 2, 2}));
}

TEST(Axis, MayRunBackwards) {
  const std::vector<double> field = {1, 2, 4};

  EXPECT_EQ(derivative(field, {0, Axis::spaced(-0.5)}),
            (std::vector<double>{-2, -3, -4}));
}

TEST(Axis, TellsWhereSamplesStand) {
  EXPECT_EQ(Axis().positions(3), (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(Axis::spaced(-0.5, 10).positions(3), (std::vector<double>{10, 9.5, 9}));
  const std::vector<double> coordinates = {3, 1, 8};
  EXPECT_EQ(Axis::at(coordinates).per(60).positions(3), coordinates);
  EXPECT_ERROR(static_cast<void>(Axis::at(coordinates).positions(2)), bad_shape,
               "extent: 2 given for 3 positions");
}

TEST(Axis, RefusesASpacingThatIsNone) {
  EXPECT_ERROR(static_cast<void>(Axis::spaced(0)), bad_argument,
               "spacing: 0 given; a finite number other than 0 is needed");
  EXPECT_ERROR(static_cast<void>(Axis::spaced(nan)), bad_argument,
               "spacing: nan given; a finite number other than 0 is needed");
  EXPECT_ERROR(static_cast<void>(Axis().per(0)), bad_argument,
               "unit: 0 given; a finite number other than 0 is needed");
}

TEST(Axis, RefusesPositionsThatAreNotFinite) {
  EXPECT_ERROR(static_cast<void>(Axis::at(std::vector<double>{0, nan, 2})), bad_argument,
               "coordinates: position 1 is nan; finite positions are needed");
}

TEST(Axis, RefusesASingleNumberAsPositions) {
  const double number = 3;

  EXPECT_ERROR(static_cast<void>(Axis::at(StridedView<const double>(&number, {}, {}))),
               bad_shape,
               "coordinates: a single number given; one position per sample is needed");
}

TEST(Axis, NamesThePlaceOfAPositionThatIsNotFinite) {
  const Array<double> positions({2, 2}, {0, 1, nan, 3});

  EXPECT_ERROR(static_cast<void>(Axis::at(positions)), bad_argument,
               "coordinates: position (1, 0) is nan; finite positions are needed");
}

TEST(Axis, RefusesComplexPositions) {
  EXPECT_ERROR(static_cast<void>(Axis::at(std::vector<std::complex<double>>{0, 1})),
               bad_type, "coordinates: complex128 given; real numbers are needed");
}

TEST(Axis, RefusesAsManyPositionsAsThereAreGaps) {
  EXPECT_ERROR(Difference(Axis::at(std::vector<double>{1, 2, 3}), 4), bad_shape,
               "coordinates: 3 positions given for 4 samples along the axis; one per "
               "sample is needed; "
               "coordinates are positions, and a running sum of increments gives them");
  EXPECT_ERROR(Difference(Axis::at(std::vector<double>{1, 2, 3, 4, 5}), 4), bad_shape,
               "coordinates: 5 positions given for 4 samples along the axis; one per "
               "sample is needed");
}

TEST(Axis, RefusesPositionsThatLookLikeIncrements) {
  constexpr const char* message =
      "coordinates: all positive and not monotone, like increments; coordinates are "
      "positions, and a running sum of increments gives them";
  EXPECT_ERROR(Difference(Axis::at(std::vector<double>{1, 1, 1, 1}), 4), bad_argument,
               message);
  EXPECT_ERROR(Difference(Axis::at(std::vector<double>{0.5, 1, 0.25, 1}), 4),
               bad_argument, message);
}

TEST(Axis, RefusesNeighboursAtOnePlace) {
  EXPECT_ERROR(Difference(Axis::at(std::vector<double>{-1, 0, 0, 2}), 4), bad_argument,
               "coordinates: 1 sample at the place of a neighbour: 1 and 2 (at 0); "
               "neighbours at different places are needed");
  EXPECT_ERROR(Difference(Axis::at(std::vector<double>{-1, 0, -1, 2}), 4), bad_argument,
               "coordinates: 1 sample at the place of a neighbour: 0 and 2 (at -1); "
               "neighbours at different places are needed");
  EXPECT_ERROR(
      Difference(Axis::at(std::vector<double>{1, 1, 2, 2, 3, 3, 4, 4}), 8), bad_argument,
      "coordinates: 4 samples at the place of a neighbour: 0 and 1 (at 1), 2 and "
      "3 (at 2), 4 and 5 (at 3), ...; neighbours at different places are needed");
}

}  // namespace
}  // namespace gridgrad::test

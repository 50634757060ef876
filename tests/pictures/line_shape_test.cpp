// line_shape_test.cpp: samples of a line as what is drawn
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/line_shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "support/fields.hpp"

namespace gridgrad::cli {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// A picture of 100 units, in which values are places.
LineShape drawn(const std::vector<double>& samples) {
  std::vector<double> positions(samples.size());
  std::iota(positions.begin(), positions.end(), 0.0);
  const double last = std::max(static_cast<double>(samples.size()) - 1, 1.0);
  return shape_of(positions, samples, {{{0, last}, 0, 100}, {{0, 1}, 0, 1}});
}

std::vector<double> heights_of(const std::vector<Point>& run) {
  std::vector<double> heights;
  for (const Point& point : run) heights.push_back(point.y);
  return heights;
}

TEST(LineShape, ConnectsNeighbours) {
  const LineShape shape = drawn({1, 3, 2});

  ASSERT_EQ(shape.runs.size(), 1U);
  EXPECT_EQ(heights_of(shape.runs[0]), (std::vector<double>{1, 3, 2}));
  EXPECT_EQ(shape.runs[0][1].x, 50);
  EXPECT_TRUE(shape.dots.empty());
}

TEST(LineShape, LeavesGapsWhereSamplesAreNotFinite) {
  const LineShape shape = drawn({1, 2, missing, 3, 4, infinity, 5, 6});

  ASSERT_EQ(shape.runs.size(), 3U);
  EXPECT_EQ(heights_of(shape.runs[1]), (std::vector<double>{3, 4}));
}

TEST(LineShape, MakesDotsOfSamplesAlone) {
  const LineShape shape = drawn({missing, 7, missing, 1, 2, missing, 8});

  ASSERT_EQ(shape.dots.size(), 2U);
  EXPECT_EQ(shape.dots[0].y, 7);
  EXPECT_EQ(shape.dots[1].y, 8);
  EXPECT_EQ(shape.runs.size(), 1U);
}

TEST(LineShape, OfNothingIsEmpty) {
  EXPECT_TRUE(drawn({}).runs.empty());
  EXPECT_TRUE(drawn({missing, missing}).dots.empty());
}

// Of each half of a unit, by its number.
struct Extremes {
  double least = infinity;
  double most = -infinity;

  void add(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  bool operator==(const Extremes&) const = default;
};

std::vector<Extremes> extremes_of(const LineShape& shape) {
  std::vector<Extremes> columns(201);
  const auto add = [&](const Point& point) {
    columns.at(static_cast<std::size_t>(point.x * 2)).add(point.y);
  };
  for (const std::vector<Point>& run : shape.runs) std::ranges::for_each(run, add);
  std::ranges::for_each(shape.dots, add);
  return columns;
}

std::vector<Extremes> extremes_of(const std::vector<double>& samples) {
  std::vector<Extremes> columns(201);
  const AxisScale scale = {{0, static_cast<double>(samples.size() - 1)}, 0, 100};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!std::isfinite(samples[i])) continue;
    columns.at(static_cast<std::size_t>(scale.at(static_cast<double>(i)) * 2))
        .add(samples[i]);
  }
  return columns;
}

std::size_t point_count(const LineShape& shape) {
  std::size_t count = shape.dots.size();
  for (const std::vector<Point>& run : shape.runs) count += run.size();
  return count;
}

TEST(LineShape, KeepsTheExtremesOfEveryColumn) {
  test::Random random(3);
  std::vector<double> samples(50000);
  for (double& sample : samples) {
    sample = std::uniform_real_distribution<double>(-1, 1)(random);
    if (sample > 0.99) sample = missing;
  }
  samples[31416] = 1000;
  std::fill(samples.begin() + 10000, samples.begin() + 20000, missing);
  samples[15000] = -1000;

  const LineShape shape = drawn(samples);

  EXPECT_EQ(extremes_of(shape), extremes_of(samples));
  EXPECT_LE(point_count(shape), 4U * 201);
}

TEST(LineShape, KeepsTheGapsThatCanBeSeen) {
  std::vector<double> samples(50000, 1.0);
  std::fill(samples.begin() + 10000, samples.begin() + 20000, missing);

  const LineShape shape = drawn(samples);

  ASSERT_EQ(shape.runs.size(), 2U);
  EXPECT_NEAR(shape.runs[0].back().x, 20, 0.5);  // half a unit
  EXPECT_NEAR(shape.runs[1].front().x, 40, 0.5);
}

TEST(LineShape, TakesDescendingPositions) {
  const std::vector<double> positions = {2, 1, 0};
  const std::vector<double> samples = {5, 6, 7};

  const LineShape shape =
      shape_of(positions, samples, {{{0, 2}, 0, 100}, {{0, 1}, 0, 1}});

  ASSERT_EQ(shape.runs.size(), 1U);
  EXPECT_EQ(shape.runs[0][0].x, 100);
  EXPECT_EQ(shape.runs[0][2].x, 0);
}

}  // namespace
}  // namespace gridgrad::cli

// terrain_test.cpp: slope and aspect against slow formulas and closed forms
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/terrain.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/arrays.hpp"
#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

constexpr double per_radian = 180 / std::numbers::pi;

// Rows run south.
Grid north_up(double width, double height) {
  return {{{1, Axis::spaced(width)}, {0, Axis::spaced(-height)}}};
}

// The gradient of a surface at one sample, or nothing where a height is missing.
struct Slopes {
  double east;
  double north;
  // Sum of absolute terms, what roundings are relative to.
  double size;
};

// Horn's formula on 3 x 3 heights; beyond the edges are straight lines.
class ReferenceHorn {
 public:
  ReferenceHorn(const Array<double>& heights, double width, double height)
      : heights_(heights), width_(width), height_(height) {}

  [[nodiscard]] Slopes at(std::size_t row, std::size_t column) const {
    const auto i = static_cast<std::ptrdiff_t>(row);
    const auto j = static_cast<std::ptrdiff_t>(column);
    Slopes slopes = {};
    for (const std::ptrdiff_t k : {-1, 0, 1}) {
      const double weight = k == 0 ? 2 : 1;
      add(slopes.east, slopes, sample(i + k, j + 1), weight / (8 * width_));
      add(slopes.east, slopes, sample(i + k, j - 1), -weight / (8 * width_));
      add(slopes.north, slopes, sample(i - 1, j + k), weight / (8 * height_));
      add(slopes.north, slopes, sample(i + 1, j + k), -weight / (8 * height_));
    }
    return slopes;
  }

 private:
  static void add(double& sum, Slopes& slopes, double sample, double weight) {
    sum += weight * sample;
    slopes.size += std::fabs(weight * sample);
  }

  [[nodiscard]] double sample(std::ptrdiff_t i, std::ptrdiff_t j) const {
    const auto last_row = static_cast<std::ptrdiff_t>(heights_.extents()[0]) - 1;
    const auto last_column = static_cast<std::ptrdiff_t>(heights_.extents()[1]) - 1;
    if (i < 0) return 2 * sample(0, j) - sample(1, j);
    if (i > last_row) return 2 * sample(last_row, j) - sample(last_row - 1, j);
    if (j < 0) return 2 * sample(i, 0) - sample(i, 1);
    if (j > last_column) return 2 * sample(i, last_column) - sample(i, last_column - 1);
    return heights_(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
  }

  const Array<double>& heights_;
  double width_;
  double height_;
};

double compass(double east, double north) {
  const double angle = std::atan2(-east, -north) * per_radian;
  return angle < 0 ? angle + 360 : angle;
}

// Distance of two directions.
double apart(double a, double b) {
  const double difference = std::fabs(a - b);
  return std::min(difference, 360 - difference);
}

// Each result has at most 24 terms of the reference, and 16 roundings of its own.
double relative_bound() {
  return gamma(40, unit_roundoff<double>);
}

TEST(Terrain, HornIsTheFormulaOfNineHeights) {
  Random random(seed);
  for (const auto& shape :
       {std::vector<std::size_t>{2, 2}, {2, 7}, {3, 3}, {17, 4}, {30, 41}}) {
    const auto heights = random_array<double>(shape, random);
    const Terrain horn = {.stencil = TerrainStencil::horn};
    const Terrain ratio = {.stencil = TerrainStencil::horn, .unit = SlopeUnit::ratio};
    const Grid grid = north_up(3, 5);
    const auto slopes = slope(heights, grid, horn);
    const auto ratios = slope(heights, grid, ratio);
    const auto aspects = aspect(heights, grid, horn);
    const ReferenceHorn reference(heights, 3, 5);
    for (std::size_t i = 0; i < shape[0]; ++i) {
      for (std::size_t j = 0; j < shape[1]; ++j) {
        const auto [east, north, size] = reference.at(i, j);
        const double length = std::hypot(east, north);
        const double bound = relative_bound() * size;
        EXPECT_NEAR(ratios(i, j), length, bound);
        EXPECT_NEAR(slopes(i, j), std::atan(length) * per_radian,
                    per_radian * (bound + relative_bound()));
        EXPECT_LE(apart(aspects(i, j), compass(east, north)),
                  per_radian * bound / length + 360 * relative_bound());
      }
    }
  }
}

TEST(Terrain, ZevenbergenThorneIsTheSchemeOfSecondOrder) {
  Random random(seed);
  const std::vector<std::size_t> shape = {12, 19};
  const auto heights = random_array<double>(shape, random);
  const Grid grid = north_up(3, 5);
  const Terrain named = {.stencil = TerrainStencil::zevenbergen_thorne};
  EXPECT_TRUE(all_same_bits(slope(heights, grid, named), slope(heights, grid)));
  EXPECT_TRUE(all_same_bits(aspect(heights, grid, named), aspect(heights, grid)));
}

TEST(Terrain, RatioIsTheMagnitudeOfTheGradient) {
  Random random(seed);
  const std::vector<std::size_t> shape = {12, 19};
  const auto heights = random_array<double>(shape, random);
  const Grid grid = north_up(0.25, 2);
  const auto ratios = slope(heights, grid, {.unit = SlopeUnit::ratio}, {.accuracy = 4});
  EXPECT_TRUE(all_same_bits(ratios, magnitude(heights, grid, {.accuracy = 4})));
  const auto percents =
      slope(heights, grid, {.unit = SlopeUnit::percent, .z_factor = 0x1p-3});
  const auto plain = magnitude(heights, grid);
  for (std::size_t q = 0; q < percents.size(); ++q) {
    EXPECT_NEAR(percents.data()[q], 12.5 * plain.data()[q],
                gamma(8, unit_roundoff<double>) * percents.data()[q]);
  }
}

// A plane that rises by `east` and `north`.
Array<double> plane(double east, double north) {
  Array<double> heights({5, 6}, std::vector<double>(30));
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 6; ++j) {
      heights(i, j) = east * static_cast<double>(j) - north * static_cast<double>(i);
    }
  }
  return heights;
}

constexpr auto every_stencil = {TerrainStencil::by_scheme, TerrainStencil::horn,
                                TerrainStencil::zevenbergen_thorne};

struct Facing {
  double east;
  double north;
  double compass;
  double trigonometric;
};

TEST(Terrain, AspectIsTheDirectionDownhill) {
  for (const auto& [east, north, clockwise, counter] :
       {Facing{0, -1, 0, 90}, Facing{-1, -1, 45, 45}, Facing{-1, 0, 90, 0},
        Facing{-1, 1, 135, 315}, Facing{0, 1, 180, 270}, Facing{1, 1, 225, 225},
        Facing{1, 0, 270, 180}, Facing{1, -1, 315, 135}}) {
    const auto heights = plane(east, north);
    for (const TerrainStencil stencil : every_stencil) {
      const auto of_compass = aspect(heights, north_up(1, 1), {.stencil = stencil});
      const auto of_circle =
          aspect(heights, north_up(1, 1),
                 {.stencil = stencil, .angle = AspectAngle::trigonometric});
      for (std::size_t q = 0; q < heights.size(); ++q) {
        EXPECT_EQ(of_compass.data()[q], clockwise);
        EXPECT_EQ(of_circle.data()[q], counter);
      }
    }
  }
}

TEST(Terrain, PlanesHaveTheirSlopeUpToTheEdges) {
  const auto heights = plane(3, 4);
  for (const TerrainStencil stencil : every_stencil) {
    const Grid grid = north_up(5, 5);
    const auto degrees = slope(heights, grid, {.stencil = stencil});
    const auto percent =
        slope(heights, grid, {.stencil = stencil, .unit = SlopeUnit::percent});
    const auto of_feet = slope(
        heights, grid, {.stencil = stencil, .unit = SlopeUnit::ratio, .z_factor = 0.25});
    for (std::size_t q = 0; q < heights.size(); ++q) {
      EXPECT_NEAR(degrees.data()[q], 45, 45 * relative_bound());
      EXPECT_NEAR(percent.data()[q], 100, 100 * relative_bound());
      EXPECT_NEAR(of_feet.data()[q], 0.25, 0.25 * relative_bound());
    }
  }
}

TEST(Terrain, FlatCellsAreMissingOrZero) {
  const Array<float> heights({4, 5}, std::vector<float>(20, 1e7F + 1));
  for (const TerrainStencil stencil : every_stencil) {
    const auto slopes = slope(heights, north_up(0.1, 0.3), {.stencil = stencil});
    const auto missing = aspect(heights, north_up(0.1, 0.3), {.stencil = stencil});
    const auto zero = aspect(heights, north_up(0.1, 0.3),
                             {.stencil = stencil, .flat = FlatAspect::zero});
    for (std::size_t q = 0; q < heights.size(); ++q) {
      EXPECT_EQ(slopes.data()[q], 0);
      EXPECT_TRUE(std::isnan(missing.data()[q]));
      EXPECT_EQ(zero.data()[q], 0);
    }
  }
}

// A hill z = exp(-(x^2 + y^2 / 2) / 2) on [-1, 1.5]^2, and the largest errors of its
// slopes and aspects.
struct HillErrors {
  double slope;
  double aspect;
};

HillErrors errors_on_hill(std::size_t intervals, const Terrain& terrain,
                          const Scheme& scheme) {
  const double h = 2.5 / static_cast<double>(intervals);
  const std::size_t count = intervals + 1;
  Array<double> heights({count, count}, std::vector<double>(count * count));
  const auto x = [&](std::size_t j) { return -1 + h * static_cast<double>(j); };
  const auto y = [&](std::size_t i) { return 1.5 - h * static_cast<double>(i); };
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      heights(i, j) = std::exp(-(x(j) * x(j) + y(i) * y(i) / 2) / 2);
    }
  }
  const auto slopes = slope(heights, north_up(h, h), terrain, scheme);
  const auto aspects = aspect(heights, north_up(h, h), terrain, scheme);
  HillErrors worst = {};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const double east = -x(j) * heights(i, j);
      const double north = -y(i) / 2 * heights(i, j);
      const double steepness = std::atan(std::hypot(east, north)) * per_radian;
      worst.slope = std::max(worst.slope, std::fabs(slopes(i, j) - steepness));
      // Around the top every direction is near.
      if (std::hypot(x(j), y(i)) < 0.5) continue;
      worst.aspect = std::max(worst.aspect, apart(aspects(i, j), compass(east, north)));
    }
  }
  return worst;
}

// The order seen between two spacings, one half of the other, to within a tenth.
void expect_order(int order, const Terrain& terrain, const Scheme& scheme) {
  const HillErrors coarse = errors_on_hill(80, terrain, scheme);
  const HillErrors fine = errors_on_hill(160, terrain, scheme);
  EXPECT_GT(std::log2(coarse.slope / fine.slope), order - 0.1);
  EXPECT_GT(std::log2(coarse.aspect / fine.aspect), order - 0.1);
  EXPECT_LT(std::log2(coarse.slope / fine.slope), order + 1);
}

TEST(Terrain, SlopesOfAHillHaveTheOrderOfTheScheme) {
  for (const int accuracy : {2, 4, 6}) {
    expect_order(accuracy, {}, {.accuracy = accuracy});
  }
  for (const TerrainStencil stencil :
       {TerrainStencil::horn, TerrainStencil::zevenbergen_thorne}) {
    expect_order(2, {.stencil = stencil}, {.edge_order = 2});
    expect_order(1, {.stencil = stencil}, {});
  }
}

// Heights whose nine-height surroundings hold a missing one.
TEST(Terrain, MissingHeightsSpreadToTheirSurroundings) {
  Random random(seed);
  const std::vector<std::size_t> shape = {14, 23};
  auto heights = random_array<double>(shape, random);
  heights(0, 4) = heights(6, 6) = heights(6, 7) = heights(13, 22) = std::nan("");
  const Terrain horn = {.stencil = TerrainStencil::horn};
  const auto propagated = slope(heights, north_up(1, 1), horn, {.missing = Propagate()});
  const auto plain = slope(heights, north_up(1, 1), horn);
  for (std::size_t i = 0; i < shape[0]; ++i) {
    for (std::size_t j = 0; j < shape[1]; ++j) {
      bool is_complete = true;
      for (std::size_t k = i == 0 ? 0 : i - 1; k <= std::min(i + 1, shape[0] - 1); ++k) {
        for (std::size_t l = j == 0 ? 0 : j - 1; l <= std::min(j + 1, shape[1] - 1);
             ++l) {
          is_complete = is_complete && !std::isnan(heights(k, l));
        }
      }
      EXPECT_EQ(std::isnan(propagated(i, j)), !is_complete) << i << ' ' << j;
      if (!is_complete) continue;
      EXPECT_TRUE(same_bits(propagated(i, j), plain(i, j)));
    }
  }
}

// Each difference from what is there, then the mean of rows that have both neighbours.
double adapted_slope(const Array<double>& heights, std::size_t row, std::size_t column,
                     std::size_t axis, double spacing) {
  const Scheme adapt = {.missing = Adapt()};
  const auto differences = derivative(heights, {axis, Axis::spaced(spacing)}, adapt);
  const std::size_t other = 1 - axis;
  const std::size_t place = other == 0 ? row : column;
  const auto shifted = [&](std::ptrdiff_t k) {
    const auto by = static_cast<std::size_t>(k);
    return other == 0 ? differences(row + by, column) : differences(row, column + by);
  };
  if (place == 0 || place + 1 == heights.extents()[other]) return shifted(0);
  const double below = shifted(-1);
  const double above = shifted(1);
  if (std::isnan(below) || std::isnan(above)) return shifted(0);
  return 0.25 * (below + 2 * shifted(0) + above);
}

TEST(Terrain, AdaptTakesWhatIsThere) {
  Random random(seed);
  const std::vector<std::size_t> shape = {14, 23};
  auto heights = random_array<double>(shape, random);
  for (int hole = 0; hole < 40; ++hole) {
    heights.data()[random() % heights.size()] = std::nan("");
  }
  const auto slopes =
      slope(heights, {{{1}, {0}}},
            {TerrainResult::slope, TerrainStencil::horn, SlopeUnit::ratio},
            {.missing = Adapt()});
  std::size_t present = 0;
  for (std::size_t i = 0; i < shape[0]; ++i) {
    for (std::size_t j = 0; j < shape[1]; ++j) {
      const double east = adapted_slope(heights, i, j, 1, 1);
      const double north = adapted_slope(heights, i, j, 0, 1);
      EXPECT_TRUE(same_bits(slopes(i, j), std::sqrt(east * east + north * north)));
      if (!std::isnan(slopes(i, j))) ++present;
    }
  }
  EXPECT_GT(present, heights.size() / 2);
}

TEST(Terrain, PeriodicAxesHaveNoEdges) {
  Random random(seed);
  const std::vector<std::size_t> shape = {9, 12};
  const auto heights = random_array<double>(shape, random);
  Array<double> thrice({9, 36}, std::vector<double>(324));
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 36; ++j) thrice(i, j) = heights(i, j % 12);
  }
  const Grid ring = {{{1, Axis::spaced(2).with_ends(Periodic{})}, {0, Axis::spaced(-1)}}};
  for (const TerrainStencil stencil : every_stencil) {
    const auto around = slope(heights, ring, {.stencil = stencil});
    const auto middle = slope(thrice, north_up(2, 1), {.stencil = stencil});
    for (std::size_t i = 0; i < 9; ++i) {
      for (std::size_t j = 0; j < 12; ++j) {
        EXPECT_TRUE(same_bits(around(i, j), middle(i, 12 + j)));
      }
    }
  }
}

// Horn's stencil on heights to which the boundary's own were added by hand.
TEST(Terrain, BoundariesExtendHeightsOnEverySide) {
  Random random(seed);
  const std::vector<std::size_t> shape = {7, 9};
  const auto heights = random_array<double>(shape, random);
  for (const Boundary& end : {Boundary(Nearest{}), Boundary(Periodic{})}) {
    const bool is_ring = std::holds_alternative<Periodic>(end);
    Array<double> larger({9, 11}, std::vector<double>(99));
    const auto from = [&](std::size_t k, std::size_t extent) {
      if (is_ring) return (k + extent - 1) % extent;
      return std::clamp<std::size_t>(k, 1, extent) - 1;
    };
    for (std::size_t i = 0; i < 9; ++i) {
      for (std::size_t j = 0; j < 11; ++j) larger(i, j) = heights(from(i, 7), from(j, 9));
    }
    const Axis rule = Axis::spaced(1).with_ends(end);
    for (const Missing& missing : {Missing(NoneMissing()), Missing(Adapt())}) {
      const Scheme scheme = {.missing = missing};
      const Terrain horn = {.stencil = TerrainStencil::horn};
      const auto result = slope(heights, {{{1, rule}, {0, rule}}}, horn, scheme);
      const auto inner = slope(larger, {{{1}, {0}}}, horn, scheme);
      for (std::size_t i = 0; i < 7; ++i) {
        for (std::size_t j = 0; j < 9; ++j) {
          EXPECT_TRUE(same_bits(result(i, j), inner(i + 1, j + 1)));
        }
      }
    }
  }
}

std::vector<Terrain> every_terrain() {
  std::vector<Terrain> all;
  for (const TerrainStencil stencil : every_stencil) {
    for (const TerrainResult result : {TerrainResult::slope, TerrainResult::aspect}) {
      all.push_back({.result = result, .stencil = stencil});
    }
    all.push_back({.stencil = stencil, .unit = SlopeUnit::percent});
  }
  return all;
}

template <class T>
Array<T> result_of(const Terrain& terrain, const Array<T>& heights, const Grid& grid,
                   Execution execution = {}) {
  const GridOperator op(terrain, grid, heights.extents());
  auto results = traits::computed<Array<T>>(op, std::span(&heights, 1), execution);
  return std::move(results.front());
}

class TerrainOnTarget : public EveryTarget {};

TEST_P(TerrainOnTarget, HasTheBitsOfAnyOther) {
  Random random(seed);
  const std::vector<std::size_t> shape = {40, 613};
  Array<float> heights{std::span<const std::size_t>(shape)};
  for (std::size_t q = 0; q < heights.size(); ++q) {
    heights.data()[q] = random_sample<float>(random);
  }
  const Grid grid = north_up(30, 20);
  for (const Terrain& terrain : every_terrain()) {
    force_target(GetParam());
    const auto here = result_of(terrain, heights, grid);
    const auto on_threads = result_of(terrain, heights, grid, {3});
    force_target(available_targets().front());
    EXPECT_TRUE(all_same_bits(here, on_threads));
    EXPECT_TRUE(all_same_bits(here, result_of(terrain, heights, grid)));
  }
}

GRIDGRAD_FOR_EVERY_TARGET(TerrainOnTarget);

// The angle of a gradient in float is rounded twice: the magnitude and the angle.
TEST(Terrain, FloatsAreAnglesOfTheirGradient) {
  Random random(seed);
  const std::vector<std::size_t> shape = {12, 19};
  Array<float> heights{std::span<const std::size_t>(shape)};
  for (std::size_t q = 0; q < heights.size(); ++q) {
    heights.data()[q] = random_sample<float>(random);
  }
  const Grid grid = north_up(30, 20);
  const auto slopes = slope(heights, grid);
  const auto aspects = aspect(heights, grid);
  const auto lengths = magnitude(heights, grid);
  const auto parts = gradient(heights, grid.along);
  for (std::size_t q = 0; q < heights.size(); ++q) {
    const double length = lengths.data()[q];
    const double exact = std::atan(length) * per_radian;
    EXPECT_NEAR(slopes.data()[q], exact, exact * unit_roundoff<float>);
    const double facing = compass(parts[0].data()[q], parts[1].data()[q]);
    EXPECT_NEAR(aspects.data()[q], facing, 360 * unit_roundoff<float>);
  }
}

TEST(Terrain, EveryRealTypeIsTaken) {
  const std::vector<std::int16_t> samples = {1, 2, 4, 3, 9, 1, 4, 4, 4, 0, 5, 6};
  const Array<std::int16_t> integers({3, 4}, samples);
  Array<double> doubles({3, 4}, std::vector<double>(samples.begin(), samples.end()));
  Array<Float16> halves({3, 4}, std::vector<Float16>(12));
  for (std::size_t q = 0; q < 12; ++q) halves.data()[q] = to_float16(samples[q]);
  for (const TerrainStencil stencil : every_stencil) {
    const Terrain terrain = {.stencil = stencil};
    const auto expected = slope(doubles, north_up(2, 2), terrain);
    EXPECT_TRUE(all_same_bits(slope(integers, north_up(2, 2), terrain), expected));
    const auto of_halves = slope(halves, north_up(2, 2), terrain);
    for (std::size_t q = 0; q < 12; ++q) {
      const float rounded = to_float(to_float16(static_cast<float>(expected.data()[q])));
      EXPECT_EQ(to_float(of_halves.data()[q]), rounded);
    }
  }
}

// A part of an array, copied.
Array<double> part_of(const Array<double>& whole, Range rows, Range columns) {
  const std::vector<std::size_t> shape = {rows.size(), columns.size()};
  Array<double> part{std::span<const std::size_t>(shape)};
  for (std::size_t i = 0; i < shape[0]; ++i) {
    for (std::size_t j = 0; j < shape[1]; ++j) {
      part(i, j) = whole(rows.first + i, columns.first + j);
    }
  }
  return part;
}

TEST(Terrain, BlocksHaveTheBitsOfTheWhole) {
  Random random(seed);
  const std::vector<std::size_t> shape = {15, 24};
  const auto heights = random_array<double>(shape, random);
  const Grid grid = north_up(3, 5);
  for (const Terrain& terrain : every_terrain()) {
    const GridOperator op(terrain, grid, shape);
    const auto whole = result_of(terrain, heights, grid);
    for (const auto& [rows, columns] :
         {std::pair(Range{0, 3}, Range{0, 24}), std::pair(Range{4, 11}, Range{1, 7}),
          std::pair(Range{14, 15}, Range{20, 24})}) {
      const GridBlock block = {{rows, columns},
                               {op.support(0, rows), op.support(1, columns)}};
      const auto held = part_of(heights, block.samples[0][0], block.samples[1][0]);
      const auto expected = part_of(whole, rows, columns);
      Array<double> result(expected.extents());
      const auto from = view(held);
      const auto to = view(result);
      op.apply(std::vector<AnyField>{from}, std::vector<AnyOutput>{to}, block);
      EXPECT_TRUE(all_same_bits(result, expected));
    }
  }
}

TEST(Terrain, HalosSurroundEveryResult) {
  Random random(seed);
  const std::vector<std::size_t> shape = {9, 12};
  const auto heights = random_array<double>(shape, random);
  const Axis halo = Axis::spaced(2).with_ends(Halo{});
  for (const Terrain& terrain : every_terrain()) {
    const GridOperator op(terrain, {{{1, halo}, {0, halo}}}, shape);
    const auto whole =
        result_of(terrain, heights, {{{1, Axis::spaced(2)}, {0, Axis::spaced(2)}}});
    Array<double> result(op.result_extents());
    const auto from = view(heights);
    const auto to = view(result);
    op.apply(std::vector<AnyField>{from}, std::vector<AnyOutput>{to});
    EXPECT_TRUE(all_same_bits(result, part_of(whole, {1, 8}, {1, 11})));
  }
}

TEST(Terrain, RefusesWhatItCannotDo) {
  const Array<double> heights({4, 5}, std::vector<double>(20));
  const Grid grid = north_up(1, 1);
  const Terrain horn = {.stencil = TerrainStencil::horn};
  EXPECT_ERROR(static_cast<void>(slope(heights, {{{1}}})), bad_argument,
               "along: 1 axis given; a surface has 2: eastwards, northwards");
  const Array<double> volume({2, 2, 2}, std::vector<double>(8));
  EXPECT_ERROR(static_cast<void>(slope(volume, {{{2}, {1}, {0}}})), bad_argument,
               "along: 3 axes given; a surface has 2: eastwards, northwards");
  EXPECT_ERROR(static_cast<void>(slope(heights, grid, {.z_factor = 0})), bad_argument,
               "z_factor: 0 given; a finite number above 0 is needed");
  EXPECT_ERROR(static_cast<void>(slope(heights, grid, horn, {.accuracy = 4})),
               bad_argument, "accuracy: 4 given; that of the stencil named is 2");
  EXPECT_ERROR(static_cast<void>(slope(heights, grid, horn, {.bias = Bias::forward})),
               bad_argument, "bias: to one side given; the stencil named is central");
  EXPECT_ERROR(static_cast<void>(slope(heights, grid, {}, {.derivative = 2})),
               bad_argument,
               "derivative: 2 given; the operator says which derivatives it takes");
  const Array<std::complex<float>> complex({2, 2}, std::vector<std::complex<float>>(4));
  const GridOperator op(Terrain{}, grid, complex.extents());
  const auto from = view(complex);
  Array<std::complex<float>> result(complex.extents());
  const auto to = view(result);
  EXPECT_ERROR(op.apply(std::vector<AnyField>{from}, std::vector<AnyOutput>{to}),
               bad_type, "field: complex64 given; real heights are needed");
  EXPECT_ERROR(static_cast<void>(op.transposed()), unsupported,
               "transposed: an operator that is not linear in one field given");
}

}  // namespace
}  // namespace gridgrad::test

// varying_test.cpp: coordinates that vary along other axes, against a loop over lines
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>

#include <gtest/gtest.h>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/masked.hpp"
#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

template <class T>
Array<T> array_of(const std::vector<std::size_t>& shape) {
  return Array<T>(std::span<const std::size_t>(shape));
}

// Levels from a rough ground up to 0, as in a model of the ocean: z[k][j][i].
Array<double> terrain_following(const std::array<std::size_t, 3>& shape, Random& random) {
  std::uniform_real_distribution<double> depth(20, 4000);
  auto z = array_of<double>({shape[0], shape[1], shape[2]});
  for (std::size_t column = 0; column < shape[1] * shape[2]; ++column) {
    const double ground = depth(random);
    for (std::size_t k = 0; k < shape[0]; ++k) {
      const double level = static_cast<double>(k) / static_cast<double>(shape[0] - 1);
      z.data()[k * shape[1] * shape[2] + column] = -ground * std::pow(1 - level, 1.5);
    }
  }
  return z;
}

// The line of an array through a place, along one axis.
template <class T>
std::vector<T> line_of(const StridedView<const T>& from, std::vector<std::size_t> place,
                       std::size_t axis) {
  std::vector<T> line;
  for (place[axis] = 0; place[axis] < from.extents()[axis]; ++place[axis]) {
    line.push_back(at(from, std::span<const std::size_t>(place)));
  }
  return line;
}

// Of every shape that lines are computed in: side by side, or one after the other.
struct Layout {
  std::vector<std::size_t> shape;
  std::size_t axis;
};
const std::vector<Layout> layouts = {
    {{2, 9, 3, 5}, 1}, {{3, 4, 37}, 1}, {{4, 3, 9}, 2}, {{2, 3, 600}, 2}, {{1, 3, 1}, 1}};

// Positions of all axes of a layout but the first: levels that fall and rise with the
// line. Every third line is equally spaced.
Array<double> uneven_levels(const Layout& layout, Random& random) {
  std::uniform_real_distribution<double> gap(0.5, 1.5);
  std::vector<std::size_t> shape(layout.shape.begin() + 1, layout.shape.end());
  Array<double> z{std::span<const std::size_t>(shape)};
  const std::size_t along = layout.axis - 1;
  std::vector<std::size_t> lines = shape;
  lines[along] = 1;
  for_each_index(lines, [&](std::span<const std::size_t> index) {
    std::vector<std::size_t> place(index.begin(), index.end());
    const double spacing = random() % 3 == 0 ? gap(random) : 0;
    double position = gap(random);
    for (place[along] = 0; place[along] < shape[along]; ++place[along]) {
      std::size_t flat = 0;
      for (std::size_t d = 0; d < shape.size(); ++d) flat = flat * shape[d] + place[d];
      z.data()[flat] = position;
      position += spacing > 0 ? spacing : gap(random) * gap(random);
    }
  });
  return z;
}

struct Case {
  Scheme scheme;
  Boundary ends;
  std::size_t threads;
};

template <class T>
void expect_loop_of_lines(const Layout& layout, const Case& at) {
  Random random(seed);
  const std::vector<T> samples = random_samples<T>(product(layout.shape), random);
  const auto field = StridedView<const T>::contiguous(samples.data(), layout.shape);
  const Array<double> z = uneven_levels(layout, random);

  const auto whole = derivative(field, {layout.axis, Axis::at(z).with_ends(at.ends)},
                                at.scheme, {at.threads});

  std::vector<std::size_t> lines = layout.shape;
  lines[layout.axis] = 1;
  for_each_index(lines, [&](std::span<const std::size_t> index) {
    const std::vector<std::size_t> place(index.begin(), index.end());
    const std::vector<double> x =
        line_of(FieldTraits<Array<double>>::view(z), {place.begin() + 1, place.end()},
                layout.axis - 1);
    const auto expected = derivative(line_of(field, place, layout.axis),
                                     {0, Axis::at(x).with_ends(at.ends)}, at.scheme);
    const auto result =
        line_of(FieldTraits<Array<Result<T>>>::view(whole), place, layout.axis);
    for (std::size_t k = 0; k < result.size(); ++k) {
      ASSERT_TRUE(same_bits(result[k], expected[k]));
    }
  });
}

class VaryingOnEveryTarget : public EveryTarget {};

TEST_P(VaryingOnEveryTarget, CoordinatesGiveTheBitsOfALoopOverLines) {
  for (const Layout& layout : layouts) {
    for (const Scheme& scheme : {Scheme{}, Scheme{.edge_order = 2}}) {
      expect_loop_of_lines<float>(layout, {scheme, OneSided(), 1});
      expect_loop_of_lines<double>(layout, {scheme, OneSided(), 3});
      expect_loop_of_lines<std::complex<float>>(layout, {scheme, OneSided(), 2});
      expect_loop_of_lines<std::complex<double>>(layout, {scheme, OneSided(), 1});
    }
  }
}
GRIDGRAD_FOR_EVERY_TARGET(VaryingOnEveryTarget);

// Rows that have no closed form, and samples that are converted.
TEST(Varying, CoordinatesGiveTheBitsOfALoopOverLinesInAnyScheme) {
  for (const Scheme& scheme :
       {Scheme{}, Scheme{.accuracy = 4}, Scheme{.derivative = 2, .edge_order = 1},
        Scheme{.accuracy = 1, .bias = Bias::forward},
        Scheme{.accuracy = 2, .bias = Bias::backward}}) {
    const Layout layout = {{2, 9, 3, 5}, 1};
    expect_loop_of_lines<float>(layout, {scheme, OneSided(), 1});
    expect_loop_of_lines<double>(layout, {scheme, Nearest(), 3});
    expect_loop_of_lines<std::complex<double>>(layout, {scheme, Symmetric(), 2});
    expect_loop_of_lines<std::int16_t>(layout, {scheme, Constant{7}, 1});
    expect_loop_of_lines<Float16>(layout, {scheme, OneSided(), 1});
  }
}

TEST(Varying, CoordinatesMayHaveGhostCells) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(3 * 8 * 5, random);
  const auto field = StridedView<const double>::contiguous(
      samples.data(), std::vector<std::size_t>{3, 8, 5});
  const Array<double> z = uneven_levels({{3, 8, 5}, 1}, random);
  auto out = array_of<double>({3, 6, 5});

  gradient_into(field, {Along{1, Axis::at(z).with_ends(Halo())}},
                {FieldTraits<Array<double>>::view(out)});

  const auto whole = derivative(field, {1, Axis::at(z)});
  for (std::size_t k = 0; k < out.size(); ++k) {
    const std::size_t same = k / 30 * 40 + k % 30 + 5;
    EXPECT_TRUE(same_bits(out.data()[k], whole.data()[same]));
  }
}

// A line of its own would be refused, so a field of such lines is.
TEST(Varying, CoordinatesWhoseWeightsOverflowAreRefused) {
  auto z = array_of<double>({3, 2});
  for (std::size_t k = 0; k < z.size(); ++k) {
    const double gap = k % 2 == 0 ? 1 : 1e-40;
    z.data()[k] = gap * std::pow(2.0, static_cast<double>(k / 2));
  }
  const auto field = array_of<float>({3, 2});

  EXPECT_ERROR(static_cast<void>(derivative(field, {0, Axis::at(z)})), bad_argument,
               "spacing of the line at (0, 1): the weights are not normal numbers in "
               "float32; coordinates in another unit are needed");
}

// Affine functions of z, wherever the levels lie.
TEST(Varying, CoordinatesAreExactForLines) {
  Random random(seed);
  const Array<double> z = terrain_following({20, 6, 7}, random);
  Array<double> field = Array<double>::like(FieldTraits<Array<double>>::view(z));
  // Products with 2 are exact, and nothing is added that could round.
  for (std::size_t k = 0; k < z.size(); ++k) field.data()[k] = 2 * z.data()[k];

  const auto slope = derivative(field, {0, Axis::at(z)});

  constexpr double four_ulp = 4 * 0x1p-51;
  for (std::size_t k = 0; k < z.size(); ++k) {
    EXPECT_NEAR(slope.data()[k], 2, four_ulp);
  }
}

// Mixed with other components, along one axis each; positions that are the same on all
// lines say no more than a line of them.
TEST(Varying, CoordinatesMayStandBesideOthers) {
  Random random(seed);
  const std::vector<std::size_t> shape = {4, 5, 6};
  const std::vector<double> samples = random_samples<double>(product(shape), random);
  const auto field = StridedView<const double>::contiguous(samples.data(), shape);
  const std::vector<double> x = random_positions(5, random);
  auto wide = array_of<double>({5, 1});
  std::ranges::copy(x, wide.data());

  const auto mixed =
      gradient(field, {Along{1, Axis::at(wide)}, {0, Axis::spaced(0.5)}, {2}});

  const auto plain =
      gradient(field, {Along{1, Axis::at(x)}, {0, Axis::spaced(0.5)}, {2}});
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_TRUE(
        std::equal(mixed[k].data(), mixed[k].data() + mixed[k].size(), plain[k].data()));
  }
}

TEST(Varying, CoordinatesMayBeUsedWithAMask) {
  Random random(seed);
  const Array<double> z = terrain_following({9, 2, 3}, random);
  Array<double> field = Array<double>::like(FieldTraits<Array<double>>::view(z));
  auto land = array_of<std::uint8_t>({9, 2, 3});
  for (std::size_t k = 0; k < z.size(); ++k) {
    field.data()[k] = 2 * z.data()[k];
    land.data()[k] = k % 6 == k / 9 ? 1 : 0;
  }

  const auto slope =
      derivative(masked(field, land), {0, Axis::at(z)}, {.missing = Adapt()});

  for (std::size_t k = 0; k < z.size(); ++k) {
    EXPECT_EQ(std::isnan(slope.data()[k]), land.data()[k] != 0);
  }
}

TEST(Varying, CoordinatesMustBroadcastAgainstTheField) {
  const Array<double> field({4, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  const Array<double> turned({3, 4}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  const Array<double> repeated({4, 3}, {1, 2, 3, 4, 5, 6, 7, 5, 9, 10, 11, 12});

  EXPECT_ERROR(
      static_cast<void>(derivative(field, {0, Axis::at(turned)})), bad_shape,
      "coordinates: shape (3, 4) given for axis 0 of a field of shape (4, 3); "
      "positions broadcast from the last axis on, and have every sample of their "
      "own axis");
  EXPECT_ERROR(
      static_cast<void>(derivative(field, {0, Axis::at(repeated)})), bad_argument,
      "coordinates of the line at (0, 1): 1 sample at the place of a neighbour: 1 "
      "and 2 (at 5); neighbours at different places are needed");
  EXPECT_ERROR(
      Difference(Axis::at(field), 4), bad_shape,
      "coordinates: rank 2 given; an operator has the positions of one line, rank "
      "1");
}

}  // namespace
}  // namespace gridgrad::test

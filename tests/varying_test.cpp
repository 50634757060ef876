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

template <class T>
void expect_loop_of_lines(const Scheme& scheme, const Boundary& ends,
                          std::size_t threads) {
  Random random(seed);
  const std::vector<std::size_t> shape = {2, 9, 3, 5};
  const std::vector<T> samples = random_samples<T>(product(shape), random);
  const auto field = StridedView<const T>::contiguous(samples.data(), shape);
  const Array<double> z = terrain_following({9, 3, 5}, random);

  const auto whole =
      derivative(field, {1, Axis::at(z).with_ends(ends)}, scheme, {threads});

  const std::vector<std::size_t> lines = {2, 1, 3, 5};
  for_each_index(lines, [&](std::span<const std::size_t> index) {
    const std::vector<std::size_t> place(index.begin(), index.end());
    const std::vector<double> x =
        line_of(FieldTraits<Array<double>>::view(z), {0, place[2], place[3]}, 0);
    const auto expected =
        derivative(line_of(field, place, 1), {0, Axis::at(x).with_ends(ends)}, scheme);
    const auto result = line_of(FieldTraits<Array<Result<T>>>::view(whole), place, 1);
    for (std::size_t k = 0; k < 9; ++k) EXPECT_TRUE(same_bits(result[k], expected[k]));
  });
}

TEST(Varying, CoordinatesGiveTheBitsOfALoopOverLines) {
  for (const Scheme& scheme :
       {Scheme{}, Scheme{.accuracy = 4}, Scheme{.derivative = 2}}) {
    expect_loop_of_lines<float>(scheme, OneSided(), 1);
    expect_loop_of_lines<double>(scheme, OneSided(), 3);
    expect_loop_of_lines<std::complex<double>>(scheme, Symmetric(), 2);
    expect_loop_of_lines<std::int16_t>(scheme, Constant{7}, 1);
  }
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

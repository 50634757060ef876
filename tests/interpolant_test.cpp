// interpolant_test.cpp: one location at a time: by hand, at samples, at borders
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/interpolant.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "support/bounds.hpp"
#include "support/interpolant_cases.hpp"

namespace gridgrad::test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

StridedView<const double> table(const std::vector<double>& samples, std::size_t rows,
                                std::size_t columns) {
  return StridedView<const double>::contiguous(samples.data(), {rows, columns});
}

// (1 - y) ((1 - x) 0 + x 1) + y ((1 - x) 2 + x 5) = x + 2 y + 2 x y: at y = 1/4, x = 3/4
// that is 1.625, with d/dy = 2 + 2 x and d/dx = 1 + 2 y. Swapped weights give (2.5, 2.5).
TEST(Interpolant, OfOneCellHasTheGradientThatIsFoundByHand) {
  const std::vector<double> samples = {0, 1, 2, 5};
  const Interpolant<2> cell(table(samples, 2, 2), {Axis(), Axis()},
                            {.interpolation = Interpolation::linear});

  const auto [value, gradient, hessian, status] =
      cell.value_gradient_and_hessian({0.25, 0.75});

  EXPECT_EQ(value, 1.625);
  EXPECT_EQ(gradient, (Gradient<2>{3.5, 1.5}));
  EXPECT_EQ(hessian, (Hessian<2>{{{0, 2}, {2, 0}}}));
  EXPECT_EQ(status, Status::inside);
}

TEST(Interpolant, GivesTheSameValueWithAndWithoutDerivatives) {
  Random random(seed);
  const GridCase<3> grid = random_grid<3>({}, random);
  const Interpolant<3> interpolant(grid.field(), grid.rules(),
                                   {.outside = Outside::extend});
  for (int draw = 0; draw < 1000; ++draw) {
    const std::array<double, 3> at = random_location(grid, random);
    const auto alone = interpolant.value(at);
    const auto first = interpolant.value_and_gradient(at);
    const auto second = interpolant.value_gradient_and_hessian(at);

    EXPECT_EQ(alone.value, first.value);
    EXPECT_EQ(alone.value, second.value);
    EXPECT_EQ(first.gradient, second.gradient);
    EXPECT_EQ(alone.status, second.status);
  }
}

TEST(Interpolant, OfCellsIsSampledAtTheirCentres) {
  const std::vector<double> samples = {1, 2, 4, 8};
  const Interpolant<1> map(samples, {Axis::cells(10, 0.5)});

  EXPECT_EQ(map.value({10.25}).value, 1);
  EXPECT_EQ(map.value({11.75}).value, 8);
  EXPECT_EQ(map.value({11.8}).status, Status::outside);
}

// f = 3 x^2 at x = k / 2, per 0.25: the derivative is four times smaller.
TEST(Interpolant, TakesDerivativesPerUnitOfItsAxis) {
  const std::vector<double> samples = {0, 0.75, 3, 6.75, 12};
  const std::vector<double> x = {0, 0.5, 1, 1.5, 2};
  for (const Axis& axis : {Axis::spaced(0.5), Axis::at(x)}) {
    const Interpolant<1> plain(samples, {axis});
    const Interpolant<1> scaled(samples, {axis.per(0.25)});

    const auto expected = plain.value_gradient_and_hessian({1.2});
    const auto actual = scaled.value_gradient_and_hessian({1.2});

    EXPECT_EQ(actual.value, expected.value);
    EXPECT_EQ(actual.gradient[0], 0.25 * expected.gradient[0]);
    EXPECT_EQ(actual.hessian[0][0], 0.0625 * expected.hessian[0][0]);
  }
}

// Slope 1 below sample 1, 3 above it.
TEST(Interpolant, ThatIsLinearHasTheGradientOfTheCellAboveAtASample) {
  const std::vector<double> samples = {0, 1, 4};
  const std::vector<double> x = {0, 1, 2};
  for (const Axis& axis : {Axis(), Axis::at(x), Axis::spaced(-1, 2)}) {
    const bool is_reversed = axis.spacing() < 0;
    const Interpolant<1> line(samples, {axis}, {.interpolation = Interpolation::linear});

    EXPECT_EQ(line.value_and_gradient({1}).gradient[0], is_reversed ? -3 : 3);
    EXPECT_EQ(line.value_and_gradient({0}).gradient[0], is_reversed ? -3 : 1);
    EXPECT_EQ(line.value_and_gradient({2}).gradient[0], is_reversed ? -1 : 3);
  }
}

// f = x + 2 y on half-integers, all numbers exact in binary: slopes are exact at the
// border and beyond it.
TEST(Interpolant, OfAPlaneIsExactToTheBorderAndBeyondIt) {
  std::vector<double> samples;
  for (int i = 0; i < 6; ++i) {
    for (int j = 0; j < 7; ++j) samples.push_back(0.5 * i + 2 * 0.5 * j);
  }
  for (const Interpolation kind :
       {Interpolation::linear, Interpolation::cubic, Interpolation::spline}) {
    const Interpolant<2> plane(table(samples, 6, 7),
                               {Axis::spaced(0.5), Axis::spaced(0.5)},
                               {.interpolation = kind, .outside = Outside::extend});
    for (const double x : {-3.25, -0.25, 0.0, 0.375, 1.25, 2.375, 2.5, 2.75, 9.0}) {
      for (const double y : {-2.5, 0.0, 0.125, 2.875, 3.0, 3.25}) {
        const auto [value, gradient, status] = plane.value_and_gradient({x, y});

        const double largest = std::abs(x) + 2 * std::abs(y) + 8;
        const double bound = interpolant_bound(2, 8, largest, 2 * (std::abs(x) + 6));
        EXPECT_NEAR(value, x + 2 * y, bound) << x << ' ' << y;
        EXPECT_NEAR(gradient[0], 1, bound) << x << ' ' << y;
        EXPECT_NEAR(gradient[1], 2, bound) << x << ' ' << y;
        const bool is_inside = x >= 0 && x <= 2.5 && y >= 0 && y <= 3;
        EXPECT_EQ(status, is_inside ? Status::inside : Status::outside);
      }
    }
  }
}

TEST(Interpolant, BeyondTheBorderIsMissingUnlessToldOtherwise) {
  const std::vector<double> samples = {0, 1, 4, 9};
  const Interpolant<1> line(samples, {Axis()});

  for (const double x : {-1e-300, -5.0, std::nextafter(3.0, 4.0), infinity, -infinity}) {
    const auto [value, gradient, status] = line.value_and_gradient({x});
    EXPECT_TRUE(std::isnan(value) && std::isnan(gradient[0])) << x;
    EXPECT_EQ(status, Status::outside) << x;
  }
}

// Each location is clamped by itself: the component of the other axis stays.
TEST(Interpolant, ThatIsClampedHasTheBorderAndNoSlopeAcrossIt) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(30, random);
  const Interpolant<2> map(table(samples, 5, 6), {Axis(), Axis()},
                           {.outside = Outside::clamp});

  const auto beyond = map.value_gradient_and_hessian({7.5, 2.25});
  const auto border = map.value_gradient_and_hessian({4, 2.25});
  const auto corner = map.value_and_gradient({-2, 99});

  EXPECT_EQ(beyond.value, border.value);
  EXPECT_EQ(beyond.gradient[0], 0);
  EXPECT_EQ(beyond.gradient[1], border.gradient[1]);
  EXPECT_EQ(beyond.hessian[0], (std::array<double, 2>{0, 0}));
  EXPECT_EQ(beyond.hessian[1][1], border.hessian[1][1]);
  EXPECT_EQ(beyond.status, Status::outside);
  EXPECT_EQ(corner.value, samples[5]);
  EXPECT_EQ(corner.gradient, (Gradient<2>{0, 0}));
}

TEST(Interpolant, AtALocationThatIsNoNumberIsMissing) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(30, random);
  for (const Outside outside : {Outside::missing, Outside::extend, Outside::clamp}) {
    for (const Boundary& end : {Boundary(OneSided{}), Boundary(Periodic{}),
                                Boundary(Symmetric{Mirror::half_point})}) {
      const Axis axis = Axis().with_ends(end);
      const Interpolant<2> map(table(samples, 5, 6), {axis, axis}, {.outside = outside});
      for (const std::array<double, 2>& at :
           {std::array{nan, 1.5}, std::array{-8., nan}}) {
        const auto [value, gradient, hessian, status] =
            map.value_gradient_and_hessian(at);

        EXPECT_EQ(status, Status::missing);
        EXPECT_TRUE(std::isnan(value) && std::isnan(gradient[0]) &&
                    std::isnan(gradient[1]) && std::isnan(hessian[1][0]));
      }
    }
  }
}

// What is written is either a number or NaN as the status says; nothing else is promised.
TEST(Interpolant, AtInfinityHasTheBorderValueUnderClampAlone) {
  const std::vector<double> samples = {1, 1, 1, 5, 5, 5};
  for (const Outside outside : {Outside::missing, Outside::extend, Outside::clamp}) {
    for (const Boundary& end : cubic_ends()) {
      const Interpolant<1> line(samples, {Axis().with_ends(end)}, {.outside = outside});
      const bool has_border =
          outside == Outside::clamp && !std::holds_alternative<Symmetric>(end);
      for (const double x : {infinity, -infinity}) {
        const auto [value, gradient, status] = line.value_and_gradient({x});
        EXPECT_EQ(status, Status::outside);
        EXPECT_EQ(std::isnan(value), !has_border);
        EXPECT_EQ(std::isnan(gradient[0]), !has_border);
        if (has_border) {
          EXPECT_EQ(value, x < 0 ? 1 : 5);
        }
      }
    }
  }
}

// The field goes on behind a mirror as before it.
TEST(Interpolant, AtInfinityBehindAMirrorIsAtTheOtherEnd) {
  const std::vector<double> samples = {1, 1, 1, 5, 5, 7};
  const Axis mirrored = Axis().with_ends(Symmetric{}, OneSided{});

  const Interpolant<1> line(samples, {mirrored}, {.outside = Outside::clamp});

  EXPECT_EQ(line.value({-infinity}).value, 7);
  EXPECT_EQ(line.value({-1e300}).value, 7);
}

TEST(Interpolant, OfHugeSamplesMayBeInfinite) {
  const std::vector<double> samples = {1e308, -1e308};
  const Interpolant<1> line(
      samples, {Axis()},
      {.interpolation = Interpolation::linear, .outside = Outside::extend});

  const auto [value, gradient, status] = line.value_and_gradient({-1.0});

  EXPECT_EQ(status, Status::outside);
  EXPECT_EQ(value, infinity);
  EXPECT_EQ(gradient[0], -infinity);
}

template <std::size_t Rank>
void expect_constants_stay(const InterpolantOptions& options, double constant,
                           Random& random) {
  std::vector<Boundary> ends =
      options.interpolation == Interpolation::spline ? spline_ends() : cubic_ends();
  std::erase_if(ends, [](const Boundary& end) { return !keeps_constants(end); });
  GridCase<Rank> grid = random_grid<Rank>(options, random, ends);
  std::ranges::fill(grid.samples, constant);
  const Interpolant<Rank> interpolant(grid.field(), grid.rules(), options);
  for (int draw = 0; draw < 100; ++draw) {
    std::array<double, Rank> at = random_location(grid, random);
    if (draw % 4 == 0) at[0] = grid.axes[0].x[random() % grid.extents[0]];
    const auto [value, gradient, hessian, status] =
        interpolant.value_gradient_and_hessian(at);
    if (std::isnan(value)) {
      ASSERT_EQ(status, Status::outside);
      continue;
    }
    ASSERT_EQ(value, constant);
    ASSERT_EQ(gradient, Gradient<Rank>{});
    ASSERT_EQ(hessian, Hessian<Rank>{});
  }
}

TEST(Interpolant, OfAConstantIsThatConstantAndItsDerivativesAreZero) {
  Random random(seed);
  for (const Interpolation kind :
       {Interpolation::linear, Interpolation::cubic, Interpolation::spline}) {
    for (const Outside outside : {Outside::missing, Outside::extend, Outside::clamp}) {
      for (const double constant : {0.1, -1e300, 1e15 / 3}) {
        const InterpolantOptions two = {.interpolation = kind, .outside = outside};
        InterpolantOptions four = two;
        four.accuracy = 4;
        SCOPED_TRACE(described(two));
        for (int grid = 0; grid < 10; ++grid) {
          expect_constants_stay<1>(two, constant, random);
          expect_constants_stay<2>(four, constant, random);
          expect_constants_stay<2>(two, constant, random);
          expect_constants_stay<3>(two, constant, random);
        }
        expect_constants_stay<4>(four, constant, random);
      }
    }
  }
}

TEST(Interpolant, OfAVectorFieldHasAJacobian) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(5 * 6 * 3, random);
  const auto field = StridedView<const double>::contiguous(samples.data(), {5, 6, 3});
  const std::array<Axis, 2> axes = {Axis::spaced(0.5), Axis().with_ends(Periodic{})};
  const Interpolant<2, 3> vectors(field, axes);

  const auto [value, jacobian, hessian, status] =
      vectors.value_gradient_and_hessian({0.7, 5.5});

  for (std::size_t c = 0; c < 3; ++c) {
    const StridedView<const double> one(samples.data() + c, field.extents().first(2),
                                        field.strides().first(2));
    const auto alone = Interpolant<2>(one, axes).value_gradient_and_hessian({0.7, 5.5});
    EXPECT_EQ(value[c], alone.value);
    EXPECT_EQ(jacobian[c], alone.gradient);
    EXPECT_EQ(hessian[c], alone.hessian);
  }
  EXPECT_EQ(status, Status::inside);
}

// Every type is computed in double: same numbers, same bits.
template <class T>
void expect_the_bits_of_doubles(Random& random) {
  const std::vector<T> samples = random_samples<T>(42, random);
  std::vector<double> doubles;
  for (const T sample : samples) {
    if constexpr (sizeof(T) == 2 && !Integer<T>) {
      doubles.push_back(to_float(sample));
    } else {
      doubles.push_back(static_cast<double>(sample));
    }
  }
  const auto field = StridedView<const T>::contiguous(samples.data(), {6, 7});
  const std::array<Axis, 2> axes = {Axis::at(random_positions(6, random)), Axis()};
  for (const Interpolation kind :
       {Interpolation::linear, Interpolation::cubic, Interpolation::spline}) {
    const Interpolant<2> typed(field, axes, {.interpolation = kind});
    const Interpolant<2> plain(table(doubles, 6, 7), axes, {.interpolation = kind});
    for (const double y : {-1.5, -1.0, 0.0, 0.9}) {
      const auto actual = typed.value_and_gradient({y, 5.3});
      const auto expected = plain.value_and_gradient({y, 5.3});
      EXPECT_EQ(actual.value, expected.value);
      EXPECT_EQ(actual.gradient, expected.gradient);
    }
  }
}

TEST(Interpolant, OfSamplesOfAnyTypeHasTheBitsOfTheSameDoubles) {
  Random random(seed);
  expect_the_bits_of_doubles<std::int8_t>(random);
  expect_the_bits_of_doubles<std::uint8_t>(random);
  expect_the_bits_of_doubles<std::int16_t>(random);
  expect_the_bits_of_doubles<std::uint16_t>(random);
  expect_the_bits_of_doubles<std::int32_t>(random);
  expect_the_bits_of_doubles<std::uint32_t>(random);
  expect_the_bits_of_doubles<std::int64_t>(random);
  expect_the_bits_of_doubles<std::uint64_t>(random);
  expect_the_bits_of_doubles<Float16>(random);
  expect_the_bits_of_doubles<BFloat16>(random);
  expect_the_bits_of_doubles<float>(random);
}

// Memory order, gaps and sense of the strides do not change a bit.
TEST(Interpolant, OfAFieldOfAnyStridesHasTheSameBits) {
  Random random(seed);
  const GridCase<3> grid = random_grid<3>({}, random);
  const Interpolant<3> plain(grid.field(), grid.rules(), {.outside = Outside::extend});
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1, 2}, {2, 1, 0}, {1, 0, 2}}) {
    for (const std::ptrdiff_t gap : {1, 3}) {
      StridedField<double> field(grid.extents, order, gap, {true, false, gap == 3});
      for_each_index(grid.extents, [&](std::span<const std::size_t> index) {
        at(field.view(), index) = at(grid.field(), index);
      });
      const Interpolant<3> strided(field.view(), grid.rules(),
                                   {.outside = Outside::extend});
      for (int draw = 0; draw < 100; ++draw) {
        const std::array<double, 3> location = random_location(grid, random);
        const auto expected = plain.value_and_gradient(location);
        const auto actual = strided.value_and_gradient(location);
        EXPECT_EQ(actual.value, expected.value);
        EXPECT_EQ(actual.gradient, expected.gradient);
      }
    }
  }
}

}  // namespace
}  // namespace gridgrad::test

// metric_test.cpp: what defines a metric, and what is refused
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/metric.hpp"

#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "support/errors.hpp"

namespace gridgrad::test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr GeographicAxes axes = {0, 1};

TEST(Metric, IsThatOfAPlaneUnlessToldOtherwise) {
  EXPECT_TRUE(Metric().is_cartesian());
  EXPECT_TRUE(Metric::scaled({}).is_cartesian());
  EXPECT_TRUE(Metric::mapped({}).is_cartesian());
  EXPECT_FALSE(Metric::on(Sphere(), axes).is_cartesian());
  EXPECT_FALSE(Metric::on(Ellipsoid(), axes).is_cartesian());
  EXPECT_EQ(Metric().obliqueness(), 0);
  EXPECT_EQ(Metric::on(Sphere(), axes).obliqueness(), 0);
}

TEST(Metric, RefusesRadiiThatAreNone) {
  EXPECT_ERROR(static_cast<void>(Metric::on(Sphere{0}, axes)), bad_argument,
               "radius: 0 given; a length from 1e-15 to 1e18 is needed");
  EXPECT_ERROR(static_cast<void>(Metric::on(Sphere{-1}, axes)), bad_argument,
               "radius: -1 given; a length from 1e-15 to 1e18 is needed");
  EXPECT_ERROR(static_cast<void>(Metric::on(Sphere{nan}, axes)), bad_argument,
               "radius: nan given; a length from 1e-15 to 1e18 is needed");
  EXPECT_ERROR(static_cast<void>(Metric::on(Ellipsoid{infinity}, axes)), bad_argument,
               "semi_major_axis: inf given; a length from 1e-15 to 1e18 is needed");
}

TEST(Metric, RefusesFlatteningsThatAreNone) {
  EXPECT_ERROR(static_cast<void>(Metric::on(Ellipsoid{6e6, 0.5}, axes)), bad_argument,
               "inverse_flattening: 0.5 given; a finite number above 1 is needed");
  EXPECT_ERROR(static_cast<void>(Metric::on(Ellipsoid{6e6, 1}, axes)), bad_argument,
               "inverse_flattening: 1 given; a finite number above 1 is needed");
  EXPECT_ERROR(static_cast<void>(Metric::on(Ellipsoid{6e6, infinity}, axes)),
               bad_argument,
               "inverse_flattening: inf given; a finite number above 1 is needed");
}

TEST(Metric, RefusesOneAxisForLatitudeAndLongitude) {
  const char* message =
      "axes: latitude and longitude both along axis 1; one axis each is needed";
  EXPECT_ERROR(static_cast<void>(Metric::on(Sphere(), {1, 1})), bad_axis, message);
  EXPECT_ERROR(static_cast<void>(Metric::on(Ellipsoid(), {1, 1})), bad_axis, message);
}

template <class T>
void scale(std::size_t axis, const std::vector<T>& lengths) {
  const auto samples = view(lengths);
  const ScaleFactor factor = {axis, samples};
  static_cast<void>(Metric::scaled({&factor, 1}));
}

TEST(Metric, TakesScaleFactorsOfEveryRealType) {
  EXPECT_NO_THROW(scale<double>(0, {1, 2}));
  EXPECT_NO_THROW(scale<float>(0, {1, 2}));
  EXPECT_NO_THROW(scale<std::int16_t>(0, {1, 2}));
  EXPECT_NO_THROW(scale<std::uint64_t>(0, {1, 2}));
  EXPECT_NO_THROW(scale<Float16>(0, {to_float16(1), to_float16(2)}));
}

TEST(Metric, RefusesScaleFactorsThatAreNoLengths) {
  EXPECT_ERROR(scale<double>(2, {1, 0, 3}), bad_argument,
               "factors: 0 at 1 along axis 2; numbers from 1e-15 to 1e18 are needed");
  EXPECT_ERROR(scale<double>(2, {1, 2, -3}), bad_argument,
               "factors: -3 at 2 along axis 2; numbers from 1e-15 to 1e18 are needed");
  EXPECT_ERROR(scale<float>(0, {NAN}), bad_argument,
               "factors: nan at 0 along axis 0; numbers from 1e-15 to 1e18 are needed");
  EXPECT_ERROR(scale<std::complex<float>>(0, {1, 2}), bad_type,
               "factors: complex64 given; real numbers are needed");
}

TEST(Metric, NamesThePlaceOfAMapFactorThatIsNone) {
  const Array<double> factors({2, 3}, {1, 1, 1, 1, 1, infinity});
  const auto samples = view(factors);
  const ScaleFactor factor = {1, samples};
  EXPECT_ERROR(static_cast<void>(Metric::mapped({&factor, 1})), bad_argument,
               "map_factors: inf at (1, 2) along axis 1; numbers from 1e-15 to 1e18 are "
               "needed");
}

TEST(Metric, RefusesTwoScaleFactorsOfOneAxis) {
  const std::vector<double> lengths = {1, 2};
  const auto samples = view(lengths);
  const std::vector<ScaleFactor> factors = {{1, samples}, {0, samples}, {1, samples}};
  EXPECT_ERROR(static_cast<void>(Metric::scaled(factors)), bad_axis,
               "axis: 1 given twice; each axis may have one scale factor");
}

TEST(Metric, RefusesScaleFactorsThatAreMissing) {
  const std::vector<double> lengths = {1, 2};
  const auto samples = view(lengths);
  ScaleFactor factor = {0, samples};
  factor.lengths.marks.fill = 2;
  EXPECT_ERROR(static_cast<void>(Metric::scaled({&factor, 1})), bad_argument,
               "factors: some are marked as missing; all are needed");
}

void measure(const Array<double>& latitudes, const Array<double>& longitudes) {
  const auto north = view(latitudes);
  const auto east = view(longitudes);
  static_cast<void>(Metric::at(north, east));
}

TEST(Metric, RefusesPlacesOfTheWrongShape) {
  const Array<double> line({3}, {0, 1, 2});
  const Array<double> row({1, 3}, {0, 1, 2});
  const Array<double> square({2, 2}, {0, 0, 1, 1});
  const Array<double> wide({2, 3}, {0, 1, 2, 0, 1, 2});

  EXPECT_ERROR(measure(line, line), bad_shape,
               "latitudes: shape (3) given; two axes of at least 2 samples are needed");
  EXPECT_ERROR(
      measure(row, row), bad_shape,
      "latitudes: shape (1, 3) given; two axes of at least 2 samples are needed");
  EXPECT_ERROR(
      measure(square, wide), bad_shape,
      "longitudes: shape (2, 3) given; that of the latitudes, (2, 2), is needed");
}

TEST(Metric, RefusesPlacesThatAreNotOnTheEarth) {
  const Array<double> latitudes({2, 2}, {0, 0, 1, 1});
  const Array<double> longitudes({2, 2}, {0, 1, 0, 1});

  EXPECT_ERROR(measure(Array<double>({2, 2}, {0, 0, 1, 90.5}), longitudes), bad_argument,
               "latitudes: 90.5 at (1, 1); degrees from -90 to 90 are needed");
  EXPECT_ERROR(measure(Array<double>({2, 2}, {0, nan, 1, 1}), longitudes), bad_argument,
               "latitudes: nan at (0, 1); degrees from -90 to 90 are needed");
  EXPECT_ERROR(measure(latitudes, Array<double>({2, 2}, {0, 1, infinity, 1})),
               bad_argument, "longitudes: inf at (1, 0); finite degrees are needed");
}

TEST(Metric, RefusesNeighboursAtOnePlace) {
  const Array<double> latitudes({3, 2}, {70, 70, 80, 80, 90, 90});
  const Array<double> longitudes({3, 2}, {0, 1, 0, 1, 0, 1});
  EXPECT_ERROR(
      measure(latitudes, longitudes), bad_argument,
      "latitudes: the sample at (2, 0) is at the place of a neighbour; neighbours "
      "at different places are needed");
  const Array<double> turns({3, 2}, {0, 360, 0, 1, 0, 1});
  EXPECT_ERROR(
      measure(Array<double>({3, 2}, {50, 50, 60, 60, 70, 70}), turns), bad_argument,
      "latitudes: the sample at (0, 0) is at the place of a neighbour; neighbours "
      "at different places are needed");
}

// At 60 degrees north a degree of longitude is half one of latitude.
TEST(Metric, SaysHowObliqueItsAxesAre) {
  Array<double> latitudes(std::vector<std::size_t>{3, 3});
  Array<double> straight(std::vector<std::size_t>{3, 3});
  Array<double> sheared(std::vector<std::size_t>{3, 3});
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      latitudes(i, j) = 60 + 0x1p-7 * i;
      straight(i, j) = 0x1p-7 * j;
      sheared(i, j) = 0x1p-7 * (j + 2 * i);
    }
  }
  const auto north = view(latitudes);
  const auto east = view(straight);
  const auto oblique = view(sheared);

  EXPECT_LE(Metric::at(north, east).obliqueness(), 0x1p-12);
  EXPECT_NEAR(Metric::at(north, oblique).obliqueness(), std::sqrt(0.5), 0x1p-10);
}

}  // namespace
}  // namespace gridgrad::test

// metric_terms_test.cpp: factors on the Earth against a hundred digits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "metric_terms.hpp"

#include <array>
#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "support/bits.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"
#include "support/jet.hpp"
#include "support/reference_earth.hpp"

namespace gridgrad::test {
namespace {

using Extents = std::vector<std::size_t>;
constexpr GeographicAxes axes = {0, 1};

std::vector<Along> latitude_and_longitude(const std::vector<double>& latitudes) {
  return {{0, Axis::at(latitudes)}, {1, Axis::spaced(90)}};
}

MetricTerms terms_of(const Metric& metric, const std::vector<double>& latitudes,
                     const Scheme& scheme = {}) {
  return {metric, latitude_and_longitude(latitudes), Extents{latitudes.size(), 4},
          scheme};
}

void expect_rounded_once(const Factor& factor, std::size_t sample, const Digits& exact) {
  const std::size_t k = factor.f64.size() == 1 ? 0 : sample;
  EXPECT_PRED2(same_bits<double>, factor.f64[k], exact.convert_to<double>());
  EXPECT_PRED2(same_bits<float>, factor.f32[k], exact.convert_to<float>());
}

void expect_factors(const MetricTerms& terms, const std::vector<double>& latitudes,
                    const ReferenceEarth& reference) {
  for (std::size_t i = 0; i < latitudes.size(); ++i) {
    SCOPED_TRACE(latitudes[i]);
    const std::array<Digits, 6> exact = reference.factors(latitudes[i]);
    expect_rounded_once(terms.inverse(0), i, exact[0]);
    expect_rounded_once(terms.inverse(1), i, exact[1]);
    expect_rounded_once(terms.curvature(1, 0), i, exact[2]);
    expect_rounded_once(terms.second(0), i, exact[3]);
    expect_rounded_once(terms.second(1), i, exact[4]);
    expect_rounded_once(terms.first(0), i, exact[5]);
  }
  EXPECT_TRUE(terms.first(1).is_zero());
  EXPECT_TRUE(terms.curvature(0, 1).is_zero());
}

// Away from 0, whose tangent the reference does not give to the last bit of zero.
std::vector<double> usual_latitudes() {
  std::vector<double> latitudes;
  for (int k = -179; k < 180; k += 4) latitudes.push_back(k * 0.5);
  Random random(seed);
  std::uniform_real_distribution<double> uniform(-90, 90);
  for (int k = 0; k < 60; ++k) latitudes.push_back(uniform(random));
  for (const double near : {30.0, 45.0, 60.0, 89.0, 89.999, 89.9999999999, 1e-3, 1e-9}) {
    latitudes.push_back(near);
    latitudes.push_back(-near);
  }
  std::sort(latitudes.begin(), latitudes.end());
  return latitudes;
}

TEST(MetricTerms, OfASphereAreRoundedOnce) {
  const std::vector<double> latitudes = usual_latitudes();
  for (const double radius : {6371229.0, 6371000.0, 1.0, 6371.0088, 3e-7}) {
    const Metric metric = Metric::on(Sphere{radius}, axes);

    expect_factors(terms_of(metric, latitudes), latitudes, ReferenceEarth(radius));
  }
}

TEST(MetricTerms, OfAnEllipsoidAreRoundedOnce) {
  const std::vector<double> latitudes = usual_latitudes();
  for (const Ellipsoid& figure : {Ellipsoid(), Ellipsoid{6378388, 297},
                                  Ellipsoid{71492000, 15.41}, Ellipsoid{1, 2}}) {
    const Metric metric = Metric::on(figure, axes);

    expect_factors(terms_of(metric, latitudes), latitudes,
                   ReferenceEarth(figure.semi_major_axis, figure.inverse_flattening));
  }
}

TEST(MetricTerms, OfASphereDoNotDependOnWhatTheyNeedNot) {
  const MetricTerms terms = terms_of(Metric::on(Sphere(), axes), {-30, 0, 30});

  EXPECT_TRUE(terms.inverse(0).extents.empty());
  EXPECT_TRUE(terms.second(0).extents.empty());
  EXPECT_EQ(terms.inverse(1).extents, (Extents{3, 1}));
  EXPECT_EQ(terms.first(0).extents, (Extents{3, 1}));
}

TEST(MetricTerms, AreZeroAtTheEquatorWhereTheTangentIs) {
  const MetricTerms terms = terms_of(Metric::on(Ellipsoid(), axes), {-1, 0, 1});

  EXPECT_PRED2(same_bits<double>, terms.curvature(1, 0).f64[1], 0.0);
  EXPECT_PRED2(same_bits<double>, terms.first(0).f64[1], 0.0);
}

// Where the low halves of double-doubles are no numbers any more.
TEST(MetricTerms, AtTheSmallestLatitudesAreRoundedOnceToo) {
  const double radius = 1;
  const Digits unit = boost::math::constants::pi<Digits>() / 180;
  for (const double latitude : {1e-290, 3e-300, 1e-307, 5e-324}) {
    const MetricTerms terms =
        terms_of(Metric::on(Sphere{radius}, axes), {latitude, 1, 2});

    // The tangent is the angle to 600 digits.
    expect_rounded_once(terms.curvature(1, 0), 0, -(latitude * unit));
    expect_rounded_once(terms.first(0), 0, -Digits(latitude));
  }
}

TEST(MetricTerms, OfRoundEllipsoidsAreThoseOfTheSphere) {
  const std::vector<double> latitudes = usual_latitudes();
  const MetricTerms sphere = terms_of(Metric::on(Sphere{6e6}, axes), latitudes);
  const MetricTerms round = terms_of(Metric::on(Ellipsoid{6e6, 1e300}, axes), latitudes);

  EXPECT_EQ(round.inverse(0).f64,
            std::vector<double>(latitudes.size(), sphere.inverse(0).f64[0]));
  EXPECT_EQ(round.inverse(1).f64, sphere.inverse(1).f64);
  EXPECT_EQ(round.second(1).f64, sphere.second(1).f64);
  EXPECT_EQ(round.curvature(1, 0).f64, sphere.curvature(1, 0).f64);
  EXPECT_EQ(round.first(0).f64, sphere.first(0).f64);
  EXPECT_EQ(round.first(0).f32, sphere.first(0).f32);
}

// Those of the last call are kept.
TEST(MetricTerms, AreThoseOfTheirOwnLatitudesAndFigure) {
  const auto first = [](const Metric& metric, const std::vector<double>& latitudes) {
    return terms_of(metric, latitudes).first(0).f64;
  };
  const Metric sphere = Metric::on(Sphere(), axes);
  const Metric small = Metric::on(Sphere{1}, axes);
  const Metric round = Metric::on(Ellipsoid{6371229, 1e9}, axes);
  const std::vector<double> found = first(sphere, {10, 20, 30});

  EXPECT_NE(first(sphere, {10, 20, 31}), found);
  EXPECT_EQ(first(sphere, {10, 20, 30}), found);
  EXPECT_NE(first(small, {10, 20, 30}), found);
  EXPECT_NE(first(round, {10, 20, 30}), found);
  EXPECT_EQ(first(sphere, {10, 20, 30}), found);
}

TEST(MetricTerms, StandWhereTheirAxesStand) {
  const std::vector<double> latitudes = {50, 40, 20};
  const std::vector<Along> along = {
      {1, Axis::spaced(100)}, {3, Axis::spaced(2)}, {2, Axis::at(latitudes)}};
  const Metric metric = Metric::on(Ellipsoid(), {2, 3});
  const MetricTerms terms(metric, along, Extents{5, 6, 3, 7}, {});
  const MetricTerms plain = terms_of(Metric::on(Ellipsoid(), axes), latitudes);

  EXPECT_TRUE(terms.inverse(0).is_one());
  EXPECT_TRUE(terms.second(0).is_one());
  EXPECT_TRUE(terms.first(0).is_zero());
  EXPECT_EQ(terms.inverse(2).extents, (Extents{1, 1, 3, 1}));
  EXPECT_EQ(terms.inverse(2).f64, plain.inverse(0).f64);
  EXPECT_EQ(terms.inverse(1).f64, plain.inverse(1).f64);
  EXPECT_EQ(terms.curvature(1, 2).f64, plain.curvature(1, 0).f64);
  EXPECT_TRUE(terms.curvature(2, 1).is_zero());
  EXPECT_TRUE(terms.curvature(0, 2).is_zero());
  EXPECT_EQ(terms.first(2).f64, plain.first(0).f64);
}

TEST(MetricTerms, OfAPlaneAreOneAndZero) {
  const std::vector<Along> along = {{0}, {1}};
  const MetricTerms terms(Metric(), along, Extents{3, 4}, {});

  for (const std::size_t i : {0, 1}) {
    EXPECT_TRUE(terms.inverse(i).is_one());
    EXPECT_TRUE(terms.second(i).is_one());
    EXPECT_TRUE(terms.first(i).is_zero());
    EXPECT_TRUE(terms.curvature(i, 1 - i).is_zero());
  }
  EXPECT_TRUE(terms.poles().empty());
}

TEST(MetricTerms, TakeLatitudesFromASpacingThatHasAFirst) {
  const std::vector<Along> spaced = {{0, Axis::cells(-60, 30)}, {1, Axis::spaced(90)}};
  const Metric metric = Metric::on(Sphere(), axes);
  const MetricTerms terms(metric, spaced, Extents{4, 4}, {});

  EXPECT_EQ(terms.inverse(1).f64, terms_of(metric, {-45, -15, 15, 45}).inverse(1).f64);
}

TEST(MetricTerms, TakeLatitudesOfAnyType) {
  const std::vector<float> narrow = {-60, -0.5, 60.25};
  const std::vector<std::int64_t> integers = {-60, 0, 60};
  const Metric metric = Metric::on(Sphere(), axes);
  const auto of = [&](const Axis& latitudes) {
    const std::vector<Along> along = {{0, latitudes}, {1, Axis::spaced(90)}};
    return MetricTerms(metric, along, Extents{3, 4}, {}).inverse(1).f64;
  };

  EXPECT_EQ(of(Axis::at(narrow)), terms_of(metric, {-60, -0.5, 60.25}).inverse(1).f64);
  EXPECT_EQ(of(Axis::at(integers)), terms_of(metric, {-60, 0, 60}).inverse(1).f64);
}

TEST(MetricTerms, DivideByNothingAtAPole) {
  for (const Metric& metric :
       {Metric::on(Sphere(), axes), Metric::on(Ellipsoid(), axes)}) {
    const MetricTerms terms = terms_of(metric, {-90, -45, 0, 45, 90});

    for (const std::size_t pole : {0, 4}) {
      EXPECT_EQ(terms.inverse(1).f64[pole], 0);
      EXPECT_EQ(terms.second(1).f64[pole], 0);
      EXPECT_EQ(terms.curvature(1, 0).f64[pole], 0);
      EXPECT_EQ(terms.first(0).f64[pole], 0);
    }
  }
}

// At a pole the meridian's radius of curvature is a^2 / b.
TEST(MetricTerms, AlongMeridiansAreRoundedOnceAtAPole) {
  const Ellipsoid earth;
  const Digits ratio = 1 - 1 / Digits(earth.inverse_flattening);
  const Digits unit = boost::math::constants::pi<Digits>() / 180;
  const Digits inverse = ratio / (earth.semi_major_axis * unit);

  const MetricTerms terms = terms_of(Metric::on(earth, axes), {90, 45, 0});

  expect_rounded_once(terms.inverse(0), 0, inverse);
  expect_rounded_once(terms.second(0), 0, inverse * inverse);
}

void expect_refusal(const Axis& latitude, ErrorCode code, const char* message) {
  const std::vector<Along> along = {{0, latitude}, {1, Axis::spaced(90)}};
  expect_error(
      [&] {
        MetricTerms(Metric::on(Sphere(), axes), along, Extents{3, 4}, {});
      },
      code, message);
}

Axis at(std::vector<double> positions) {
  return Axis::at(positions);
}

TEST(MetricTerms, RefuseWhatAreNoLatitudes) {
  expect_refusal(at({70, 80, 90.5}), ErrorCode::bad_argument,
                 "latitude: 90.5 along axis 0 given; degrees from -90 to 90 are needed");
  expect_refusal(at({-180, -90, 0}), ErrorCode::bad_argument,
                 "latitude: -180 along axis 0 given; degrees from -90 to 90 are needed");
  expect_refusal(Axis(), ErrorCode::bad_argument,
                 "latitude: no positions along axis 0 given; positions in degrees are "
                 "needed");
  expect_refusal(Axis::spaced(40, 20), ErrorCode::bad_argument,
                 "latitude: 100 along axis 0 given; degrees from -90 to 90 are needed");
  expect_refusal(at({10, 20, 30}).per(60), ErrorCode::bad_argument,
                 "latitude: derivatives along axis 0 are per 60; per degree is needed");
  expect_refusal(at({10, 20, 30, 40}), ErrorCode::bad_shape,
                 "coordinates: 4 positions given for 3 samples along axis 0; one per "
                 "sample is needed");
  const Array<double> sheared({3, 4}, std::vector<double>(12, 1));
  expect_refusal(Axis::at(sheared), ErrorCode::bad_argument,
                 "latitude: positions along axis 0 vary along other axes; those of one "
                 "line are needed");
}

TEST(MetricTerms, RefuseLongitudesPerAnotherUnit) {
  const std::vector<Along> along = {{0, at({10, 20, 30})}, {1, Axis::spaced(90).per(2)}};
  EXPECT_ERROR(MetricTerms(Metric::on(Sphere(), axes), along, Extents{3, 4}, {}),
               bad_argument,
               "longitude: derivatives along axis 1 are per 2; per degree is needed");
}

TEST(MetricTerms, RefuseAnOperatorWithoutAnAxisOfTheMetric) {
  const std::vector<Along> along = {{0, at({10, 20, 30})}};
  const char* message =
      "metric: axis 1 of the metric is not differentiated along; an operator needs all "
      "axes of its metric";
  EXPECT_ERROR(MetricTerms(Metric::on(Sphere(), axes), along, Extents{3, 4}, {}),
               bad_axis, message);
  const std::vector<Along> beyond = {{2}};
  EXPECT_ERROR(MetricTerms(Metric(), beyond, Extents{3, 4}, {}), bad_axis,
               "axis: 2 given; the field has rank 2, axes count from 0");
}

}  // namespace
}  // namespace gridgrad::test

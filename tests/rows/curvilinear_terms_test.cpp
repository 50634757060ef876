// curvilinear_terms_test.cpp: factors from scale factors that were given
//
// SPDX-License-Identifier: BSD-3-Clause

#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "metric_terms.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"
#include "support/jet.hpp"
#include "support/rational.hpp"

namespace gridgrad::test {
namespace {

using Extents = std::vector<std::size_t>;
constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double degree = boost::math::constants::degree<double>();

Metric scaled(std::size_t axis, const Array<double>& lengths) {
  const auto samples = view(lengths);
  const ScaleFactor factor = {axis, samples};
  return Metric::scaled({&factor, 1});
}

Metric mapped(std::size_t axis, const Array<double>& factors) {
  const auto samples = view(factors);
  const ScaleFactor factor = {axis, samples};
  return Metric::mapped({&factor, 1});
}

// Spherical polar coordinates of a field [colatitude, longitude] in radians: h along the
// second is the sine of the first.
Array<double> sines(const std::vector<double>& colatitudes) {
  Array<double> lengths(Extents{colatitudes.size(), 1});
  for (std::size_t i = 0; i < colatitudes.size(); ++i) {
    lengths.data()[i] = std::sin(colatitudes[i]);
  }
  return lengths;
}

std::vector<double> spaced(double first, double last, std::size_t count) {
  std::vector<double> positions;
  for (std::size_t k = 0; k < count; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(count - 1);
    positions.push_back(first + share * (last - first));
  }
  return positions;
}

TEST(CurvilinearTerms, AreInversesRoundedOnce) {
  Random random(seed);
  std::uniform_real_distribution<double> exponent(-10, 10);
  Array<double> numbers(Extents{50, 70});
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    numbers.data()[k] = std::exp(exponent(random));
    // The inverse of most of these lies halfway between two floats, rounded to double.
    const auto narrow = static_cast<float>(numbers.data()[k]);
    const double next = std::nextafter(narrow, 0.0F);
    if (k % 2 == 0) numbers.data()[k] = 1 / ((narrow + next) / 2);
  }
  const std::vector<Along> along = {{1}, {0}};
  const MetricTerms lengths(scaled(1, numbers), along, Extents{50, 70}, {});
  const MetricTerms factors(mapped(1, numbers), along, Extents{50, 70}, {});

  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const double h = numbers.data()[k];
    const Rational exact(h);
    EXPECT_EQ(lengths.inverse(0).f64[k], 1 / h);
    EXPECT_TRUE(is_nearest(lengths.second(0).f64[k], 1 / (exact * exact)));
    EXPECT_EQ(factors.inverse(0).f64[k], h);
    EXPECT_EQ(factors.inverse(0).f32[k], static_cast<float>(h));
    EXPECT_EQ(factors.second(0).f64[k], h * h);
    EXPECT_EQ(lengths.inverse(0).f32[k], (1 / Digits(h)).convert_to<float>());
  }
  EXPECT_TRUE(lengths.inverse(1).is_one());
  EXPECT_TRUE(lengths.second(1).is_one());
}

// r and the angle: h is r along the angle. Differences of small integers are exact, so
// each factor is one quotient.
TEST(CurvilinearTerms, OfPolarCoordinatesAreOneOverTheRadius) {
  const Array<double> radii({4, 1}, {1, 2, 3, 4});
  const std::vector<Along> along = {{0, Axis::spaced(1, 1)}, {1}};
  const MetricTerms terms(scaled(1, radii), along, Extents{4, 5}, {});

  const std::vector<double> inverse = {1.0, 1.0 / 2, 1.0 / 3, 1.0 / 4};
  EXPECT_EQ(terms.inverse(1).f64, inverse);
  EXPECT_EQ(terms.inverse(1).extents, (Extents{4, 1}));
  EXPECT_EQ(terms.curvature(1, 0).f64, inverse);
  EXPECT_EQ(terms.curvature(1, 0).extents, (Extents{4, 1}));
  EXPECT_TRUE(terms.curvature(0, 1).is_zero());
  EXPECT_EQ(terms.first(0).f64, inverse);
  EXPECT_TRUE(terms.first(1).is_zero());
  EXPECT_EQ(terms.curvature(1, 0).f32[2], 1.0F / 3);
}

// Halo, mirrors and known values say nothing of lengths; an own order of the ends and a
// rule for missing samples neither.
TEST(CurvilinearTerms, DifferentiateLengthsToTheirEndsWhateverLiesBeyond) {
  const std::vector<double> colatitudes = spaced(0.3, 2.8, 30);
  const Array<double> lengths = sines(colatitudes);
  const Axis axis = Axis::at(colatitudes);
  const auto of = [&](const Axis& rule, const Scheme& scheme) {
    const std::vector<Along> along = {{0, rule}, {1}};
    const MetricTerms terms(scaled(1, lengths), along, Extents{30, 40}, scheme);
    return std::pair(terms.curvature(1, 0).f64, terms.first(0).f64);
  };
  const auto expected = of(axis, {.accuracy = 4});

  for (const Boundary& end : std::initializer_list<Boundary>{
           Halo(), Symmetric(), Antisymmetric(), Nearest(), Constant{7}, Neumann{7}}) {
    EXPECT_EQ(of(axis.with_ends(end), {.accuracy = 4}), expected);
  }
  EXPECT_EQ(of(axis, {.derivative = 2, .accuracy = 4}), expected);
  EXPECT_EQ(of(axis, {.accuracy = 4, .edge_order = 1}), expected);
  EXPECT_EQ(of(axis, {.accuracy = 4, .missing = Propagate()}), expected);
}

TEST(CurvilinearTerms, NeedNoMoreSamplesThanTheOperator) {
  const Array<double> radii({2, 1}, {1, 2});
  const std::vector<Along> along = {{0}, {1}};
  const MetricTerms terms(scaled(1, radii), along, Extents{2, 5}, {});

  EXPECT_EQ(terms.curvature(1, 0).f64, (std::vector<double>{1, 0.5}));
}

TEST(CurvilinearTerms, FollowAPeriodicAxisRound) {
  Array<double> lengths(Extents{1, 8});
  for (std::size_t k = 0; k < 8; ++k) {
    lengths.data()[k] = 2 + std::sin(static_cast<double>(k) * 45 * degree);
  }
  const std::vector<Along> along = {{0}, {1, Axis().with_ends(Periodic())}};
  const MetricTerms terms(scaled(0, lengths), along, Extents{3, 8}, {});

  EXPECT_EQ(terms.curvature(0, 1).extents, (Extents{1, 8}));
  const double* const h = lengths.data();
  EXPECT_NEAR(terms.curvature(0, 1).f64[0], (h[1] - h[7]) / (2 * h[0]), 4 * epsilon);
  EXPECT_NEAR(terms.curvature(0, 1).f64[7], (h[0] - h[6]) / (2 * h[7]), 4 * epsilon);
}

TEST(CurvilinearTerms, BroadcastFromTheLastAxisOn) {
  const Array<double> line({4}, {1, 2, 3, 4});
  const Array<double> single(std::initializer_list<std::size_t>{}, {4.0});
  const std::vector<Along> along = {{0}, {1}, {2}};
  const MetricTerms by_line(scaled(0, line), along, Extents{2, 3, 4}, {});
  const MetricTerms by_one(scaled(1, single), along, Extents{2, 3, 4}, {});

  EXPECT_EQ(by_line.inverse(0).extents, (Extents{1, 1, 4}));
  EXPECT_EQ(by_line.curvature(0, 2).extents, (Extents{1, 1, 4}));
  EXPECT_TRUE(by_line.curvature(0, 1).is_zero());
  EXPECT_TRUE(by_one.inverse(1).extents.empty());
  EXPECT_EQ(by_one.inverse(1).f64, std::vector<double>{0.25});
  EXPECT_EQ(by_one.second(1).f64, std::vector<double>{0.0625});
  EXPECT_TRUE(by_one.first(1).is_zero());
}

// Of axes whose positions vary the rows do, so their derivatives of lengths do, too.
TEST(CurvilinearTerms, TakePositionsThatVaryAlongOtherAxes) {
  const Array<double> lengths({4, 1}, {1, 2, 3, 4});
  const Array<double> positions({4, 2}, {0, 0, 1, 2, 2, 4, 3, 6});
  const std::vector<Along> along = {{0, Axis::at(positions)}, {1}};
  const MetricTerms terms(scaled(1, lengths), along, Extents{4, 2}, {});

  EXPECT_EQ(terms.curvature(1, 0).extents, (Extents{4, 2}));
  EXPECT_EQ(
      terms.curvature(1, 0).f64,
      (std::vector<double>{1, 0.5, 1. / 2, 1. / 4, 1. / 3, 1. / 6, 1. / 4, 1. / 8}));
}

// By several scale factors: spherical coordinates (r, colatitude, longitude).
TEST(CurvilinearTerms, TakeEveryScaleFactorIntoTheLaplacian) {
  const std::vector<double> radii = {1, 2, 3, 4};
  const std::vector<double> colatitudes = spaced(1, 1.1, 11);
  Array<double> along_colatitude(Extents{4, 1, 1});
  Array<double> along_longitude(Extents{4, 11, 1});
  for (std::size_t i = 0; i < 4; ++i) {
    along_colatitude.data()[i] = radii[i];
    for (std::size_t j = 0; j < 11; ++j) {
      along_longitude.data()[i * 11 + j] = radii[i] * std::sin(colatitudes[j]);
    }
  }
  const auto first = view(along_colatitude);
  const auto second = view(along_longitude);
  const std::vector<ScaleFactor> factors = {{2, second}, {1, first}};
  const std::vector<Along> along = {
      {0, Axis::at(radii)}, {1, Axis::at(colatitudes)}, {2}};
  const MetricTerms terms(Metric::scaled(factors), along, Extents{4, 11, 6},
                          {.accuracy = 8});

  // Left out: 0.01^8 / 9! of the length, far below its rounding, which 1 / 0.01 times
  // the sum of |weights|, below 32 at the ends, carries into the derivative.
  const double bound = 64 * 100 * epsilon;
  for (std::size_t k = 0; k < 44; ++k) {
    const double r = radii[k / 11];
    const double cotangent = 1 / std::tan(colatitudes[k % 11]);
    EXPECT_NEAR(terms.first(0).f64[k], 2 / r, bound);
    EXPECT_NEAR(terms.first(1).f64[k], cotangent / (r * r), 32 * bound);
    EXPECT_NEAR(terms.curvature(2, 1).f64[k], cotangent / r, 32 * bound);
    EXPECT_NEAR(terms.curvature(2, 0).f64[k], 1 / r, bound);
  }
  EXPECT_EQ(terms.curvature(1, 0).extents, (Extents{4, 1, 1}));
  EXPECT_TRUE(terms.first(2).is_zero());
}

struct Errors {
  double curvature = 0;
  double first = 0;
};

// Largest differences from the factors of the sphere, scale factors given per degree.
Errors errors_from_sphere(std::size_t count, int accuracy) {
  const std::vector<double> latitudes = spaced(-70, 80, count);
  Array<double> lengths(Extents{count, 1});
  for (std::size_t i = 0; i < count; ++i) {
    lengths.data()[i] = std::cos(latitudes[i] * degree) * degree;
  }
  const Array<double> meridians(std::initializer_list<std::size_t>{}, {degree});
  const auto north = view(meridians);
  const auto east = view(lengths);
  const std::vector<ScaleFactor> factors = {{0, north}, {1, east}};
  const std::vector<Along> along = {{0, Axis::at(latitudes)}, {1, Axis::spaced(1)}};
  const Scheme scheme = {.accuracy = accuracy};
  const Extents extents = {count, 3};
  const MetricTerms found(Metric::scaled(factors), along, extents, scheme);
  const MetricTerms exact(Metric::on(Sphere{1}, {0, 1}), along, extents, scheme);
  Errors errors;
  for (std::size_t i = 0; i < count; ++i) {
    errors.curvature = std::max(errors.curvature, std::abs(found.curvature(1, 0).f64[i] -
                                                           exact.curvature(1, 0).f64[i]));
    errors.first =
        std::max(errors.first, std::abs(found.first(0).f64[i] - exact.first(0).f64[i]));
  }
  return errors;
}

TEST(CurvilinearTerms, ApproachThoseOfTheSphereAtTheOrderOfTheScheme) {
  for (const int accuracy : {2, 4, 6}) {
    const Errors coarse = errors_from_sphere(51, accuracy);
    const Errors fine = errors_from_sphere(101, accuracy);

    EXPECT_NEAR(std::log2(coarse.curvature / fine.curvature), accuracy, 0.25) << accuracy;
    EXPECT_NEAR(std::log2(coarse.first / fine.first), accuracy, 0.25) << accuracy;
  }
}

TEST(CurvilinearTerms, OfMapFactorsAreThoseOfTheLengthsThatTheyMean) {
  const std::vector<double> colatitudes = spaced(0.3, 2.8, 30);
  const Array<double> lengths = sines(colatitudes);
  Array<double> factors = sines(colatitudes);
  for (std::size_t k = 0; k < 30; ++k) factors.data()[k] = 1 / lengths.data()[k];
  const std::vector<Along> along = {{0, Axis::at(colatitudes)}, {1}};
  const MetricTerms given(mapped(1, factors), along, Extents{30, 3}, {.accuracy = 4});
  const MetricTerms meant(scaled(1, lengths), along, Extents{30, 3}, {.accuracy = 4});

  for (std::size_t k = 0; k < 30; ++k) {
    const double size = 1 / lengths.data()[k];
    EXPECT_NEAR(given.inverse(1).f64[k], size, 2 * size * epsilon);
    // The lengths differ by an ulp, their differences over the spacing by 1 / 0.08 times
    // the sum of |weights|, below 16.
    EXPECT_NEAR(given.curvature(1, 0).f64[k], meant.curvature(1, 0).f64[k],
                16 / 0.08 * size * epsilon);
  }
}

void expect_refusal(const Metric& metric, const std::vector<Along>& along,
                    const Extents& extents, const std::pair<ErrorCode, const char*>& as) {
  expect_error([&] { MetricTerms(metric, along, extents, {}); }, as.first, as.second);
}

TEST(CurvilinearTerms, RefuseScaleFactorsThatDoNotFit) {
  const Array<double> lengths({2, 3}, std::vector<double>(6, 2));
  const std::vector<Along> along = {{0}, {1}};

  expect_refusal(
      scaled(1, lengths), along, {2, 4},
      {ErrorCode::bad_shape,
       "metric: scale factors of shape (2, 3) along axis 1 given for a field of "
       "shape (2, 4); they broadcast against it from the last axis on"});
  expect_refusal(
      scaled(0, lengths), {{0}}, {3},
      {ErrorCode::bad_shape,
       "metric: scale factors of shape (2, 3) along axis 0 given for a field of "
       "shape (3); they broadcast against it from the last axis on"});
  expect_refusal(scaled(2, lengths), along, {2, 3},
                 {ErrorCode::bad_axis,
                  "metric: axis 2 of the metric is not differentiated along; an operator "
                  "needs all axes of its metric"});
}

}  // namespace
}  // namespace gridgrad::test

// pole_terms_test.cpp: poles among the samples, and what results there are made of
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "metric_terms.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"
#include "support/rational.hpp"

namespace gridgrad::test {
namespace {

using Extents = std::vector<std::size_t>;

MetricTerms terms_of(const std::vector<double>& latitudes, const Scheme& scheme = {}) {
  const std::vector<Along> along = {{0, Axis::at(latitudes)}, {1, Axis::spaced(90)}};
  return {Metric::on(Sphere(), {0, 1}), along, Extents{latitudes.size(), 4}, scheme};
}

TEST(PoleTerms, NoteThePolesAmongTheSamples) {
  const MetricTerms none = terms_of({-80, 0, 80});
  const MetricTerms both = terms_of({90, 45, 0, -45, -90});
  const MetricTerms last = terms_of({30, 60, 90});

  EXPECT_TRUE(none.poles().empty());
  ASSERT_EQ(both.poles().size(), 2U);
  EXPECT_EQ(both.poles()[0].sample, 0U);
  EXPECT_EQ(both.poles()[1].sample, 4U);
  EXPECT_EQ(both.poles()[1].axis, 0U);
  EXPECT_EQ(both.poles()[1].longitude, 1U);
  ASSERT_EQ(last.poles().size(), 1U);
  EXPECT_EQ(last.poles()[0].sample, 2U);
}

// Up to what equal spacing may leave: -90 + 1800 * 0.1 is 2^-46 beyond 90.
TEST(PoleTerms, TakeASampleWithinTwoUlpOfAPoleForOne) {
  const double beyond = std::nextafter(90.0, 91.0);
  const double before = std::nextafter(90.0, 89.0);

  EXPECT_EQ(terms_of({30, 60, beyond}).poles().size(), 1U);
  EXPECT_EQ(terms_of({30, 60, before}).poles().size(), 1U);
  EXPECT_TRUE(terms_of({30, 60, 90 - 0x1p-44}).poles().empty());
}

std::vector<double> weights_of(const std::vector<double>& latitudes, int accuracy) {
  const MetricTerms terms = terms_of(latitudes, {.accuracy = accuracy});
  std::vector<double> weights;
  for (const Rounded& weight : terms.poles()[0].weights) weights.push_back(weight.f64);
  return weights;
}

TEST(PoleTerms, WeighParallelsAroundAPole) {
  EXPECT_EQ(weights_of({90, 80, 70, 60, 50, 40}, 2), (std::vector<double>{2, -1}));
  EXPECT_EQ(weights_of({40, 50, 60, 70, 80, 90}, 2), (std::vector<double>{2, -1}));
  EXPECT_EQ(weights_of({-90, -80, -70, -60, -50}, 4),
            (std::vector<double>{4, -6, 4, -1}));
  EXPECT_EQ(weights_of({90, 80, 70}, 4), (std::vector<double>{2, -1}));
  EXPECT_EQ(weights_of({90, 80, -90}, 2), (std::vector<double>{1}));
}

// Exact on polynomials in the colatitude, each weight the nearest double.
TEST(PoleTerms, WeighParallelsByTheNearestDoubles) {
  Random random(seed);
  std::uniform_real_distribution<double> gap(0.1, 3);
  for (const int accuracy : {2, 4, 6, 10}) {
    std::vector<double> latitudes = {90};
    for (int k = 0; k < 12; ++k) latitudes.push_back(latitudes.back() - gap(random));
    const std::vector<double> weights = weights_of(latitudes, accuracy);
    ASSERT_EQ(weights.size(), static_cast<std::size_t>(accuracy));
    for (std::size_t j = 0; j < weights.size(); ++j) {
      Rational exact = 1;
      const Rational node = 90 - Rational(latitudes[j + 1]);
      for (std::size_t k = 0; k < weights.size(); ++k) {
        if (k == j) continue;
        const Rational other = 90 - Rational(latitudes[k + 1]);
        exact *= other / (other - node);
      }
      EXPECT_TRUE(is_nearest(weights[j], exact)) << accuracy << " " << j;
    }
  }
}

bool is_ring(const Axis& longitude, std::size_t extent) {
  const std::vector<double> latitudes = {90, 80, 70};
  const std::vector<Along> along = {{0, Axis::at(latitudes)}, {1, longitude}};
  const MetricTerms terms(Metric::on(Sphere(), {0, 1}), along, Extents{3, extent}, {});
  return terms.poles()[0].is_ring;
}

TEST(PoleTerms, SeeWhetherLongitudesGoAllTheWayRound) {
  std::vector<double> meridians(1440);
  for (std::size_t k = 0; k < meridians.size(); ++k) {
    meridians[k] = -180 + 0.25 * static_cast<double>(k);
  }
  std::vector<float> thirds(1080);
  for (std::size_t k = 0; k < thirds.size(); ++k) {
    thirds[k] = static_cast<float>(static_cast<double>(k) / 3);
  }
  const std::vector<double> some = {0, 10, 20, 30};

  EXPECT_TRUE(is_ring(Axis::spaced(0.25), 1440));
  EXPECT_TRUE(is_ring(Axis::spaced(-0.1), 3600));
  EXPECT_TRUE(is_ring(Axis::at(meridians), 1440));
  EXPECT_TRUE(is_ring(Axis::at(thirds), 1080));
  EXPECT_TRUE(is_ring(Axis::at(some).with_ends(Periodic{360}), 4));
  EXPECT_FALSE(is_ring(Axis::at(some).with_ends(Periodic{40}), 4));
  EXPECT_FALSE(is_ring(Axis::at(some), 4));
  EXPECT_FALSE(is_ring(Axis::spaced(0.25), 1441));
  EXPECT_FALSE(is_ring(Axis::spaced(0.25), 1439));
}

TEST(PoleTerms, RefusePolesThatAreNoEnds) {
  EXPECT_ERROR(terms_of({80, 90, -70}), bad_argument,
               "latitude: 90 at sample 1 along axis 0 given; a pole can be the first "
               "or the last sample");
  EXPECT_ERROR(terms_of({-90, 60, 50}), bad_argument,
               "latitude: not monotone along axis 0; a pole needs increasing or "
               "decreasing latitudes");
  EXPECT_ERROR(
      terms_of({-90, 90}), too_few_samples,
      "field: poles and no parallel along axis 0; at least 1 parallel is needed");
}

}  // namespace
}  // namespace gridgrad::test

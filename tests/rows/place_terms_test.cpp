// place_terms_test.cpp: factors from the latitudes and longitudes of every sample
//
// SPDX-License-Identifier: BSD-3-Clause

#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "metric_terms.hpp"
#include "support/errors.hpp"

namespace gridgrad::test {
namespace {

using Extents = std::vector<std::size_t>;
constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double degree = boost::math::constants::degree<double>();

struct Grid {
  Array<double> latitudes;
  Array<double> longitudes;
};

// Every `step` degrees, all the way round.
Grid regular_grid(double step) {
  const auto rows = static_cast<std::size_t>(120 / step) + 1;
  const auto columns = static_cast<std::size_t>(360 / step);
  Grid grid = {Array<double>(Extents{rows, columns}),
               Array<double>(Extents{rows, columns})};
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      grid.latitudes(i, j) = -60 + step * static_cast<double>(i);
      grid.longitudes(i, j) = -180 + step * static_cast<double>(j);
    }
  }
  return grid;
}

Metric metric_at(const Grid& grid, const Sphere& sphere = {}) {
  const auto latitudes = view(grid.latitudes);
  const auto longitudes = view(grid.longitudes);
  return Metric::at(latitudes, longitudes, sphere);
}

// Largest relative difference of the lengths along parallels from those of the sphere.
double length_error(double step) {
  const Grid grid = regular_grid(step);
  const Extents extents(grid.latitudes.extents().begin(), grid.latitudes.extents().end());
  const std::vector<Along> along = {{0}, {1, Axis().with_ends(Periodic())}};
  const MetricTerms terms(metric_at(grid, {1}), along, extents, {});
  double largest = 0;
  for (std::size_t k = 0; k < grid.latitudes.size(); ++k) {
    const double latitude = grid.latitudes.data()[k] * degree;
    const double inverse = 1 / (std::cos(latitude) * step * degree);
    const double meridian = 1 / (step * degree);
    EXPECT_NEAR(terms.inverse(0).f64[k], meridian, 64 * meridian * epsilon);
    largest = std::max(largest, std::abs(terms.inverse(1).f64[k] / inverse - 1));
  }
  return largest;
}

TEST(PlaceTerms, ApproachThoseOfTheSphere) {
  const double coarse = length_error(4);
  const double fine = length_error(2);

  // Of a parallel's length the great circle leaves out (step sin(latitude))^2 / 24.
  const double left_out = std::pow(2 * degree * std::sin(60 * degree), 2) / 24;
  EXPECT_NEAR(fine / left_out, 1, 0.01);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.01);
}

TEST(PlaceTerms, GoRoundWhereTheAxisDoes) {
  const Array<double> latitudes({2, 4}, {0, 0, 0, 0, 10, 10, 10, 10});
  const Array<double> longitudes({2, 4}, {0, 90, 170, 260, 0, 90, 170, 260});
  const auto north = view(latitudes);
  const auto east = view(longitudes);
  const Metric metric = Metric::at(north, east, {1});
  const auto inverse = [&](const Axis& axis) {
    const std::vector<Along> along = {{1}, {2, axis}};
    return MetricTerms(metric, along, Extents{3, 2, 4}, {}).inverse(1);
  };
  const Factor open = inverse(Axis());
  const Factor closed = inverse(Axis().with_ends(Periodic()));

  EXPECT_EQ(open.extents, (Extents{1, 2, 4}));
  const double bound = 32 * epsilon;
  EXPECT_NEAR(open.f64[0], 1 / (90 * degree), bound);
  EXPECT_NEAR(closed.f64[0], 1 / (95 * degree), bound);
  EXPECT_NEAR(closed.f64[1], 1 / (85 * degree), bound);
  EXPECT_NEAR(open.f64[3], 1 / (90 * degree), bound);
  EXPECT_NEAR(closed.f64[3], 1 / (95 * degree), bound);
}

void expect_refusal(const Metric& metric, const std::vector<Along>& along,
                    const Extents& extents, const std::pair<ErrorCode, const char*>& as) {
  expect_error([&] { MetricTerms(metric, along, extents, {}); }, as.first, as.second);
}

TEST(PlaceTerms, RefusePlacesThatDoNotFit) {
  const Metric metric = metric_at(regular_grid(30));
  const char* plain =
      "spacing: axis 1 has positions or a spacing; a metric from latitudes and "
      "longitudes "
      "of samples needs an axis without";

  expect_refusal(metric, {{0}, {1, Axis::spaced(2)}}, {5, 12},
                 {ErrorCode::bad_argument, plain});
  expect_refusal(metric, {{0}, {1, Axis::at(std::vector<double>(12, 1))}}, {5, 12},
                 {ErrorCode::bad_argument, plain});
  expect_refusal(metric, {{0}, {1, Axis().per(2)}}, {5, 12},
                 {ErrorCode::bad_argument, plain});
  expect_refusal(
      metric, {{0}}, {12},
      {ErrorCode::bad_shape,
       "metric: latitudes and longitudes of two axes given for a field of rank "
       "1; its last two axes are theirs"});
}

TEST(PlaceTerms, RefuseAPeriodThatHasItsFirstPlaceTwice) {
  const Array<double> latitudes({2, 3}, {0, 0, 0, 10, 10, 10});
  const Array<double> longitudes({2, 3}, {0, 180, 360, 0, 180, 360});
  const auto north = view(latitudes);
  const auto east = view(longitudes);

  expect_refusal(Metric::at(north, east), {{0}, {1, Axis().with_ends(Periodic())}},
                 {2, 3},
                 {ErrorCode::bad_argument,
                  "boundary: periodic along axis 1, whose first and last samples are at "
                  "the same place; each place is needed once"});
}

}  // namespace
}  // namespace gridgrad::test

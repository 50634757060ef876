// terrain_earth_test.cpp: slope and aspect on a sphere and an ellipsoid
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/terrain.hpp"
#include "support/bounds.hpp"

namespace gridgrad::test {
namespace {

constexpr double per_radian = 180 / std::numbers::pi;
constexpr auto every_stencil = {TerrainStencil::by_scheme, TerrainStencil::horn,
                                TerrainStencil::zevenbergen_thorne};

constexpr double degree = std::numbers::pi / 180;

std::vector<double> positions(double first, double last, std::size_t intervals) {
  std::vector<double> all;
  for (std::size_t k = 0; k <= intervals; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(intervals);
    all.push_back(first + (last - first) * share);
  }
  return all;
}

Array<double> heights_on(const std::vector<double>& latitudes,
                         const std::vector<double>& longitudes, const auto& height) {
  const std::vector<std::size_t> shape = {latitudes.size(), longitudes.size()};
  Array<double> heights{std::span<const std::size_t>(shape)};
  for (std::size_t i = 0; i < shape[0]; ++i) {
    for (std::size_t j = 0; j < shape[1]; ++j) {
      heights(i, j) = height(latitudes[i], longitudes[j]);
    }
  }
  return heights;
}

Grid on_earth(const std::vector<double>& latitudes, const Axis& longitudes,
              const auto& earth) {
  return {{{1, longitudes}, {0, Axis::at(latitudes)}}, Metric::on(earth, {0, 1})};
}

// A surface that rises to the east by the same height per degree everywhere, on rows that
// run south: each row has cells of its own size.
TEST(TerrainOnEarth, CellsOnTheEarthHaveTheWidthOfTheirRow) {
  const auto latitudes = positions(60, -75, 27);
  const auto longitudes = positions(10, 20, 10);
  const double rise = 50000;
  const auto heights =
      heights_on(latitudes, longitudes, [&](double, double lon) { return rise * lon; });
  const Ellipsoid wgs84;
  const double f = 1 / wgs84.inverse_flattening;
  const double e2 = f * (2 - f);
  for (const TerrainStencil stencil : every_stencil) {
    const Terrain terrain = {.stencil = stencil, .unit = SlopeUnit::ratio};
    const Axis east = Axis::at(longitudes);
    const auto round = slope(heights, on_earth(latitudes, east, Sphere()), terrain);
    const auto flat = slope(heights, on_earth(latitudes, east, wgs84), terrain);
    const auto faces = aspect(heights, on_earth(latitudes, east, wgs84), terrain);
    for (std::size_t i = 0; i < latitudes.size(); ++i) {
      const double parallel = std::cos(latitudes[i] * degree);
      const double sine = std::sin(latitudes[i] * degree);
      const double radius = wgs84.semi_major_axis / std::sqrt(1 - e2 * sine * sine);
      // Heights of 1e6 are rounded once and divided by differences of 5e4.
      const double bound = gamma(80, unit_roundoff<double>);
      for (std::size_t j = 0; j < longitudes.size(); ++j) {
        const double on_sphere = rise / (Sphere().radius * parallel * degree);
        const double on_ellipsoid = rise / (radius * parallel * degree);
        EXPECT_NEAR(round(i, j), on_sphere, bound * on_sphere);
        EXPECT_NEAR(flat(i, j), on_ellipsoid, bound * on_ellipsoid);
        EXPECT_NEAR(faces(i, j), 270, 270 * bound);
      }
    }
  }
}

double largest_error_on_sphere(std::size_t intervals, const Terrain& terrain,
                               const Scheme& scheme) {
  const auto latitudes = positions(-60, 50, intervals);
  const auto longitudes = positions(-40, 70, intervals);
  const double height = 4e6;
  const auto heights = heights_on(latitudes, longitudes, [&](double lat, double lon) {
    return height * std::cos(lat * degree) * std::sin(lon * degree);
  });
  const auto slopes = slope(heights, on_earth(latitudes, Axis::at(longitudes), Sphere()),
                            terrain, scheme);
  double worst = 0;
  for (std::size_t i = 0; i < latitudes.size(); ++i) {
    for (std::size_t j = 0; j < longitudes.size(); ++j) {
      const double phi = latitudes[i] * degree;
      const double lambda = longitudes[j] * degree;
      const double east = height / Sphere().radius * std::cos(lambda);
      const double north = -height / Sphere().radius * std::sin(phi) * std::sin(lambda);
      const double exact = std::atan(std::hypot(east, north)) * per_radian;
      worst = std::max(worst, std::fabs(slopes(i, j) - exact));
    }
  }
  return worst;
}

TEST(TerrainOnEarth, SlopesOnTheSphereHaveTheOrderOfTheScheme) {
  for (const int accuracy : {2, 4, 6}) {
    const Scheme scheme = {.accuracy = accuracy};
    const double coarse = largest_error_on_sphere(80, {}, scheme);
    const double fine = largest_error_on_sphere(160, {}, scheme);
    EXPECT_GT(std::log2(coarse / fine), accuracy - 0.1);
  }
  const Terrain horn = {.stencil = TerrainStencil::horn};
  EXPECT_GT(std::log2(largest_error_on_sphere(80, horn, {.edge_order = 2}) /
                      largest_error_on_sphere(160, horn, {.edge_order = 2})),
            2 - 0.1);
}

TEST(TerrainOnEarth, PolesHaveASlopeAndNoAspect) {
  const auto latitudes = positions(-90, 90, 36);
  const Axis around = Axis::spaced(10).with_ends(Periodic{});
  const auto longitudes = positions(0, 350, 35);
  // A cone with its top at the north pole, and a plane through the other.
  const double rise = 111;
  const auto heights = heights_on(latitudes, longitudes, [&](double lat, double lon) {
    if (lat > 0) return rise * lat * lat * lat;
    return 1e6 * std::cos(lat * degree) * std::cos(lon * degree);
  });
  for (const TerrainStencil stencil : every_stencil) {
    const Grid grid = on_earth(latitudes, around, Sphere());
    const auto slopes = slope(heights, grid, {.stencil = stencil});
    const auto aspects = aspect(heights, grid, {.stencil = stencil});
    const double inclination = std::atan(1e6 / Sphere().radius) * per_radian;
    for (std::size_t j = 0; j < longitudes.size(); ++j) {
      EXPECT_GE(slopes(36, j), 0);
      EXPECT_EQ(slopes(36, j), slopes(36, 0));
      EXPECT_EQ(slopes(0, j), slopes(0, 0));
      EXPECT_NEAR(slopes(0, j), inclination, inclination / 20);  // h^2 = 1/130
      EXPECT_TRUE(std::isnan(aspects(36, j)) && std::isnan(aspects(0, j)));
      EXPECT_EQ(aspects(30, j), 180);
    }
  }
}

}  // namespace
}  // namespace gridgrad::test

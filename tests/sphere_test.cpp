// sphere_test.cpp: operators on the sphere against closed forms, poles included
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

constexpr double radius = 6371229;
constexpr double degree = std::numbers::pi / 180;

// Latitudes from pole to pole and longitudes all the way round.
class Globe {
 public:
  explicit Globe(std::size_t parallels)
      : shape_{parallels, 2 * (parallels - 1)}, latitudes_(shape_[0]) {
    for (std::size_t i = 0; i < shape_[0]; ++i) {
      latitudes_[i] = -90 + spacing() * static_cast<double>(i);
    }
    latitudes_.back() = 90;
  }

  [[nodiscard]] double spacing() const {
    return 180 / static_cast<double>(shape_[0] - 1);
  }
  [[nodiscard]] const std::vector<std::size_t>& shape() const { return shape_; }

  [[nodiscard]] Grid grid() const {
    return {{{1, Axis::spaced(spacing()).with_ends(Periodic{360})},
             {0, Axis::at(latitudes_)}},
            Metric::on(Sphere{radius}, {.latitude = 0, .longitude = 1})};
  }

  using Function = std::function<double(double latitude, double longitude)>;
  [[nodiscard]] Array<double> sampled(const Function& f) const {
    Array<double> field{std::span<const std::size_t>(shape_)};
    for (std::size_t i = 0; i < shape_[0]; ++i) {
      for (std::size_t j = 0; j < shape_[1]; ++j) {
        field(i, j) =
            f(latitudes_[i] * degree, spacing() * degree * static_cast<double>(j));
      }
    }
    return field;
  }

  // Largest error, on latitudes up to `highest`.
  [[nodiscard]] double error(const Array<double>& result, const Function& exact,
                             double highest = 90) const {
    const Array<double> expected = sampled(exact);
    double largest = 0;
    for (std::size_t i = 0; i < shape_[0]; ++i) {
      if (std::abs(latitudes_[i]) > highest) continue;
      for (std::size_t j = 0; j < shape_[1]; ++j) {
        const double difference = std::abs(result(i, j) - expected(i, j));
        if (!(difference <= largest)) largest = difference;
      }
    }
    return largest;
  }

 private:
  std::vector<std::size_t> shape_;
  std::vector<double> latitudes_;
};

// The order at which an error falls from one grid to one twice as fine.
double order_of(const std::function<double(const Globe&)>& error, std::size_t parallels) {
  return std::log2(error(Globe(parallels)) / error(Globe(2 * parallels - 1)));
}

constexpr double turn = 7.292e-5;  // per second

TEST(Sphere, SolidBodyRotationDivergesNowhere) {
  const Globe globe(19);
  const Grid grid = globe.grid();
  const auto u = globe.sampled(
      [](double latitude, double) { return turn * radius * std::cos(latitude); });
  const auto v = globe.sampled([](double, double) { return 0.0; });
  const auto result = divergence({view(u), view(v)}, grid, {.accuracy = 2});
  for (std::size_t q = 0; q < result.size(); ++q) EXPECT_EQ(result.data()[q], 0);
}

TEST(Sphere, SolidBodyRotationHasTwiceItsRateAsVorticity) {
  for (const int accuracy : {2, 4, 6}) {
    const auto error = [&](const Globe& globe) {
      const auto u = globe.sampled(
          [](double latitude, double) { return turn * radius * std::cos(latitude); });
      const auto v = globe.sampled([](double, double) { return 0.0; });
      const auto result = curl({view(u), view(v)}, globe.grid(), {.accuracy = accuracy});
      return globe.error(result[0], [](double latitude, double) {
        return 2 * turn * std::sin(latitude);
      });
    };
    EXPECT_NEAR(order_of(error, 37), accuracy, 0.3) << accuracy;
  }
}

// Flow over a pole is smooth, though its components are not.
TEST(Sphere, RotationAboutAnAxisThroughTheEquator) {
  const auto error = [](const Globe& globe) {
    const auto u = globe.sampled([](double latitude, double longitude) {
      return -turn * radius * std::sin(latitude) * std::cos(longitude);
    });
    const auto v = globe.sampled(
        [](double, double longitude) { return turn * radius * std::sin(longitude); });
    const auto result = curl({view(u), view(v)}, globe.grid(), {.accuracy = 4});
    return globe.error(result[0], [](double latitude, double longitude) {
      return 2 * turn * std::cos(latitude) * std::cos(longitude);
    });
  };
  EXPECT_GT(order_of(error, 37), 2.7);
}

struct Harmonic {
  Globe::Function value;
  double highest;  // latitude of the promised order
};

// Of degree 3: eigenvalue -12. Along a meridian one of odd order is an odd function of
// the colatitude c, and the error of its derivative, divided by c, loses an order on the
// parallels next to a pole.
TEST(Sphere, SphericalHarmonicsAreEigenfunctionsOfTheLaplacian) {
  const std::vector<Harmonic> harmonics = {{[](double latitude, double) {
                                              const double s = std::sin(latitude);
                                              return 5 * s * s * s - 3 * s;
                                            },
                                            90},
                                           {[](double latitude, double longitude) {
                                              const double c = std::cos(latitude);
                                              return c * c * std::sin(latitude) *
                                                     std::cos(2 * longitude);
                                            },
                                            90},
                                           {[](double latitude, double longitude) {
                                              const double c = std::cos(latitude);
                                              return c * c * c * std::sin(3 * longitude);
                                            },
                                            80}};
  for (const int accuracy : {2, 4}) {
    for (const Harmonic& harmonic : harmonics) {
      const auto error = [&](const Globe& globe) {
        const auto f = globe.sampled(harmonic.value);
        const auto result = laplacian(f, globe.grid(), {.accuracy = accuracy});
        const auto exact = [&](double latitude, double longitude) {
          return -12 * harmonic.value(latitude, longitude) / (radius * radius);
        };
        return globe.error(result, exact, harmonic.highest);
      };
      EXPECT_NEAR(order_of(error, 37), accuracy, 0.5) << accuracy;
    }
  }
}

// Ghost samples may include a pole, which has no row then.
TEST(Sphere, HasNoPoleInAHalo) {
  const Globe globe(13);
  Grid grid = globe.grid();
  const auto f = globe.sampled([](double latitude, double longitude) {
    return std::sin(latitude) + std::cos(latitude) * std::cos(longitude);
  });
  const auto whole = laplacian(f, grid);
  for (const bool is_upper : {false, true}) {
    Axis& latitudes = grid.along[1].rule;
    latitudes = is_upper ? latitudes.with_ends(OneSided{}, Halo{})
                         : latitudes.with_ends(Halo{}, Halo{});
    const GridOperator op(Calculus::laplacian, grid, globe.shape());
    Array<double> result(op.result_extents());
    const StridedView<const double> field = view(f);
    const auto out = view(result);
    op.apply(std::vector<AnyField>{field}, std::vector<AnyOutput>{out});
    const std::size_t first = is_upper ? 0 : 1;
    ASSERT_EQ(result.extents()[0], is_upper ? 12U : 11U);
    for (std::size_t i = 0; i < result.extents()[0]; ++i) {
      for (std::size_t j = 0; j < result.extents()[1]; ++j) {
        EXPECT_EQ(result(i, j), whole(first + i, j)) << i;
      }
    }
  }
}

// Along [height, latitude, longitude] or its turned view.
template <class T>
void expect_magnitude_of_components(bool is_turned) {
  const Globe globe(9);
  std::vector<std::size_t> shape = {3, globe.shape()[0], globe.shape()[1]};
  Grid grid = {{{2, globe.grid().along[0].rule}, {1, globe.grid().along[1].rule}, {0}},
               Metric::on(Sphere{radius}, {.latitude = 1, .longitude = 2})};
  if (is_turned) {
    std::swap(shape[1], shape[2]);
    std::swap(grid.along[0].axis, grid.along[1].axis);
    grid.metric = Metric::on(Sphere{radius}, {.latitude = 2, .longitude = 1});
  }
  Random random(seed);
  Array<T> field{std::span<const std::size_t>(shape)};
  for (std::size_t q = 0; q < field.size(); ++q) {
    field.data()[q] = random_sample<T>(random);
  }
  const auto result = magnitude(field, grid);
  const auto parts =
      results_of(Calculus::gradient, std::span<const Array<T>>(&field, 1), grid);
  for (std::size_t level = 0; level < 3; ++level) {
    for (const std::size_t pole : {std::size_t{0}, globe.shape()[0] - 1}) {
      const auto at = [&](const Array<T>& array, std::size_t j) -> double {
        return is_turned ? array(level, j, pole) : array(level, pole, j);
      };
      double mean = 0;
      for (std::size_t j = 0; j < globe.shape()[1]; ++j) {
        mean += std::hypot(at(parts[0], j), at(parts[1], j), at(parts[2], j)) /
                static_cast<double>(globe.shape()[1]);
      }
      for (std::size_t j = 0; j < globe.shape()[1]; ++j) {
        EXPECT_NEAR(at(result, j) / mean, 1, 8 * std::numeric_limits<T>::epsilon());
      }
    }
  }
}

// Of noise, whose magnitude on the parallels would be continued to anything.
TEST(Sphere, MagnitudeAtAPoleIsThatOfTheGradientThere) {
  for (const bool is_turned : {false, true}) {
    expect_magnitude_of_components<double>(is_turned);
    expect_magnitude_of_components<float>(is_turned);
  }
}

TEST(Sphere, CurlNeedsEastBeforeNorth) {
  const Globe globe(19);
  Grid grid = globe.grid();
  std::swap(grid.along[0], grid.along[1]);
  EXPECT_ERROR(GridOperator(Calculus::curl, grid, globe.shape()), bad_argument,
               "along: latitude before longitude given; a curl needs east, north[, up]");
}

}  // namespace
}  // namespace gridgrad::test

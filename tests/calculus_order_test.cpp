// calculus_order_test.cpp: the order of every operator, edges included
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "support/charts.hpp"
#include "support/lattice.hpp"

namespace gridgrad::test {
namespace {

// Gaps change smoothly, by a factor of about 2.
Line stretched(std::size_t gaps, double first, double last) {
  Line line = {.extent = gaps + 1};
  for (std::size_t i = 0; i <= gaps; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(gaps);
    const double along = share + 0.1 * std::sin(std::numbers::pi * share);
    line.positions.push_back(first + (last - first) * along);
  }
  return line;
}

// Grids of one kind, by the number of gaps along an axis.
struct Kind {
  CalculusGrid (*grid)(std::size_t gaps);
  Chart chart;
  std::size_t gaps;
};

CalculusGrid scaled_grid(const char* name, const Lattice& lattice,
                         const Lengths& lengths) {
  return {name, lattice, metric_of(lattice, sampled(lattice, lengths), Metric::scaled)};
}

CalculusGrid plane_grid(std::size_t gaps) {
  return {"plane", {{stretched(gaps, -1, 0.8), stretched(gaps, 0, 1.5)}}};
}
CalculusGrid space_grid(std::size_t gaps) {
  return {
      "space",
      {{stretched(gaps, -1, 0.2), spaced(gaps + 1, 1, -0.3), stretched(gaps, 0, 1.5)}}};
}
CalculusGrid polar_grid(std::size_t gaps) {
  return scaled_grid("polar",
                     {{stretched(gaps, 0.5, 2), round(2 * gaps, 2 * std::numbers::pi)}},
                     polar());
}
CalculusGrid elliptic_grid(std::size_t gaps) {
  return scaled_grid(
      "elliptic", {{stretched(gaps, 0.7, 1.4), spaced(gaps + 1, 0.4, 1.5)}}, elliptic());
}
CalculusGrid shell_grid(std::size_t gaps) {
  return scaled_grid(
      "shell",
      {{spaced(gaps + 1, -10, 20), stretched(gaps, 10, 45), stretched(gaps, 1, 1.5)}},
      spherical());
}
Lattice belt(std::size_t gaps) {
  return {{round(2 * gaps, 360), stretched(gaps, -40, 60)}};
}
Lattice globe(std::size_t gaps) {
  return {{round(2 * gaps, 360), spaced(gaps + 1, -90, 90)}};
}
CalculusGrid sphere_grid(std::size_t gaps) {
  return {"sphere", belt(gaps), Metric::on(Sphere{1}, {.latitude = 0, .longitude = 1})};
}
CalculusGrid ellipsoid_grid(std::size_t gaps) {
  return {"ellipsoid", belt(gaps),
          Metric::on(Ellipsoid{1, inverse_flattening}, {.latitude = 0, .longitude = 1})};
}

CalculusGrid whole_sphere_grid(std::size_t gaps) {
  return {"sphere", globe(gaps), Metric::on(Sphere{1}, {.latitude = 0, .longitude = 1})};
}
CalculusGrid whole_ellipsoid_grid(std::size_t gaps) {
  return {"ellipsoid", globe(gaps),
          Metric::on(Ellipsoid{1, inverse_flattening}, {.latitude = 0, .longitude = 1})};
}

// The largest error of any result of each operator.
std::vector<double> largest_errors(const Kind& kind, std::size_t gaps,
                                   const Scheme& scheme) {
  const CalculusGrid on = kind.grid(gaps);
  const Lattice& lattice = on.lattice;
  const std::vector<std::size_t> extents = lattice.extents();
  std::vector<Truth> truths;
  for (std::size_t q = 0; q < lattice.size(); ++q) {
    truths.emplace_back(kind.chart(lattice.position(q)));
  }
  std::vector<Array<double>> fields;
  for (std::size_t number = 0; number <= lattice.rank(); ++number) {
    fields.emplace_back(std::span<const std::size_t>(extents));
    for (std::size_t q = 0; q < lattice.size(); ++q) {
      fields.back().data()[q] = truths[q].field(number);
    }
  }
  std::vector<double> errors;
  for (const Calculus calculus : every_calculus) {
    double largest = 0;
    if (on.has(calculus)) {
      const auto results = computed(on, calculus, scheme, fields);
      for (std::size_t q = 0; q < lattice.size(); ++q) {
        const std::vector<double> exact = truths[q].of(calculus);
        for (std::size_t r = 0; r < results.size(); ++r) {
          const double error = std::abs(results[r].data()[q] - exact.at(r));
          if (!(error <= largest)) largest = error;
        }
      }
    }
    errors.push_back(largest);
  }
  return errors;
}

bool has(const Kind& kind, Calculus calculus) {
  return kind.grid(kind.gaps).has(calculus);
}

// Before errors are asymptotic, orders are a little less than those of the limit.
constexpr double slack = 0.4;

void expect_orders(const Kind& kind, double lost = 0) {
  for (const int accuracy : {2, 4, 6}) {
    const Scheme scheme = {.accuracy = accuracy};
    const std::vector<double> coarse = largest_errors(kind, kind.gaps, scheme);
    const std::vector<double> fine = largest_errors(kind, 2 * kind.gaps, scheme);
    for (std::size_t k = 0; k < coarse.size(); ++k) {
      if (!has(kind, every_calculus[k])) continue;
      EXPECT_GE(std::log2(coarse[k] / fine[k]), accuracy - lost - slack)
          << "operator " << static_cast<int>(every_calculus[k]) << ", accuracy "
          << accuracy;
    }
  }
}

TEST(CalculusOrder, OnThePlane) {
  expect_orders({plane_grid, plane_chart, 24});
}
TEST(CalculusOrder, InSpace) {
  expect_orders({space_grid, plane_chart, 16});
}
TEST(CalculusOrder, InPolarCoordinates) {
  expect_orders({polar_grid, polar_chart, 32});
}
TEST(CalculusOrder, InEllipticCoordinates) {
  expect_orders({elliptic_grid, elliptic_chart, 64});
}
TEST(CalculusOrder, InASphericalShell) {
  expect_orders({shell_grid, shell_chart, 20});
}
TEST(CalculusOrder, OnASphere) {
  expect_orders({sphere_grid, sphere_chart, 64});
}
TEST(CalculusOrder, OnAnEllipsoid) {
  expect_orders({ellipsoid_grid, ellipsoid_chart, 80});
}

// Next to poles an order is lost (docs/calculus.md, "Poles").
TEST(CalculusOrder, FromPoleToPole) {
  expect_orders({whole_sphere_grid, sphere_chart, 64}, 1);
}
TEST(CalculusOrder, FromPoleToPoleOfAnEllipsoid) {
  expect_orders({whole_ellipsoid_grid, ellipsoid_chart, 64}, 1);
}

}  // namespace
}  // namespace gridgrad::test

// interpolant_rows_test.cpp: the weights of the samples at a location
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/interpolant_comparison.hpp"

namespace gridgrad::test {
namespace {

using Along = std::vector<std::size_t>;

// The one number of a query that a row is for.
double partial(const Interpolant<3>& interpolant, const std::array<double, 3>& at,
               const Along& along) {
  const auto [value, gradient, hessian, status] =
      interpolant.value_gradient_and_hessian(at);
  if (along.empty()) return value;
  return along.size() == 1 ? gradient[along[0]] : hessian[along[0]][along[1]];
}

// Rows are the matrix of an affine map: what end values bring is its value for samples of
// 0.
TEST(InterpolantRows, TimesSamplesAreThePartialDerivatives) {
  Random random(seed);
  for (int draw = 0; draw < 200; ++draw) {
    const InterpolantOptions options = random_options(random);
    SCOPED_TRACE(described(options) + " grid " + std::to_string(draw));
    const GridCase<3> grid = random_grid<3>(options, random);
    GridCase<3> zero = grid;
    std::ranges::fill(zero.samples, 0);
    const Interpolant<3> interpolant(grid.field(), grid.rules(), options);
    const Interpolant<3> of_ends(zero.field(), zero.rules(), options);
    std::array<InterpolatedAxis, 3> axes;
    for (std::size_t a = 0; a < 3; ++a) {
      axes[a] = interpolated_axis(grid.axes[a].rule, grid.axes[a].x, options);
    }
    for (const Along& along : {Along{}, Along{0}, Along{1}, Along{2}, Along{0, 0},
                               Along{1, 0}, Along{1, 2}, Along{2, 2}}) {
      const std::array<double, 3> at = random_location(grid, random);
      const SparseRows rows = interpolant.rows(
          StridedView<const double>::contiguous(at.data(), {1, 3}), along);
      ASSERT_EQ(rows.starts, (std::vector<std::size_t>{0, rows.columns.size()}));
      ASSERT_TRUE(std::ranges::is_sorted(rows.columns));
      if (interpolant.value(at).status != Status::inside &&
          options.outside == Outside::missing) {
        EXPECT_TRUE(rows.columns.empty());
        continue;
      }
      double sum = partial(of_ends, at, along);
      double magnitude = std::abs(sum);
      for (std::size_t k = 0; k < rows.columns.size(); ++k) {
        const double term = rows.weights[k] * grid.samples[rows.columns[k]];
        sum += term;
        magnitude += std::abs(term);
      }
      const auto reference =
          reference_query<3>(axes, grid.extents, grid.samples.data(), at);
      constexpr double largest = 100;  // of random_sample()
      EXPECT_NEAR(partial(interpolant, at, along), sum,
                  2 * partial_bound(reference, options, largest, along) +
                      dot_bound<double>(rows.columns.size() + 1, magnitude));
    }
  }
}

// For n locations at once; missing ones have empty rows.
TEST(InterpolantRows, OfManyLocationsStandOneAfterTheOther) {
  const std::vector<double> samples = {1, 2, 4, 8};
  const Interpolant<1> line(samples, {Axis()}, {.interpolation = Interpolation::linear});
  const std::vector<double> locations = {0.25, 9, 2, std::nan(""), 3};

  const SparseRows value =
      line.rows(StridedView<const double>::contiguous(locations.data(), {5, 1}));
  const SparseRows slope = line.rows(
      StridedView<const double>::contiguous(locations.data(), {5, 1}), Along{0});

  EXPECT_EQ(value.starts, (std::vector<std::size_t>{0, 2, 2, 3, 3, 4}));
  EXPECT_EQ(value.columns, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(value.weights, (std::vector<double>{0.75, 0.25, 1, 1}));
  EXPECT_EQ(slope.columns, (std::vector<std::size_t>{0, 1, 2, 3, 2, 3}));
  EXPECT_EQ(slope.weights, (std::vector<double>{-1, 1, -1, 1, -1, 1}));
}

// Keys' weights halfway between samples: -1/16, 9/16, 9/16, -1/16.
TEST(InterpolantRows, OfCubicAreThoseOfKeysInsideAUniformGrid) {
  const std::vector<double> samples(8, 0);
  const Interpolant<1> line(samples, {Axis::spaced(0.5)});
  const std::vector<double> location = {1.75};

  const SparseRows rows =
      line.rows(StridedView<const double>::contiguous(location.data(), {1, 1}));

  EXPECT_EQ(rows.columns, (std::vector<std::size_t>{2, 3, 4, 5}));
  EXPECT_EQ(rows.weights, (std::vector<double>{-0.0625, 0.5625, 0.5625, -0.0625}));
}

// The adjoint of an evaluation, R^T r, is the gradient of sum r_i v_i with respect to the
// samples: moving samples along d changes that sum by <R^T r, d>.
TEST(InterpolantRows, TransposedGiveTheGradientWithRespectToSamples) {
  Random random(seed);
  const GridCase<2> grid = random_grid<2>({}, random, {OneSided{}, Symmetric{}});
  const Interpolant<2> interpolant(grid.field(), grid.rules(),
                                   {.outside = Outside::extend});
  constexpr std::size_t n = 30;
  std::vector<double> locations;
  for (std::size_t i = 0; i < n; ++i) {
    const auto at = random_location(grid, random);
    locations.insert(locations.end(), at.begin(), at.end());
  }
  const std::vector<double> r = random_samples<double>(n, random);
  const SparseRows rows =
      interpolant.rows(StridedView<const double>::contiguous(locations.data(), {n, 2}));
  std::vector<double> adjoint(grid.samples.size(), 0);
  double magnitude = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k) {
      adjoint[rows.columns[k]] += rows.weights[k] * r[i];
      magnitude += std::abs(rows.weights[k] * r[i]);
    }
  }
  GridCase<2> moved = grid;
  const std::vector<double> d = random_samples<double>(grid.samples.size(), random);
  for (std::size_t j = 0; j < d.size(); ++j) moved.samples[j] += d[j];
  const Interpolant<2> after(moved.field(), moved.rules(), {.outside = Outside::extend});

  double change = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::array<double, 2> at = {locations[2 * i], locations[2 * i + 1]};
    change += r[i] * (after.value(at).value - interpolant.value(at).value);
  }
  double predicted = 0;
  for (std::size_t j = 0; j < d.size(); ++j) predicted += adjoint[j] * d[j];

  constexpr double largest = 200;  // of a sample and its change
  EXPECT_NEAR(change, predicted, interpolant_bound(2, 4 * magnitude, largest, 100));
}

TEST(InterpolantRows, RefuseWhatTheyDoNotHave) {
  const std::vector<double> samples = {1, 2, 4, 8};
  const Interpolant<1> line(samples, {Axis()});
  const Interpolant<1> spline(samples, {Axis()},
                              {.interpolation = Interpolation::spline});
  const std::vector<double> location = {1.5};
  const auto at = StridedView<const double>::contiguous(location.data(), {1, 1});

  EXPECT_ERROR(
      static_cast<void>(spline.rows(at)), unsupported,
      "interpolation: the weights of a spline reach all samples; linear and cubic "
      "have rows");
  EXPECT_ERROR(static_cast<void>(line.rows(at, Along{1})), bad_axis,
               "along: axis 1 of a field of rank 1");
  EXPECT_ERROR(static_cast<void>(line.rows(at, Along{0, 0, 0})), bad_axis,
               "along: 3 axes given; at most 2 are accepted");
  EXPECT_ERROR(static_cast<void>(line.rows(location)), bad_shape,
               "locations: shape (1) given; rows take n locations of shape (n, rank)");
}

}  // namespace
}  // namespace gridgrad::test

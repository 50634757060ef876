// examples/ceres.cpp: Ceres minimizes a function that is known by its samples alone
//
// SPDX-License-Identifier: BSD-3-Clause

#include <ceres/ceres.h>

#include <cstdio>
#include <vector>

#include "gridgrad/adapt/ceres.hpp"

using Residuals = gridgrad::CeresFunctor<2, 2>;

int main() {
  // Rosenbrock's residuals on [-2, 2]^2, (x, y) along (axis 0, axis 1). They are
  // quadratic, so the interpolant is exact and the minimum is that of the function, (1,
  // 1).
  constexpr std::size_t extent = 201;
  constexpr double spacing = 4.0 / (extent - 1);
  gridgrad::Array<double> samples(std::vector<std::size_t>{extent, extent, 2});
  for (std::size_t i = 0; i < extent; ++i) {
    for (std::size_t j = 0; j < extent; ++j) {
      const double x = -2 + static_cast<double>(i) * spacing;
      const double y = -2 + static_cast<double>(j) * spacing;
      samples(i, j, 0) = 10 * (y - x * x);
      samples(i, j, 1) = 1 - x;
    }
  }
  const gridgrad::Axis axis = gridgrad::Axis::spaced(spacing, -2);
  const gridgrad::Interpolant<2, 2> residuals(samples, {axis, axis},
                                              {.outside = gridgrad::Outside::extend});

  double location[] = {-1.2, 1};
  ceres::Problem problem;
  problem.AddResidualBlock(
      new ceres::AutoDiffCostFunction<Residuals, 2, 2>(new Residuals(residuals)), nullptr,
      location);
  ceres::Solver::Options options;
  options.logging_type = ceres::SILENT;
  ceres::Solver::Summary summary;
  ceres::Solve(options, &problem, &summary);

  std::printf("minimum at (%.4f, %.4f)\n", location[0], location[1]);
}

// examples/descent.cpp: gradient descent and BFGS on a sampled cost surface
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstdio>

#include "gridgrad/interpolant.hpp"

using Point = std::array<double, 2>;

double dot(const Point& a, const Point& b) {
  return a[0] * b[0] + a[1] * b[1];
}

int main() {
  // (y - 1)^2 + 5 (x - 2)^2 at the centres of cells of 0.25: `cubic` is exact.
  gridgrad::Array<double> cost(std::vector<std::size_t>{12, 16});
  for (std::size_t i = 0; i < 12 * 16; ++i) {
    const Point from = {0.25 * (i / 16 + 0.5) - 1, 0.25 * (i % 16 + 0.5) - 2};
    cost.data()[i] = from[0] * from[0] + 5 * from[1] * from[1];
  }
  const gridgrad::Axis axis = gridgrad::Axis::cells(0, 0.25);
  const gridgrad::Interpolant<2> surface(cost, {axis, axis});

  Point x = {2.7, 1.4};
  for (int k = 0; k < 200; ++k) {  // steps below 2 / 10, the largest curvature
    const Point slope = surface.value_and_gradient(x).gradient;
    x = {x[0] - 0.1 * slope[0], x[1] - 0.1 * slope[1]};
  }
  std::printf("descent: (%.4f, %.4f)\n", x[0], x[1]);

  x = {2.7, 1.4};
  Point slope = surface.value_and_gradient(x).gradient;
  for (std::array<Point, 2> h = {{{0.1, 0}, {0, 0.1}}}; dot(slope, slope) > 1e-20;) {
    const Point step = {-dot(h[0], slope), -dot(h[1], slope)};
    x = {x[0] + step[0], x[1] + step[1]};
    const Point next = surface.value_and_gradient(x).gradient;
    const Point y = {next[0] - slope[0], next[1] - slope[1]};
    const Point hy = {dot(h[0], y), dot(h[1], y)};
    const double bend = dot(step, y);
    const double share = 1 + dot(y, hy) / bend;
    for (int k = 0; k < 4; ++k) {
      const int a = k / 2, b = k % 2;
      h[a][b] += (share * step[a] * step[b] - hy[a] * step[b] - step[a] * hy[b]) / bend;
    }
    slope = next;
  }
  std::printf("BFGS: (%.4f, %.4f)\n", x[0], x[1]);
}

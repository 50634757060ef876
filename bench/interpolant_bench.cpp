// interpolant_bench.cpp: value and gradient at a location, beside Ceres' bicubic
//
// SPDX-License-Identifier: BSD-3-Clause

#include <ceres/cubic_interpolation.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include "gridgrad/interpolant.hpp"
#include "timing.hpp"

namespace gridgrad::bench {
namespace {

constexpr int turns = 31;
constexpr std::size_t queries = 20000;
constexpr std::size_t extent = 256;
constexpr std::size_t extent_3d = 96;

using CeresGrid = ceres::Grid2D<double, 1>;
using CeresInterpolator = ceres::BiCubicInterpolator<CeresGrid>;

// The sum of results, so that none is left out.
volatile double sink = 0;

std::mt19937_64& random() {
  static std::mt19937_64 engine(1);
  return engine;
}

template <class T>
std::vector<T> random_field(std::size_t count) {
  std::uniform_real_distribution<double> uniform(0, 100);
  std::vector<T> field(count);
  for (T& sample : field) sample = static_cast<T>(uniform(random()));
  return field;
}

template <std::size_t Rank>
using Locations = std::vector<std::array<double, Rank>>;

template <std::size_t Rank>
Locations<Rank> random_locations(std::size_t count, double last) {
  std::uniform_real_distribution<double> uniform(0, last);
  Locations<Rank> locations(count);
  for (auto& location : locations) {
    for (double& coordinate : location) coordinate = uniform(random());
  }
  return locations;
}

// Steps of a tenth of a cell along a curve, as of an optimizer or a robot.
Locations<2> path(std::size_t count) {
  Locations<2> locations(count);
  constexpr double step = 0.1;
  constexpr double middle = extent / 2.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = step * static_cast<double>(i) / middle;
    const double radius = middle / 2 * (1 + std::sin(angle / 7) / 2);
    locations[i] = {middle + radius * std::sin(angle), middle + radius * std::cos(angle)};
  }
  return locations;
}

template <class Query, std::size_t Rank>
Call each(const Locations<Rank>& locations, Query query) {
  return [&locations, query] {
    double sum = 0;
    for (const auto& location : locations) sum += query(location);
    sink = sum;
  };
}

template <class I>
auto with_gradient(const I& interpolant) {
  return [&interpolant](const auto& location) {
    const auto found = interpolant.value_and_gradient(location);
    double sum = found.value;
    for (const double component : found.gradient) sum += component;
    return sum;
  };
}

template <class I>
auto with_hessian(const I& interpolant) {
  return [&interpolant](const auto& location) {
    const auto found = interpolant.value_gradient_and_hessian(location);
    return found.value + found.gradient[0] + found.hessian[0][0] + found.hessian[1][0];
  };
}

auto of_ceres(const CeresInterpolator& interpolator) {
  return [&interpolator](const std::array<double, 2>& location) {
    double value = 0;
    double d_row = 0;
    double d_column = 0;
    interpolator.Evaluate(location[0], location[1], &value, &d_row, &d_column);
    return value + d_row + d_column;
  };
}

void print(const char* what, double nanoseconds, double number, const char* of,
           double target) {
  std::printf("%-46s %7.1f ns  %6.2f %s, target %.2f%s\n", what, nanoseconds, number, of,
              target, number <= target ? "" : "  unmet");
}

// Medians of two calls in turns, per query.
void print_beside(const char* what, const Call& call, const Call& peer, const char* of,
                  double target, std::size_t count = queries) {
  const Turns taken = take_turns(call, peer, turns);
  print(what, 1e9 * median(taken.first) / static_cast<double>(count),
        median(taken.ratios()), of, target);
}

void print_alone(const char* what, const Call& call, double target) {
  std::vector<double> times(turns);
  call();
  for (double& time : times) time = seconds(call);
  const double nanoseconds = 1e9 * median(times) / queries;
  print(what, nanoseconds, nanoseconds, "ns", target);
}

template <std::size_t Rank, class T>
StridedView<const T> cube(const std::vector<T>& field, std::size_t side) {
  std::array<std::size_t, Rank> extents;
  extents.fill(side);
  return StridedView<const T>::contiguous(field.data(), extents);
}

// Where both interpolate alike: a spacing or more from the border.
void verify(const Interpolant<2>& cubic, const CeresInterpolator& peer) {
  for (auto location : random_locations<2>(queries, extent - 4.0)) {
    for (double& coordinate : location) coordinate += 1;
    const double difference = with_gradient(cubic)(location) - of_ceres(peer)(location);
    if (std::abs(difference) <= 1e-11) continue;
    std::fprintf(stderr, "interpolant_bench: not what Ceres finds\n");
    std::exit(1);
  }
}

void print_2d() {
  const std::vector<double> field = random_field<double>(extent * extent);
  const auto view = cube<2>(field, extent);
  const std::array<Axis, 2> axes;
  const Interpolant<2> cubic(view, axes);
  const Interpolant<2> linear(view, axes, {.interpolation = Interpolation::linear});
  const Interpolant<2> spline(view, axes, {.interpolation = Interpolation::spline});
  const CeresGrid grid(field.data(), 0, extent, 0, extent);
  const CeresInterpolator peer(grid);
  verify(cubic, peer);
  constexpr double share = 0.55;
  const auto scattered = random_locations<2>(queries, extent - 1.0);
  print_beside("2-D cubic, random locations", each(scattered, with_gradient(cubic)),
               each(scattered, of_ceres(peer)), "of Ceres", share);
  const auto curve = path(queries);
  print_beside("2-D cubic, along a path", each(curve, with_gradient(cubic)),
               each(curve, of_ceres(peer)), "of Ceres", share);
  print_beside("the same with Hessian, random", each(scattered, with_hessian(cubic)),
               each(scattered, with_gradient(cubic)), "of without", 1.4);
  print_beside("2-D spline, random", each(scattered, with_gradient(spline)),
               each(scattered, of_ceres(peer)), "of Ceres", share);
  print_alone("2-D linear, random", each(scattered, with_gradient(linear)), 4);
  print_alone("2-D linear, along a path", each(curve, with_gradient(linear)), 4);
}

void print_3d() {
  const auto field = random_field<float>(extent_3d * extent_3d * extent_3d);
  const auto view = cube<3>(field, extent_3d);
  const std::array<Axis, 3> axes;
  const Interpolant<3> cubic(view, axes);
  const Interpolant<3> linear(view, axes, {.interpolation = Interpolation::linear});
  const auto scattered = random_locations<3>(queries, extent_3d - 1.0);
  print_alone("3-D cubic float32, random", each(scattered, with_gradient(cubic)), 55);
  print_alone("3-D linear float32, random", each(scattered, with_gradient(linear)), 14);
}

void print_map() {
  const auto cells = random_field<std::uint8_t>(extent * extent);
  const Interpolant<2> cost(cube<2>(cells, extent),
                            {Axis::cells(0, 0.05), Axis::cells(0, 0.05)},
                            {.outside = Outside::extend, .missing = 255});
  auto scattered = random_locations<2>(queries, 0.05 * (extent - 1.0));
  const std::vector<double> field = random_field<double>(extent * extent);
  const CeresGrid grid(field.data(), 0, extent, 0, extent);
  const CeresInterpolator peer(grid);
  print_beside("2-D cubic, cost map of uint8, unknown cells",
               each(scattered, with_gradient(cost)), each(scattered, of_ceres(peer)),
               "of Ceres (float64)", 1);
}

void print_batch() {
  constexpr std::size_t many = 100000;
  const std::vector<double> field = random_field<double>(extent * extent);
  const Interpolant<2> cubic(cube<2>(field, extent), {});
  const auto scattered = random_locations<2>(many, extent - 1.0);
  const auto locations =
      StridedView<const double>::contiguous(scattered[0].data(), {many, 2});
  std::vector<double> values(many);
  std::vector<double> gradients(2 * many);
  const auto batch = [&](std::size_t threads) {
    return [&, threads] {
      cubic.evaluate(
          locations,
          {.value = StridedView<double>::contiguous(values.data(), {many}),
           .gradient = StridedView<double>::contiguous(gradients.data(), {many, 2}),
           .execution = {threads}});
    };
  };
  const Call loop = [&] {
    for (std::size_t i = 0; i < many; ++i) {
      const auto found = cubic.value_and_gradient(scattered[i]);
      values[i] = found.value;
      gradients[2 * i] = found.gradient[0];
      gradients[2 * i + 1] = found.gradient[1];
    }
  };
  print_beside("100,000 locations, 1 thread", batch(1), loop, "of the loop", 0.7, many);
  print_beside("100,000 locations, 2 threads", batch(2), batch(1), "of 1 thread", 1 / 1.8,
               many);
}

void print_build() {
  constexpr std::size_t side = 4096;
  const auto field = random_field<double>(side * side);
  std::vector<double> copy(field.size());
  const AnyInterpolant spline(cube<2>(field, side), std::array<Axis, 2>(),
                              {.interpolation = Interpolation::spline});
  const Turns taken = take_turns(
      [&] { spline.update({1}); },
      [&] { std::memcpy(copy.data(), field.data(), sizeof(double) * copy.size()); }, 11);
  std::printf("%-46s %7.1f ms  %6.2f copies, target 6%s\n", "spline of 4096 x 4096",
              1e3 * median(taken.first), median(taken.ratios()),
              median(taken.ratios()) <= 6 ? "" : "  unmet");
}

}  // namespace
}  // namespace gridgrad::bench

int main() {
  gridgrad::bench::print_2d();
  gridgrad::bench::print_map();
  gridgrad::bench::print_3d();
  gridgrad::bench::print_batch();
  gridgrad::bench::print_build();
}

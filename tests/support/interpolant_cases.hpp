// support/interpolant_cases.hpp: random axes of every kind, and locations around them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "gridgrad/axis.hpp"
#include "gridgrad/interpolant.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

struct AxisCase {
  Axis rule;
  std::vector<double> x;
};

inline const std::vector<Boundary>& cubic_ends() {
  constexpr Mirror half = Mirror::half_point;
  static const std::vector<Boundary> all = {
      OneSided{},
      Halo{},
      Symmetric{},
      Symmetric{half},
      Antisymmetric{},
      Antisymmetric{half},
      Antisymmetric{Mirror::sample, Level::end_value},
      Antisymmetric{half, Level::end_value},
      Nearest{},
      Constant{7},
      Neumann{}};
  return all;
}

inline const std::vector<Boundary>& spline_ends() {
  static const std::vector<Boundary> all = {
      OneSided{}, Symmetric{}, Neumann{},
      Antisymmetric{Mirror::sample, Level::end_value}};
  return all;
}

// Those under which a constant goes on as itself.
inline bool keeps_constants(const Boundary& end) {
  const auto* turned = std::get_if<Antisymmetric>(&end);
  return !std::holds_alternative<Constant>(end) &&
         (turned == nullptr || turned->level == Level::end_value);
}

template <class T>
const T& any_of(const std::vector<T>& all, Random& random) {
  return all[random() % all.size()];
}

// Axis::spaced(spacing, first), and where its samples are.
inline AxisCase spaced_axis(double spacing, double first, std::size_t extent) {
  AxisCase result = {Axis::spaced(spacing, first), {}};
  for (std::size_t i = 0; i < extent; ++i) {
    result.x.push_back(static_cast<double>(i) * spacing + first);
  }
  return result;
}

inline double distance(double a, double b) {
  return a < b ? b - a : a - b;
}

// Uniform or irregular, upwards or downwards, periodic one time in four.
inline AxisCase random_axis(std::size_t extent, const std::vector<Boundary>& ends,
                            Random& random) {
  std::vector<double> x = random_positions(extent, random);
  const double sense = random() % 2 == 0 ? 1 : -1;
  for (double& position : x) position *= sense;
  const bool is_uniform = random() % 2 == 0;
  const double spacing = sense * distance(x[0], x[1]);
  if (random() % 4 == 0) {
    const double span = distance(x.front(), x.back());
    if (!is_uniform) return {Axis::at(x).with_ends(Periodic{span + 0.75}), x};
    AxisCase result = spaced_axis(spacing, x[0], extent);
    Periodic periodic = {};
    if (random() % 2 == 0) {
      // Another period than the spacing makes leaves positions to the library: these are
      // exact.
      result = spaced_axis(sense * 0.8125, -2.5, extent);
      periodic.period = 0.8125 * static_cast<double>(extent) + 0.25;
    }
    result.rule = result.rule.with_ends(periodic);
    return result;
  }
  AxisCase result =
      is_uniform ? spaced_axis(spacing, x[0], extent) : AxisCase{Axis::at(x), x};
  result.rule = result.rule.with_ends(any_of(ends, random), any_of(ends, random));
  return result;
}

inline std::size_t window_of(const InterpolantOptions& options) {
  if (options.interpolation == Interpolation::linear) return 2;
  if (options.interpolation == Interpolation::spline) return 4;
  return static_cast<std::size_t>(options.accuracy) + 2;
}

template <std::size_t Rank>
struct GridCase {
  std::array<AxisCase, Rank> axes;
  std::vector<std::size_t> extents;
  std::vector<double> samples;  // in C order

  [[nodiscard]] std::array<Axis, Rank> rules() const {
    std::array<Axis, Rank> rules;
    for (std::size_t a = 0; a < Rank; ++a) rules[a] = axes[a].rule;
    return rules;
  }
  [[nodiscard]] StridedView<const double> field() const {
    return StridedView<const double>::contiguous(samples.data(), extents);
  }
};

// Extents from the least that will do on.
template <std::size_t Rank>
GridCase<Rank> random_grid(const InterpolantOptions& options, Random& random,
                           const std::vector<Boundary>& ends = cubic_ends()) {
  GridCase<Rank> grid;
  const std::size_t least = std::max<std::size_t>(window_of(options), 4);
  for (std::size_t a = 0; a < Rank; ++a) {
    grid.extents.push_back(least + random() % 4);
    grid.axes[a] = random_axis(grid.extents[a], ends, random);
  }
  grid.samples = random_samples<double>(product(grid.extents), random);
  return grid;
}

// Within the samples three times in four, up to their length beyond otherwise.
template <std::size_t Rank>
std::array<double, Rank> random_location(const GridCase<Rank>& grid, Random& random) {
  std::array<double, Rank> location;
  for (std::size_t a = 0; a < Rank; ++a) {
    const double first = grid.axes[a].x.front();
    const double length = grid.axes[a].x.back() - first;
    const bool is_inside = random() % 4 != 0;
    std::uniform_real_distribution<double> share(is_inside ? 0 : -1, is_inside ? 1 : 2);
    location[a] = first + share(random) * length;
  }
  return location;
}

inline InterpolantOptions random_options(Random& random) {
  InterpolantOptions options;
  options.interpolation =
      random() % 3 == 0 ? Interpolation::linear : Interpolation::cubic;
  options.accuracy = random() % 2 == 0 ? 2 : 4;
  options.outside = static_cast<Outside>(random() % 3);
  return options;
}

inline std::string described(const InterpolantOptions& options) {
  return "interpolation " + std::to_string(static_cast<int>(options.interpolation)) +
         " accuracy " + std::to_string(options.accuracy) + " outside " +
         std::to_string(static_cast<int>(options.outside));
}

}  // namespace gridgrad::test

// support/lattice.hpp: grids with metrics, the same to the library and to references
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/calculus.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

// Samples along one axis: at positions, or where there are none on a spacing from
// `first`.
struct Line {
  std::size_t extent;
  std::vector<double> positions = {};
  double spacing = 1;
  double first = 0;
  double period = 0;  // 0: the ends are one-sided

  [[nodiscard]] bool is_periodic() const { return period != 0; }
  [[nodiscard]] double position(std::size_t i) const {
    return positions.empty() ? first + static_cast<double>(i) * spacing : positions[i];
  }
  [[nodiscard]] Axis axis() const {
    const Axis plain =
        positions.empty() ? Axis::spaced(spacing, first) : Axis::at(positions);
    return is_periodic() ? plain.with_ends(Periodic{period}) : plain;
  }
};

// The axes of a grid in the order of components; the field has them in the opposite one,
// so that the first is contiguous.
struct Lattice {
  std::vector<Line> lines;

  [[nodiscard]] std::size_t rank() const { return lines.size(); }
  [[nodiscard]] std::size_t axis_of(std::size_t k) const { return rank() - 1 - k; }
  [[nodiscard]] std::size_t step(std::size_t k) const {
    std::size_t step = 1;
    for (std::size_t d = 0; d < k; ++d) step *= lines[d].extent;
    return step;
  }
  [[nodiscard]] std::size_t size() const { return step(rank()); }
  [[nodiscard]] std::size_t index(std::size_t sample, std::size_t k) const {
    return sample / step(k) % lines[k].extent;
  }
  [[nodiscard]] std::vector<double> position(std::size_t sample) const {
    std::vector<double> x;
    for (std::size_t k = 0; k < rank(); ++k) {
      x.push_back(lines[k].position(index(sample, k)));
    }
    return x;
  }
  [[nodiscard]] std::vector<std::size_t> extents() const {
    std::vector<std::size_t> extents;
    for (const Line& line : lines) extents.insert(extents.begin(), line.extent);
    return extents;
  }
  [[nodiscard]] std::vector<Along> along() const {
    std::vector<Along> along;
    for (std::size_t k = 0; k < rank(); ++k) {
      along.push_back({axis_of(k), lines[k].axis()});
    }
    return along;
  }
};

struct CalculusGrid {
  std::string name;
  Lattice lattice;
  Metric metric = {};

  // Where axes turn, the Laplacian of a vector is not that of its components.
  [[nodiscard]] bool has(Calculus calculus) const {
    return calculus != Calculus::vector_laplacian || metric.is_cartesian();
  }
};

inline const std::vector<Calculus> every_calculus = {
    Calculus::gradient,         Calculus::magnitude, Calculus::directional,
    Calculus::divergence,       Calculus::curl,      Calculus::laplacian,
    Calculus::vector_laplacian, Calculus::hessian,   Calculus::jacobian,
    Calculus::strain_rate,      Calculus::rotation};

inline Line irregular(std::size_t extent, double first, double last, Random& random) {
  std::vector<double> x = random_positions(extent, random);
  const double start = x.front();
  const double scale = (last - first) / (x.back() - start);
  for (double& position : x) position = first + scale * (position - start);
  return {.extent = extent, .positions = x};
}

inline Line spaced(std::size_t extent, double first, double last) {
  const double gaps = static_cast<double>(extent - 1);
  return {.extent = extent, .spacing = (last - first) / gaps, .first = first};
}

inline Line round(std::size_t extent, double period) {
  const double spacing = period / static_cast<double>(extent);
  return {.extent = extent, .spacing = spacing, .period = period};
}

// One function of the position per axis.
using Lengths = std::vector<std::function<double(const std::vector<double>&)>>;

inline std::vector<std::vector<double>> sampled(const Lattice& lattice,
                                                const Lengths& lengths) {
  std::vector<std::vector<double>> samples;
  for (const auto& length : lengths) {
    samples.emplace_back();
    for (std::size_t q = 0; q < lattice.size(); ++q) {
      samples.back().push_back(length(lattice.position(q)));
    }
  }
  return samples;
}

// Those that are not 1 everywhere are given; `make` is Metric::scaled or Metric::mapped.
inline Metric metric_of(const Lattice& lattice,
                        const std::vector<std::vector<double>>& samples,
                        Metric (*make)(std::span<const ScaleFactor>)) {
  const std::vector<std::size_t> extents = lattice.extents();
  // Factors refer to them.
  std::vector<StridedView<const double>> views;
  views.reserve(samples.size());
  std::vector<ScaleFactor> factors;
  for (std::size_t k = 0; k < samples.size(); ++k) {
    if (std::ranges::count(samples[k], 1) == std::ssize(samples[k])) continue;
    views.push_back(StridedView<const double>::contiguous(samples[k].data(), extents));
    factors.push_back({lattice.axis_of(k), views.back()});
  }
  return make(factors);
}

using Position = std::vector<double>;
inline double one(const Position&) {
  return 1;
}
inline constexpr double degrees_to_radians = std::numbers::pi / 180;

inline Lengths polar() {
  return {one, [](const Position& x) { return x[0]; }};
}

// Longitude, latitude, radius.
inline Lengths spherical() {
  const auto parallel = [](const Position& x) {
    return x[2] * std::cos(x[1] * degrees_to_radians) * degrees_to_radians;
  };
  return {parallel, [](const Position& x) { return x[2] * degrees_to_radians; }, one};
}

// x = cosh m cos n, y = sinh m sin n.
inline Lengths elliptic() {
  const auto length = [](const Position& x) {
    return std::hypot(std::sinh(x[0]), std::sin(x[1]));
  };
  return {length, length};
}

// The results of the library.
template <class T>
std::vector<Array<T>> computed(const CalculusGrid& on, Calculus calculus,
                               const Scheme& scheme,
                               const std::vector<Array<T>>& fields) {
  const GridOperator op(calculus, {on.lattice.along(), on.metric}, on.lattice.extents(),
                        scheme);
  const bool is_of_scalar = op.field_count() != on.lattice.rank();
  const std::span<const Array<T>> given(fields.data() + (is_of_scalar ? 0 : 1),
                                        op.field_count());
  return traits::computed<Array<T>>(op, given, {});
}

}  // namespace gridgrad::test

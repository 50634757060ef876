// support/calculus_cases.hpp: grids with metrics, and manufactured fields on them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "gridgrad/calculus.hpp"
#include "support/fields.hpp"
#include "support/reference_factors.hpp"

namespace gridgrad::test {

struct CalculusCase {
  std::string name;
  Lattice lattice;
  Metric metric;
  ReferenceFactors factors;

  [[nodiscard]] Grid grid() const { return {lattice.along(), metric}; }
  // Vectors have no Laplacian of their components where axes turn.
  [[nodiscard]] bool has(Calculus calculus) const {
    if (calculus == Calculus::vector_laplacian) return metric.is_cartesian();
    return true;
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
  std::vector<Array<double>> arrays;
  std::vector<ScaleFactor> factors;
  arrays.reserve(samples.size());
  for (std::size_t k = 0; k < samples.size(); ++k) {
    if (std::ranges::count(samples[k], 1) == std::ssize(samples[k])) continue;
    const std::vector<std::size_t> extents = lattice.extents();
    arrays.emplace_back(std::span<const std::size_t>(extents));
    std::ranges::copy(samples[k], arrays.back().data());
    const auto samples_of = view(arrays.back());
    factors.push_back({lattice.axis_of(k), samples_of});
  }
  return make(factors);
}

inline CalculusCase scaled_case(std::string name, Lattice lattice, const Lengths& lengths,
                                const Scheme& scheme) {
  const auto samples = sampled(lattice, lengths);
  Metric metric = metric_of(lattice, samples, Metric::scaled);
  ReferenceFactors factors = scaled_factors(lattice, samples, scheme);
  return {std::move(name), std::move(lattice), std::move(metric), std::move(factors)};
}

inline CalculusCase mapped_case(std::string name, Lattice lattice, const Lengths& maps,
                                const Scheme& scheme) {
  const auto samples = sampled(lattice, maps);
  Metric metric = metric_of(lattice, samples, Metric::mapped);
  ReferenceFactors factors = mapped_factors(lattice, samples, scheme);
  return {std::move(name), std::move(lattice), std::move(metric), std::move(factors)};
}

template <class Figure>
CalculusCase earth_case(std::string name, Lattice lattice, const Figure& figure,
                        const ReferenceEarth& earth) {
  const GeographicAxes axes = {lattice.axis_of(1), lattice.axis_of(0)};
  ReferenceFactors factors = earth_factors(lattice, earth);
  return {std::move(name), std::move(lattice), Metric::on(figure, axes),
          std::move(factors)};
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

// Extents that the rows of an accuracy fit into, with a few inside.
inline std::vector<CalculusCase> calculus_cases(int accuracy, Random& random) {
  const auto p = static_cast<std::size_t>(accuracy);
  const Scheme scheme = {.accuracy = accuracy};
  std::vector<CalculusCase> cases;
  for (const Lattice& plane :
       {Lattice{{irregular(p + 5, -3, 4, random), spaced(p + 4, 2, -1)}},
        Lattice{
            {round(p + 5, 3.3), irregular(p + 4, 0, 1, random), spaced(p + 3, 0, 9)}}}) {
    cases.push_back({"plane", plane, Metric(), ReferenceFactors(plane)});
  }
  cases.push_back(scaled_case(
      "polar", {{irregular(p + 5, 0.5, 2, random), round(p + 6, 2 * std::numbers::pi)}},
      polar(), scheme));
  cases.push_back(scaled_case("shell",
                              {{round(p + 3, 360), irregular(p + 4, -50, 61, random),
                                irregular(p + 5, 1, 1.4, random)}},
                              spherical(), scheme));
  cases.push_back(scaled_case(
      "elliptic", {{spaced(p + 7, 0.2, 1.7), irregular(p + 6, 0.1, 1.4, random)}},
      elliptic(), scheme));
  const auto map = [](const Position& x) { return 1 + x[0] * x[0] + 0.3 * x[1]; };
  cases.push_back(mapped_case("mapped",
                              {{irregular(p + 6, -1, 1, random), spaced(p + 5, 0, 1)}},
                              {map, map}, scheme));
  const Sphere sphere;
  cases.push_back(earth_case("sphere",
                             {{irregular(p + 4, 5, 90, random), spaced(p + 5, 71, -40),
                               irregular(p + 3, 0, 9000, random)}},
                             sphere, ReferenceEarth(sphere.radius)));
  const Ellipsoid ellipsoid;
  cases.push_back(earth_case(
      "ellipsoid", {{round(p + 5, 360), irregular(p + 6, -65, 80, random)}}, ellipsoid,
      ReferenceEarth(ellipsoid.semi_major_axis, ellipsoid.inverse_flattening)));
  return cases;
}

// A polynomial and a wave on the whole grid, different for each number, with an offset.
inline double manufactured(const Lattice& lattice, std::size_t sample, double number) {
  double polynomial = 1 + number;
  double phase = number;
  const std::vector<double> x = lattice.position(sample);
  for (std::size_t k = 0; k < x.size(); ++k) {
    const Line& line = lattice.lines[k];
    const double first = line.position(0);
    const double turn = static_cast<double>(k) - 0.7;
    const double along = (x[k] - first) / (line.position(line.extent - 1) - first);
    polynomial += turn * along * (1 - number * along);
    phase += (2.3 + turn) * along;
  }
  return polynomial + std::sin(phase);
}

// The scalar and the components of a vector.
template <class T>
std::vector<Array<T>> manufactured_fields(const Lattice& lattice) {
  std::vector<Array<T>> fields;
  const std::vector<std::size_t> extents = lattice.extents();
  for (std::size_t number = 0; number <= lattice.rank(); ++number) {
    fields.emplace_back(std::span<const std::size_t>(extents));
    for (std::size_t q = 0; q < lattice.size(); ++q) {
      fields.back().data()[q] =
          static_cast<T>(manufactured(lattice, q, static_cast<double>(number)));
    }
  }
  return fields;
}

template <class T>
std::vector<Values> exact_fields(const std::vector<Array<T>>& fields) {
  std::vector<Values> exact;
  for (const Array<T>& field : fields) {
    exact.emplace_back();
    for (std::size_t q = 0; q < field.size(); ++q) {
      exact.back().push_back({Digits(field.data()[q]), 0});
    }
  }
  return exact;
}

// The results of the library.
template <class T>
std::vector<Array<T>> computed(const CalculusCase& on, Calculus calculus,
                               const Scheme& scheme,
                               const std::vector<Array<T>>& fields) {
  const GridOperator op(calculus, on.grid(), on.lattice.extents(), scheme);
  const bool is_of_scalar = op.field_count() != on.lattice.rank();
  const std::span<const Array<T>> given(fields.data() + (is_of_scalar ? 0 : 1),
                                        op.field_count());
  return traits::computed<Array<T>>(op, given, {});
}

}  // namespace gridgrad::test

// support/calculus_cases.hpp: grids with metrics, and manufactured fields on them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "support/lattice.hpp"
#include "support/reference_factors.hpp"

namespace gridgrad::test {

struct CalculusCase : CalculusGrid {
  ReferenceFactors factors;
};

inline CalculusCase scaled_case(std::string name, Lattice lattice, const Lengths& lengths,
                                const Scheme& scheme) {
  const auto samples = sampled(lattice, lengths);
  Metric metric = metric_of(lattice, samples, Metric::scaled);
  ReferenceFactors factors = scaled_factors(lattice, samples, scheme);
  return {{std::move(name), std::move(lattice), std::move(metric)}, std::move(factors)};
}

inline CalculusCase mapped_case(std::string name, Lattice lattice, const Lengths& maps,
                                const Scheme& scheme) {
  const auto samples = sampled(lattice, maps);
  Metric metric = metric_of(lattice, samples, Metric::mapped);
  ReferenceFactors factors = mapped_factors(lattice, samples, scheme);
  return {{std::move(name), std::move(lattice), std::move(metric)}, std::move(factors)};
}

template <class Figure>
CalculusCase earth_case(std::string name, Lattice lattice, const Figure& figure,
                        const ReferenceEarth& earth) {
  const GeographicAxes axes = {lattice.axis_of(1), lattice.axis_of(0)};
  ReferenceFactors factors = earth_factors(lattice, earth);
  return {{std::move(name), std::move(lattice), Metric::on(figure, axes)},
          std::move(factors)};
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
    cases.push_back({{"plane", plane}, ReferenceFactors(plane)});
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
  const Lattice globe = {{round(p + 6, 360), spaced(p + 5, 90, -90)}};
  cases.push_back(earth_case("globe", globe, sphere, ReferenceEarth(sphere.radius)));
  Lattice cap = {{round(p + 5, 360), irregular(p + 4, -90, -20, random),
                  irregular(p + 3, 0, 9000, random)}};
  cases.push_back(earth_case("cap", cap, sphere, ReferenceEarth(sphere.radius)));
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

}  // namespace gridgrad::test

// parallels.hpp: what metrics of the Earth are on one parallel, and at poles
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "double_double.hpp"
#include "rounded.hpp"

namespace gridgrad {

// An ellipsoid of revolution; a sphere without a flattening.
struct Spheroid {
  double semi_major_axis;
  std::optional<double> inverse_flattening;

  friend bool operator==(const Spheroid&, const Spheroid&) = default;
};

// Factors of derivatives per degree (see MetricTerms), each rounded once. Those with the
// cosine of the latitude in their denominator are 0 at a pole.
struct ParallelFactors {
  Rounded inverse_latitude;
  Rounded inverse_longitude;
  Rounded curvature;  // of longitude along latitude: multiplies samples
  Rounded second_latitude;
  Rounded second_longitude;
  Rounded first;  // along latitude; along longitude it is 0
};

// Precondition: -90 <= latitude <= 90, in degrees.
[[nodiscard]] ParallelFactors parallel_factors(DoubleDouble latitude,
                                               const Spheroid& figure);

// The same of many, kept from call to call: those of a field's latitudes take as long as
// a derivative of the field.
[[nodiscard]] std::shared_ptr<const std::vector<ParallelFactors>> parallel_factors(
    const std::vector<DoubleDouble>& latitudes, const Spheroid& figure);

// Weights of the values on parallels in the value at 0 of the polynomial through them,
// each rounded once.
//
//   colatitudes  exact, pairwise different, none 0; at most 20
[[nodiscard]] std::vector<Rounded> pole_weights(
    std::span<const DoubleDouble> colatitudes);

}  // namespace gridgrad

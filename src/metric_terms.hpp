// metric_terms.hpp: the factors that a metric puts before derivatives and samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gridgrad/gradient.hpp"
#include "gridgrad/metric.hpp"
#include "gridgrad/scheme.hpp"
#include "rounded.hpp"

namespace gridgrad {

// A number per sample of a field, rounded to both computing types: extents are those of
// the field, or 1 along axes that it does not depend on. In C order. Without extents it
// is one number for all.
struct Factor {
  std::vector<std::size_t> extents = {};
  std::vector<double> f64 = {1};
  std::vector<float> f32 = {1};

  [[nodiscard]] bool is_one() const { return extents.empty() && f64[0] == 1; }
  [[nodiscard]] bool is_zero() const { return extents.empty() && f64[0] == 0; }
};

// A pole among the samples: results there are the polynomial in the colatitude through
// those of the nearest `weights.size()` parallels, nearest first.
struct Pole {
  std::size_t axis;       // of latitude, in the field
  std::size_t sample;     // along it: the first or the last
  std::size_t longitude;  // axis
  bool is_ring;           // longitudes go all the way round
  std::vector<Rounded> weights;
};

// Members per axis of an operator, in its order; of curvatures one per pair of axes.
struct MetricFactors {
  // Those of a plane.
  explicit MetricFactors(std::size_t axes);

  std::vector<Factor> inverse;
  std::vector<Factor> curvature;
  std::vector<Factor> second;
  std::vector<Factor> first;
  std::vector<Pole> poles = {};
};

// What an operator reads: inverse alone; that and curvature; second and first; or all. Of
// the others nothing is promised.
enum class MetricUse { slopes, vectors, laplacian, all };

// With scale factors h_i along the axes of `along` (positions counted from 0 there),
// H their product:
//
//   inverse(i)       1 / h_i
//   curvature(i, j)  1 / (h_i h_j) dh_i/dx_j, i != j; 0 where h_i does not vary along j
//   second(i)        1 / h_i^2         of the Laplacian
//   first(i)         1 / H d(H / h_i^2)/dx_i        likewise
//
// The factors of spheres and ellipsoids are rounded once. Where scale factors were given,
// 1 / h_i and 1 / h_i^2 are; their derivatives are first ones by the same scheme, in
// double, with rows of the same accuracy at the ends, one-sided unless the axis is
// periodic. Where cos(latitude) is 0 the factors that divide by it are 0: results at
// poles are made otherwise.
class MetricTerms {
 public:
  // Throws Error: bad_argument (latitude outside -90 to 90, positions of an axis that are
  // not degrees: none given, or per another unit; a pole that is not at an end),
  // too_few_samples (two poles and no parallel), bad_axis (an axis of the metric that is
  // not in `along`), bad_shape (scale factors that do not broadcast), and what
  // gradient_into throws of the derivatives of scale factors.
  MetricTerms(const Metric& metric, std::span<const Along> along,
              std::span<const std::size_t> extents, const Scheme& scheme,
              MetricUse use = MetricUse::all);

  [[nodiscard]] const Factor& inverse(std::size_t i) const { return factors_.inverse[i]; }
  [[nodiscard]] const Factor& curvature(std::size_t i, std::size_t j) const {
    return factors_.curvature[i * factors_.inverse.size() + j];
  }
  [[nodiscard]] const Factor& second(std::size_t i) const { return factors_.second[i]; }
  [[nodiscard]] const Factor& first(std::size_t i) const { return factors_.first[i]; }

  [[nodiscard]] std::span<const Pole> poles() const { return factors_.poles; }

 private:
  MetricFactors factors_;
};

}  // namespace gridgrad

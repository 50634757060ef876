// metric_terms.hpp: the factors that a metric puts before derivatives and samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <optional>
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
  std::vector<std::size_t> extents;
  std::vector<double> f64 = {1};
  std::vector<float> f32 = {1};

  [[nodiscard]] bool is_one() const { return extents.empty() && f64[0] == 1; }
  [[nodiscard]] bool is_zero() const { return extents.empty() && f64[0] == 0; }
};

// With scale factors h_i along the axes of `along` (positions counted from 0 there),
// H their product:
//
//   inverse(i)       1 / h_i
//   curvature(i, j)  1 / (h_i h_j) dh_i/dx_j, i != j; 0 where h_i does not vary along j
//   second(i)        1 / h_i^2         of the Laplacian
//   first(i)         1 / H d(H / h_i^2)/dx_i        likewise
//
// The factors of spheres and ellipsoids are rounded once; derivatives of scale factors
// that were given are by the same scheme, in double. Where cos(latitude) is 0 the factors
// are 0: results at poles are made otherwise.
class MetricTerms {
 public:
  // Throws Error: bad_argument (latitude outside -90 to 90, positions of an axis that are
  // not degrees: none given, or per another unit), bad_axis (a metric's axis that is not
  // in `along`, where the operator needs it), bad_shape (scale factors that do not
  // broadcast).
  MetricTerms(const Metric& metric, std::span<const Along> along,
              std::span<const std::size_t> extents, const Scheme& scheme);

  [[nodiscard]] const Factor& inverse(std::size_t i) const { return inverse_[i]; }
  [[nodiscard]] const Factor& curvature(std::size_t i, std::size_t j) const {
    return curvature_[i * inverse_.size() + j];
  }
  [[nodiscard]] const Factor& second(std::size_t i) const { return second_[i]; }
  [[nodiscard]] const Factor& first(std::size_t i) const { return first_[i]; }

  // A pole among the samples: results there are the polynomial through those of the
  // nearest `weights.size()` parallels, nearest first.
  struct Pole {
    std::size_t axis;       // of latitude, in the field
    std::size_t sample;     // along it: the first or the last
    std::size_t longitude;  // axis
    bool is_ring;           // longitudes go all the way round
    std::vector<Rounded> weights;
  };
  [[nodiscard]] std::span<const Pole> poles() const { return poles_; }

 private:
  std::vector<Factor> inverse_;
  std::vector<Factor> curvature_;
  std::vector<Factor> second_;
  std::vector<Factor> first_;
  std::vector<Pole> poles_;
};

}  // namespace gridgrad

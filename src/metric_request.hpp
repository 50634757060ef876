// metric_request.hpp: a metric meets an operator and a field
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "gridgrad/gradient.hpp"
#include "gridgrad/scheme.hpp"
#include "metric_definition.hpp"
#include "metric_terms.hpp"

namespace gridgrad {

// What is differentiated, and how.
struct MetricRequest {
  std::span<const Along> along;
  std::span<const std::size_t> extents;
  const Scheme& scheme;
  MetricUse use;

  // The accuracy that the scheme has inside.
  [[nodiscard]] int accuracy() const;

  // Where an axis stands in `along`. Throws Error: bad_axis where it does not.
  [[nodiscard]] std::size_t place_of(std::size_t axis) const;
};

[[nodiscard]] MetricFactors geographic_factors(const Geographic& metric,
                                               const MetricRequest& request);

[[nodiscard]] MetricFactors curvilinear_factors(const Curvilinear& metric,
                                                const MetricRequest& request);

}  // namespace gridgrad

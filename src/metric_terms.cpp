// metric_terms.cpp: from a metric to the factors of an operator on a field
//
// SPDX-License-Identifier: BSD-3-Clause

#include "metric_terms.hpp"

#include <string>
#include <variant>

#include "metric_definition.hpp"
#include "metric_request.hpp"
#include "sweep.hpp"

namespace gridgrad {
namespace {

MetricFactors factors_of(const Metric& metric, const MetricRequest& request) {
  const auto field = StridedView<double>::contiguous(nullptr, request.extents);
  for (const Along& along : request.along) check_axis(field, along.axis);
  if (metric.is_cartesian()) return MetricFactors(request.along.size());
  const auto& kind = metric.definition()->kind;
  if (const auto* geographic = std::get_if<Geographic>(&kind)) {
    return geographic_factors(*geographic, request);
  }
  return curvilinear_factors(std::get<Curvilinear>(kind), request);
}

Factor zero() {
  return {{}, {0}, {0}};
}

}  // namespace

MetricFactors::MetricFactors(std::size_t axes)
    : inverse(axes), curvature(axes * axes, zero()), second(axes), first(axes, zero()) {}

int MetricRequest::accuracy() const {
  constexpr int usual = 2;
  return scheme.accuracy.value_or(usual);
}

std::size_t MetricRequest::place_of(std::size_t axis) const {
  for (std::size_t k = 0; k < along.size(); ++k) {
    if (along[k].axis == axis) return k;
  }
  throw Error(ErrorCode::bad_axis, "metric",
              "axis " + std::to_string(axis) +
                  " of the metric is not differentiated along; an operator needs all "
                  "axes of its metric");
}

MetricTerms::MetricTerms(const Metric& metric, std::span<const Along> along,
                         std::span<const std::size_t> extents, const Scheme& scheme,
                         MetricUse use)
    : factors_(factors_of(metric, {along, extents, scheme, use})) {}

}  // namespace gridgrad

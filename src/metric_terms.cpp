#include "metric_terms.hpp"
namespace gridgrad {
MetricTerms::MetricTerms(const Metric&, std::span<const Along> along, std::span<const std::size_t>, const Scheme&)
 : inverse_(along.size()), curvature_(along.size()*along.size()), second_(along.size()), first_(along.size()) {
 for (auto& c : curvature_) { c.f64[0]=0; c.f32[0]=0; }
 for (auto& c : first_) { c.f64[0]=0; c.f32[0]=0; }
}
}

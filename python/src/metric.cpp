// metric.cpp: what one unit of the coordinates measures
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/metric.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include <span>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

using Axes = std::pair<std::size_t, std::size_t>;
using Factors = std::vector<std::pair<std::size_t, nb::object>>;

// Arrays of factors; they are copied by what takes them.
class ScaleFactors {
 public:
  explicit ScaleFactors(const Factors& given) {
    for (const auto& [axis, lengths] : given)
      views_.push_back(view_of(lengths, "factors"));
    for (std::size_t k = 0; k < given.size(); ++k) {
      factors_.push_back({given[k].first, views_[k].field()});
    }
  }
  ScaleFactors(const ScaleFactors&) = delete;
  ScaleFactors& operator=(const ScaleFactors&) = delete;

  [[nodiscard]] std::span<const ScaleFactor> factors() const { return factors_; }

 private:
  std::vector<ArrayView> views_;
  std::vector<ScaleFactor> factors_;  // refer to views_
};

Metric metric_at(nb::handle latitudes, nb::handle longitudes, double radius) {
  const ArrayView latitude = view_of(latitudes, "latitudes");
  const ArrayView longitude = view_of(longitudes, "longitudes");
  const Unlocked unlocked;
  return Metric::at(latitude.field(), longitude.field(), Sphere{radius});
}

}  // namespace

void bind_metric(nb::module_& module) {
  nb::class_<Metric>(module, "Metric")
      .def(nb::init<>())
      .def_static(
          "on_sphere",
          [](double radius, const Axes& axes) {
            return Metric::on(Sphere{radius}, {axes.first, axes.second});
          },
          "radius"_a, "axes"_a)
      .def_static(
          "on_ellipsoid",
          [](double semi_major_axis, double inverse_flattening, const Axes& axes) {
            return Metric::on(Ellipsoid{semi_major_axis, inverse_flattening},
                              {axes.first, axes.second});
          },
          "semi_major_axis"_a, "inverse_flattening"_a, "axes"_a)
      .def_static(
          "scaled",
          [](const Factors& given) {
            return Metric::scaled(ScaleFactors(given).factors());
          },
          "factors"_a)
      .def_static(
          "mapped",
          [](const Factors& given) {
            return Metric::mapped(ScaleFactors(given).factors());
          },
          "factors"_a)
      .def_static("at", metric_at, "latitudes"_a, "longitudes"_a, "radius"_a)
      .def_prop_ro("obliqueness", &Metric::obliqueness);
}

}  // namespace gridgrad::python

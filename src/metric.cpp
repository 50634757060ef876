// metric.cpp: takes in what defines a metric, and refuses what defines none
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/metric.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <concepts>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "element_dispatch.hpp"
#include "great_circle.hpp"
#include "kernels/targets.hpp"
#include "message.hpp"
#include "metric_definition.hpp"

namespace gridgrad {
namespace {

// Their squares and the inverse of those are normal numbers of both computing types.
constexpr double shortest = 1e-15;
constexpr double longest = 1e18;

bool is_length(double number) {
  return number >= shortest && number <= longest;
}

void check_length(const char* argument, double number) {
  if (is_length(number)) return;
  throw Error(ErrorCode::bad_argument, argument,
              text(number) + " given; a length from 1e-15 to 1e18 is needed");
}

void check_axes(const GeographicAxes& axes) {
  if (axes.latitude != axes.longitude) return;
  throw Error(ErrorCode::bad_axis, "axes",
              "latitude and longitude both along axis " + std::to_string(axes.latitude) +
                  "; one axis each is needed");
}

std::shared_ptr<const MetricDefinition> shared(MetricDefinition definition) {
  return std::make_shared<const MetricDefinition>(std::move(definition));
}

template <class To, class T>
std::vector<To> read_as(const AnyField& field) {
  std::size_t count = 1;
  for (const std::size_t extent : field.extents) count *= extent;
  std::vector<To> numbers(count);
  const auto* first = static_cast<const T*>(field.data);
  if (field.extents.empty()) {
    numbers[0] = converted<To>(*first);
  } else if (count > 0) {
    convert<T, To>(field.extents, {first, field.strides},
                   {numbers.data(), dense_strides(field.extents)});
  }
  return numbers;
}

template <class T>
std::vector<double> read(const AnyField& field) {
  if constexpr (is_half<T>) {
    const std::vector<float> numbers = read_as<float, T>(field);
    return {numbers.begin(), numbers.end()};
  } else {
    return read_as<double, T>(field);
  }
}

// Real numbers of any type, in C order.
std::vector<double> read(const char* argument, const AnyField& field) {
  if (!field.marks.is_empty()) {
    throw Error(ErrorCode::bad_argument, argument,
                "some are marked as missing; all are needed");
  }
  kernels::ensure_target();
  return dispatch(field.type, [&]<class T>() -> std::vector<double> {
    if constexpr (std::same_as<T, std::complex<float>> ||
                  std::same_as<T, std::complex<double>>) {
      throw Error(ErrorCode::bad_type, argument,
                  std::string(name(field.type)) + " given; real numbers are needed");
    } else {
      return read<T>(field);
    }
  });
}

// " at (1, 2)", or nothing of a single number.
std::string place_text(std::size_t flat, std::span<const std::size_t> extents) {
  if (extents.empty()) return "";
  std::vector<std::size_t> place(extents.size());
  for (std::size_t d = extents.size(); d-- > 0;) {
    place[d] = flat % extents[d];
    flat /= extents[d];
  }
  return " at " + (place.size() == 1 ? std::to_string(place[0]) : shape_text(place));
}

Scale scale_of(const ScaleFactor& factor, GivenAs given) {
  const char* argument = given == GivenAs::length ? "factors" : "map_factors";
  Scale scale = {factor.axis, given};
  scale.values = read(argument, factor.lengths);
  scale.extents.assign(factor.lengths.extents.begin(), factor.lengths.extents.end());
  const auto wrong = std::ranges::find_if_not(scale.values, is_length);
  if (wrong == scale.values.end()) return scale;
  const auto flat = static_cast<std::size_t>(wrong - scale.values.begin());
  throw Error(ErrorCode::bad_argument, argument,
              text(*wrong) + place_text(flat, scale.extents) + " along axis " +
                  std::to_string(factor.axis) +
                  "; numbers from 1e-15 to 1e18 are needed");
}

Curvilinear curvilinear(std::span<const ScaleFactor> factors, GivenAs given) {
  Curvilinear result;
  for (const ScaleFactor& factor : factors) {
    if (std::ranges::find(result.scales, factor.axis, &Scale::axis) !=
        result.scales.end()) {
      throw Error(ErrorCode::bad_axis, "axis",
                  std::to_string(factor.axis) +
                      " given twice; each axis may have one scale factor");
    }
    result.scales.push_back(scale_of(factor, given));
  }
  return result;
}

void check_shapes(std::span<const std::size_t> latitudes,
                  std::span<const std::size_t> longitudes) {
  if (latitudes.size() != 2 || std::ranges::min(latitudes) < 2) {
    throw Error(ErrorCode::bad_shape, "latitudes",
                "shape " + shape_text(latitudes) +
                    " given; two axes of at least 2 samples are needed");
  }
  if (std::ranges::equal(latitudes, longitudes)) return;
  throw Error(ErrorCode::bad_shape, "longitudes",
              "shape " + shape_text(longitudes) + " given; that of the latitudes, " +
                  shape_text(latitudes) + ", is needed");
}

template <class Predicate>
void check_degrees(const char* argument, std::span<const double> degrees,
                   const Places& places, const std::pair<Predicate, const char*>& rule) {
  const auto wrong = std::ranges::find_if_not(degrees, rule.first);
  if (wrong == degrees.end()) return;
  const auto flat = static_cast<std::size_t>(wrong - degrees.begin());
  throw Error(ErrorCode::bad_argument, argument,
              text(*wrong) + place_text(flat, places.extents) + "; " + rule.second);
}

void check_places(const Places& places) {
  const auto is_latitude = [](double x) { return x >= -90 && x <= 90; };
  const auto is_finite = [](double x) { return std::isfinite(x); };
  check_degrees("latitudes", places.latitudes, places,
                std::pair(is_latitude, "degrees from -90 to 90 are needed"));
  check_degrees("longitudes", places.longitudes, places,
                std::pair(is_finite, "finite degrees are needed"));
}

// Lengths for a sphere of some radius instead of 1.
Scale scale_of(Lengths lengths, std::size_t axis, const Places& places, double radius) {
  Scale scale = {axis};
  const auto wrong = std::ranges::find(lengths.half_ways, 0.0);
  if (wrong != lengths.half_ways.end()) {
    const auto flat = static_cast<std::size_t>(wrong - lengths.half_ways.begin());
    throw Error(ErrorCode::bad_argument, "latitudes",
                "the sample" + place_text(flat, places.extents) +
                    " is at the place of a neighbour; neighbours at different places "
                    "are needed");
  }
  for (double& length : lengths.half_ways) length *= radius;
  for (double& length : lengths.seams) length *= radius;
  scale.extents.assign(places.extents.begin(), places.extents.end());
  scale.values = std::move(lengths.half_ways);
  scale.seams = std::move(lengths.seams);
  return scale;
}

}  // namespace

Metric Metric::on(const Sphere& sphere, GeographicAxes axes) {
  check_length("radius", sphere.radius);
  check_axes(axes);
  return Metric(shared({Geographic{{sphere.radius, std::nullopt}, axes}}));
}

Metric Metric::on(const Ellipsoid& ellipsoid, GeographicAxes axes) {
  check_length("semi_major_axis", ellipsoid.semi_major_axis);
  const double inverse = ellipsoid.inverse_flattening;
  if (!std::isfinite(inverse) || inverse <= 1) {
    throw Error(ErrorCode::bad_argument, "inverse_flattening",
                text(inverse) + " given; a finite number above 1 is needed");
  }
  check_axes(axes);
  return Metric(shared({Geographic{{ellipsoid.semi_major_axis, inverse}, axes}}));
}

Metric Metric::scaled(std::span<const ScaleFactor> factors) {
  if (factors.empty()) return {};
  return Metric(shared({curvilinear(factors, GivenAs::length)}));
}

Metric Metric::mapped(std::span<const ScaleFactor> map_factors) {
  if (map_factors.empty()) return {};
  return Metric(shared({curvilinear(map_factors, GivenAs::map_factor)}));
}

Metric Metric::at(const AnyField& latitudes, const AnyField& longitudes,
                  const Sphere& sphere) {
  check_length("radius", sphere.radius);
  check_shapes(latitudes.extents, longitudes.extents);
  const Places places = {{latitudes.extents[0], latitudes.extents[1]},
                         read("latitudes", latitudes),
                         read("longitudes", longitudes)};
  check_places(places);
  auto [along_first, along_second] = great_circle_lengths(places);
  Curvilinear result;
  result.axes = CountedFrom::last;
  result.scales.push_back(scale_of(std::move(along_first), 1, places, sphere.radius));
  result.scales.push_back(scale_of(std::move(along_second), 0, places, sphere.radius));
  result.obliqueness = largest_obliqueness(places);
  return Metric(shared({std::move(result)}));
}

double Metric::obliqueness() const noexcept {
  if (definition_ == nullptr) return 0;
  const auto* curvilinear = std::get_if<Curvilinear>(&definition_->kind);
  return curvilinear == nullptr ? 0 : curvilinear->obliqueness;
}

}  // namespace gridgrad

// cli/metric_option.cpp: spheres where latitudes and longitudes are, and never unasked
//
// SPDX-License-Identifier: BSD-3-Clause

#include "metric_option.hpp"

#include <optional>
#include <string>

#include <fmt/core.h>

#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "labels.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

[[noreturn]] void refuse(const char* option, const std::string& message) {
  throw Error(ErrorCode::bad_argument, option, message);
}

void require_no_radius(const MetricOptions& options) {
  if (!options.radius) return;
  refuse("radius", "given without a sphere; --metric sphere has one");
}

// An axis for which -s said something else has no degrees.
bool in_degrees(const Component& component) {
  return component.positions.unit && is_degree(*component.positions.unit);
}

// The axes whose coordinates are latitudes and longitudes in degrees.
struct Geographic {
  std::optional<std::size_t> latitude;
  std::optional<std::size_t> longitude;

  [[nodiscard]] bool are_known() const { return latitude && longitude; }
};

Geographic geographic_axes(const MetricRequest& request,
                           std::span<const Component> components) {
  Geographic axes;
  for (const Component& component : components) {
    const auto* const coordinate =
        coordinate_of(request.dataset, request.variable.dimensions[component.axis]);
    if (coordinate == nullptr || !in_degrees(component)) continue;
    if (is_latitude(*coordinate)) axes.latitude = component.axis;
    if (is_longitude(*coordinate)) axes.longitude = component.axis;
  }
  return axes;
}

std::vector<std::string> axes_in_degrees(std::span<const Component> components) {
  std::vector<std::string> names;
  for (const Component& component : components) {
    if (in_degrees(component)) names.push_back(component.name);
  }
  return names;
}

// Nothing becomes spherical by itself.
std::string offer_of_sphere(const Geographic& axes,
                            std::span<const Component> components) {
  const std::vector<std::string> names = axes_in_degrees(components);
  if (!axes.are_known()) return {};
  return fmt::format(
      "derivatives along {} are per degree; --metric sphere makes them per metre",
      joined(names));
}

void require_lengths(const FieldCommand& command, std::span<const Component> components) {
  const std::vector<std::string> names = axes_in_degrees(components);
  if (names.empty()) return;
  const std::string& asked = command.metric.kind;
  refuse("metric",
         fmt::format("{} given for {} along {} in degrees; sphere or ellipsoid makes "
                     "lengths of them, cartesian takes them for lengths",
                     asked.empty() ? "none" : asked, name_of(command.op), joined(names)));
}

// Where "auto" and nothing have been worked out.
std::string kind_for(const FieldCommand& command, const Geographic& axes) {
  const std::string& kind = command.metric.kind;
  if (kind != "auto") return kind.empty() ? "cartesian" : kind;
  if (!axes.are_known()) return "cartesian";
  const bool is_raster = io::recognise(command.input) == io::Format::geotiff;
  return is_raster && !command.metric.radius ? "ellipsoid" : "sphere";
}

ChosenMetric cartesian(const FieldCommand& command, const Geographic& axes,
                       std::span<const Component> components) {
  const std::string& asked = command.metric.kind;
  if (command.op != Operator::grad && asked != "cartesian") {
    require_lengths(command, components);
  }
  if (asked == "auto") {
    return {{}, "metric: cartesian; no latitudes and longitudes in degrees"};
  }
  const bool is_offered = command.op == Operator::grad && asked.empty();
  return {{}, is_offered ? offer_of_sphere(axes, components) : ""};
}

ChosenMetric spherical(const FieldCommand& command, const std::string& kind,
                       const GeographicAxes& axes) {
  const bool is_said = command.metric.kind == "auto";
  if (kind == "ellipsoid") {
    return {Metric::on(Ellipsoid(), axes), is_said ? "metric: ellipsoid WGS 84" : ""};
  }
  const double radius = command.metric.radius.value_or(Sphere().radius);
  return {Metric::on(Sphere{radius}, axes),
          is_said ? fmt::format("metric: sphere of radius {:.10g} m", radius) : ""};
}

}  // namespace

ChosenMetric metric_for(const MetricRequest& request,
                        std::vector<Component>& components) {
  const FieldCommand& command = request.command;
  const Geographic axes = geographic_axes(request, components);
  const std::string kind = kind_for(command, axes);
  if (kind != "sphere") require_no_radius(command.metric);
  if (kind == "cartesian") return cartesian(command, axes, components);
  if (!axes.are_known()) {
    std::vector<std::string> names;
    for (const Component& component : components) names.push_back(component.name);
    refuse("metric",
           fmt::format("{} given for {} along {}; both latitudes and longitudes in "
                       "degrees are needed among the axes",
                       kind, request.variable.name, joined(names)));
  }
  for (Component& component : components) {
    const bool is_angle =
        component.axis == *axes.latitude || component.axis == *axes.longitude;
    if (is_angle) component.positions.unit = "m";
  }
  return spherical(command, kind, {*axes.latitude, *axes.longitude});
}

void require_no_sphere(const MetricOptions& options) {
  require_no_radius(options);
  if (options.kind != "sphere" && options.kind != "ellipsoid") return;
  refuse("metric", options.kind +
                       " given for an array without labels; latitudes and longitudes in "
                       "degrees are needed");
}

}  // namespace gridgrad::cli

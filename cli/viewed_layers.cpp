// cli/viewed_layers.cpp: fields, complex ones in two parts, and vectors with arrows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "viewed_layers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "words.hpp"

namespace gridgrad::cli {
namespace {

constexpr std::size_t most_panels = 4;
constexpr double half_turn = 180;

struct VectorFields {
  std::size_t x;
  std::size_t y;
};

// "u10" and "v10", "x_wind" and "y_wind".
bool are_called_like_components(const std::string& x, const std::string& y) {
  const std::string one = lower(x);
  const std::string other = lower(y);
  if (one.empty() || other.empty() || one.substr(1) != other.substr(1)) return false;
  return (one[0] == 'u' && other[0] == 'v') || (one[0] == 'x' && other[0] == 'y');
}

// Degrees east and north are degrees; other units that differ are none in common.
std::string common_unit(const std::string& x, const std::string& y) {
  constexpr std::string_view east = "degrees_east";
  constexpr std::string_view north = "degrees_north";
  const std::size_t at = x.find(east);
  if (x == y) return x;
  if (at == std::string::npos) return {};
  const std::string before = x.substr(0, at);
  const std::string after = x.substr(at + east.size());
  return before + std::string(north) + after == y ? before + "degree" + after : "";
}

// "dSST" of "dSST_dlat".
std::string differentiated_name(const ViewedField& field) {
  return field.name.substr(0, field.name.rfind("_d"));
}

// Components along axes of time or height are drawn each by itself: their units differ
// from those of the others, or no map has them.
bool are_components(const ViewedGrid& grid, const MapAxes& axes,
                    const VectorFields& fields) {
  const ViewedField& x = grid.fields[fields.x];
  const ViewedField& y = grid.fields[fields.y];
  if (x.is_complex || y.is_complex) return false;
  if (x.unit != y.unit && common_unit(x.unit, y.unit).empty()) return false;
  if (x.component_along || y.component_along) {
    return x.component_along == axes.x && y.component_along == axes.y &&
           differentiated_name(x) == differentiated_name(y);
  }
  const auto is_of_a_map = [&](std::size_t axis) {
    return grid.axes[axis].kind == AxisKind::space && !grid.axes[axis].is_vertical;
  };
  return is_of_a_map(axes.x) && is_of_a_map(axes.y) &&
         are_called_like_components(x.name, y.name);
}

std::optional<VectorFields> vector_of(const ViewedGrid& grid, const MapAxes& axes) {
  for (std::size_t x = 0; x < grid.fields.size(); ++x) {
    for (std::size_t y = 0; y < grid.fields.size(); ++y) {
      if (x != y && are_components(grid, axes, {x, y})) {
        return VectorFields{x, y};
      }
    }
  }
  return std::nullopt;
}

void add_layers(const ViewedField& field, std::size_t index, LayerPlan& plan) {
  if (!field.is_complex) {
    plan.layers.push_back(
        {field.name, field.title, field.unit, field.kind, Measure::value, {index}});
    return;
  }
  plan.layers.push_back({"|" + field.name + "|",
                         "magnitude of " + field.title,
                         field.unit,
                         FieldKind::plain,
                         Measure::magnitude,
                         {index}});
  plan.layers.push_back({"arg " + field.name,
                         "phase of " + field.title,
                         "degree",
                         FieldKind::angle,
                         Measure::phase,
                         {index}});
}

// "derivative of SST with respect to lat", or "per length along lat", is one of SST.
std::string differentiated(const std::string& title) {
  constexpr std::string_view before = "derivative of ";
  const std::size_t first = title.find(before);
  if (first == std::string::npos) return {};
  const std::size_t begin = first + before.size();
  const std::size_t end =
      std::min(title.find(" with respect", begin), title.find(" per length", begin));
  return title.substr(begin, end - begin);
}

std::string title_of(const ViewedGrid& grid, const std::optional<VectorFields>& vector) {
  const bool is_gradient = vector && grid.fields[vector->x].kind == FieldKind::derivative;
  if (!is_gradient) return grid.title;
  for (const ViewedField& field : grid.fields) {
    if (field.kind == FieldKind::plain) return field.title + " and its gradient";
  }
  const std::string of = differentiated(grid.fields[vector->x].title);
  return of.empty() ? "gradient" : "gradient of " + of;
}

// Fields that are no components, then the magnitude of those that are, which has a place
// in any case.
void add_panels(const ViewedGrid& grid, const std::optional<VectorFields>& vector,
                LayerPlan& plan) {
  const auto is_component = [&](std::size_t field) {
    return grid.fields[field].component_along ||
           (vector && (field == vector->x || field == vector->y));
  };
  const std::size_t most = most_panels - (vector ? 1 : 0);
  for (std::size_t k = 0; k < plan.layers.size(); ++k) {
    const PlannedLayer& layer = plan.layers[k];
    if (layer.measure == Measure::length) {
      plan.panels.push_back({k, Overlay::arrows});
    } else if (vector && is_component(layer.fields.front())) {
      continue;
    } else if (plan.panels.size() < most) {
      plan.panels.push_back({k, Overlay::none});
    } else {
      plan.left_out.push_back(layer.name);
    }
  }
}

// The sample that is nearest to the q-quantile.
double quantile(std::vector<double>& samples, double q) {
  const auto last = static_cast<double>(samples.size() - 1);
  const auto rank = static_cast<std::ptrdiff_t>(std::lround(q * last));
  std::nth_element(samples.begin(), samples.begin() + rank, samples.end());
  return samples[static_cast<std::size_t>(rank)];
}

ColourRange around_zero(double low, double high) {
  const double most = std::max(std::abs(low), std::abs(high));
  const double limit = most > 0 ? most : 1;
  return {ColourScale::diverging, -limit, limit};
}

// A range has a width, even of a constant.
ColourRange from_to(double low, double high) {
  if (high > low) return {ColourScale::sequential, low, high};
  constexpr double half = 0.5;
  const double width = low == 0 ? half : half * std::abs(low);
  return {ColourScale::sequential, low - width, low + width};
}

ColourRange circle(double least) {
  if (least < 0) return {ColourScale::cyclic, -half_turn, half_turn};
  return {ColourScale::cyclic, 0, 2 * half_turn};
}

// Of a vector with a missing component there is none, though hypot(infinity, NaN) is.
double length_of(double x, double y) {
  return std::isnan(x) || std::isnan(y) ? std::numeric_limits<double>::quiet_NaN()
                                        : std::hypot(x, y);
}

}  // namespace

LayerPlan planned_layers(const ViewedGrid& grid, const MapAxes& axes) {
  LayerPlan plan;
  for (std::size_t k = 0; k < grid.fields.size(); ++k)
    add_layers(grid.fields[k], k, plan);
  const auto vector = vector_of(grid, axes);
  plan.title = title_of(grid, vector);
  if (vector) {
    const ViewedField& x = grid.fields[vector->x];
    const bool is_gradient = x.kind == FieldKind::derivative;
    plan.layers.push_back({"magnitude",
                           is_gradient ? "magnitude of the gradient" : "magnitude",
                           common_unit(x.unit, grid.fields[vector->y].unit),
                           FieldKind::plain,
                           Measure::length,
                           {vector->x, vector->y}});
    const auto layer_of = [&](std::size_t field) {
      const auto found = std::ranges::find_if(
          plan.layers,
          [&](const PlannedLayer& layer) { return layer.fields.front() == field; });
      return static_cast<std::size_t>(found - plan.layers.begin());
    };
    plan.arrows = ArrowLayers{layer_of(vector->x), layer_of(vector->y)};
  }
  add_panels(grid, vector, plan);
  return plan;
}

double Measured::at(std::size_t sample) const {
  const double real = one.real[sample];
  switch (measure) {
    case Measure::value:
      return real;
    case Measure::magnitude:
      return length_of(real, one.imaginary[sample]);
    case Measure::phase:
      return std::atan2(one.imaginary[sample], real) * (half_turn / std::numbers::pi);
    case Measure::length:
      break;
  }
  return length_of(real, other.real[sample]);
}

std::optional<ColourRange> colour_range(FieldKind kind, std::vector<double> samples) {
  std::erase_if(samples, [](double sample) { return !std::isfinite(sample); });
  if (samples.empty()) return std::nullopt;
  const auto [least, most] = std::ranges::minmax_element(samples);
  const double smallest = *least;
  const double largest = *most;
  if (kind == FieldKind::angle) return circle(smallest);
  constexpr double share_beyond = 0.02;
  double low = quantile(samples, share_beyond);
  double high = quantile(samples, 1 - share_beyond);
  if (low == high) {
    low = smallest;
    high = largest;
  }
  // Of the larger side: temperatures that dip below 0 are still no field of both signs.
  constexpr double share_of_sides = 0.125;
  const double smaller_side = std::min(-low, high);
  const double larger_side = std::max(-low, high);
  const bool has_both_signs = smaller_side > share_of_sides * larger_side;
  if (kind == FieldKind::derivative || has_both_signs) return around_zero(low, high);
  return from_to(low, high);
}

}  // namespace gridgrad::cli

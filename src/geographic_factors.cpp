// geographic_factors.cpp: latitudes of an axis, the factors on them, and poles
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <variant>

#include "degrees.hpp"
#include "message.hpp"
#include "metric_request.hpp"
#include "parallels.hpp"
#include "positions.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(const char* argument, const std::string& message) {
  throw Error(ErrorCode::bad_argument, argument, message);
}

void check_degrees(const char* argument, const Along& along) {
  const std::string axis = "axis " + std::to_string(along.axis);
  if (along.rule.unit() != 1) {
    refuse(argument, "derivatives along " + axis + " are per " + text(along.rule.unit()) +
                         "; per degree is needed");
  }
  if (along.rule.varies()) {
    refuse(argument, "positions along " + axis +
                         " vary along other axes; those of one line are needed");
  }
}

// Positions of an axis given by a spacing. Axes are made with first 0, which is no
// latitude that anyone has given.
Coordinates spaced_positions(const Along& along, std::size_t extent) {
  if (along.rule.first() == 0) {
    refuse("latitude", "no positions along axis " + std::to_string(along.axis) +
                           " given; positions in degrees are needed");
  }
  Coordinates positions;
  for (std::size_t i = 0; i < extent; ++i) {
    const DoubleDouble from_first =
        two_product(along.rule.spacing(), static_cast<double>(i));
    const DoubleDouble x = DoubleDouble{along.rule.first(), 0} + from_first;
    positions.high.push_back(x.high);
    positions.low.push_back(x.low);
  }
  positions.ulp = std::numeric_limits<double>::epsilon() * right_angle;
  return positions;
}

// Within 2 ulp of a pole a sample is at the pole, as positions within 2 ulp of equally
// spaced ones are.
DoubleDouble on_earth(DoubleDouble latitude, double ulp, std::size_t axis) {
  const DoubleDouble beyond = absolute(latitude) + DoubleDouble{-right_angle, 0};
  if (std::abs(beyond.high) <= 2 * ulp) {
    return {std::copysign(right_angle, latitude.high), 0};
  }
  if (beyond.high > 0) {
    refuse("latitude", text(latitude.high) + " along axis " + std::to_string(axis) +
                           " given; degrees from -90 to 90 are needed");
  }
  return latitude;
}

// In degrees, of as many samples as the field has.
std::vector<DoubleDouble> latitudes_of(const Along& along, std::size_t extent) {
  check_degrees("latitude", along);
  const bool is_spaced = along.rule.coordinates() == nullptr;
  const Coordinates positions =
      is_spaced ? spaced_positions(along, extent) : *along.rule.coordinates();
  constexpr std::size_t neighbours = 2;
  check_positions(positions, extent, neighbours, along.axis);
  std::vector<DoubleDouble> latitudes;
  latitudes.reserve(extent);
  for (std::size_t i = 0; i < extent; ++i) {
    latitudes.push_back(on_earth(positions[i], positions.ulp, along.axis));
  }
  return latitudes;
}

bool is_pole(DoubleDouble latitude) {
  return std::abs(latitude.high) == right_angle;
}

// Whether the meridians of an axis are all those of the Earth, equally far apart or not.
bool is_ring(const Along& along, std::size_t extent) {
  if (const auto* periodic = std::get_if<Periodic>(&along.rule.lower())) {
    const double length = std::abs(along.rule.spacing()) * static_cast<double>(extent);
    return periodic->period.value_or(length) == full_turn;
  }
  if (extent < 2) return false;
  const Placement placement = placement_of(along.rule, extent);
  if (!placement.spacing) return false;
  const double ulp = along.rule.coordinates() == nullptr
                         ? std::numeric_limits<double>::epsilon() * full_turn
                         : along.rule.coordinates()->ulp;
  // Each end is within 2 ulp of where it would be.
  constexpr double allowed = 4;
  const DoubleDouble all =
      absolute(*placement.spacing) * DoubleDouble{static_cast<double>(extent), 0};
  return std::abs((all + DoubleDouble{-full_turn, 0}).high) <= allowed * ulp;
}

// The geometry of a latitude-longitude field.
struct Globe {
  const MetricRequest& request;
  GeographicAxes axes;
  std::size_t latitude;  // in `along`
  std::size_t longitude;
  std::vector<DoubleDouble> latitudes;
};

std::vector<Rounded> weights_at(const Globe& globe, std::size_t sample) {
  const std::vector<DoubleDouble>& latitudes = globe.latitudes;
  const auto poles = static_cast<std::size_t>(std::ranges::count_if(latitudes, is_pole));
  const std::size_t parallels = std::min(
      static_cast<std::size_t>(globe.request.accuracy()), latitudes.size() - poles);
  std::vector<DoubleDouble> colatitudes;
  for (std::size_t k = 1; k <= parallels; ++k) {
    const DoubleDouble distance =
        latitudes[sample == 0 ? k : sample - k] - latitudes[sample];
    colatitudes.push_back(absolute(distance));
  }
  return pole_weights(colatitudes);
}

void check_poles(const Globe& globe) {
  const std::vector<DoubleDouble>& latitudes = globe.latitudes;
  const std::string axis = "axis " + std::to_string(globe.axes.latitude);
  std::size_t poles = 0;
  bool rises = false;
  bool falls = false;
  for (std::size_t i = 0; i < latitudes.size(); ++i) {
    if (i > 0) (latitudes[i].high > latitudes[i - 1].high ? rises : falls) = true;
    if (!is_pole(latitudes[i])) continue;
    ++poles;
    if (i == 0 || i + 1 == latitudes.size()) continue;
    refuse("latitude", text(latitudes[i].high) + " at sample " + std::to_string(i) +
                           " along " + axis +
                           " given; a pole can be the first or the last sample");
  }
  if (poles == 0) return;
  if (rises && falls) {
    refuse("latitude", "not monotone along " + axis +
                           "; a pole needs increasing or decreasing latitudes");
  }
  if (poles < latitudes.size()) return;
  throw Error(ErrorCode::too_few_samples, "field",
              "poles and no parallel along " + axis + "; at least 1 parallel is needed");
}

void add_poles(const Globe& globe, std::vector<Pole>& poles) {
  check_poles(globe);
  const Along& longitude = globe.request.along[globe.longitude];
  const std::size_t meridians = globe.request.extents[longitude.axis];
  for (const std::size_t sample : {std::size_t{0}, globe.latitudes.size() - 1}) {
    if (!is_pole(globe.latitudes[sample])) continue;
    poles.push_back({globe.axes.latitude, sample, globe.axes.longitude,
                     is_ring(longitude, meridians), weights_at(globe, sample)});
  }
}

// One number per parallel, or one for all.
Factor parallels(const Globe& globe, std::span<const ParallelFactors> at,
                 Rounded ParallelFactors::*number) {
  Factor factor = {std::vector<std::size_t>(globe.request.extents.size(), 1), {}, {}};
  factor.extents[globe.axes.latitude] = at.size();
  for (const ParallelFactors& parallel : at) {
    factor.f64.push_back((parallel.*number).f64);
    factor.f32.push_back((parallel.*number).f32);
  }
  return factor;
}

Factor everywhere(Rounded number) {
  return {{}, {number.f64}, {number.f32}};
}

}  // namespace

MetricFactors geographic_factors(const Geographic& metric, const MetricRequest& request) {
  const auto& [figure, axes] = metric;
  Globe globe = {request,
                 axes,
                 request.place_of(axes.latitude),
                 request.place_of(axes.longitude),
                 {}};
  const std::size_t extent = request.extents[axes.latitude];
  globe.latitudes = latitudes_of(request.along[globe.latitude], extent);
  check_degrees("longitude", request.along[globe.longitude]);
  MetricFactors factors(request.along.size());
  if (extent == 0) return factors;
  add_poles(globe, factors.poles);

  const auto kept = parallel_factors(globe.latitudes, figure);
  const std::vector<ParallelFactors>& at = *kept;
  using Of = ParallelFactors;
  const auto& [latitude, longitude] = std::pair(globe.latitude, globe.longitude);
  const bool is_sphere = !figure.inverse_flattening;
  factors.inverse[latitude] = is_sphere ? everywhere(at[0].inverse_latitude)
                                        : parallels(globe, at, &Of::inverse_latitude);
  factors.second[latitude] = is_sphere ? everywhere(at[0].second_latitude)
                                       : parallels(globe, at, &Of::second_latitude);
  factors.inverse[longitude] = parallels(globe, at, &Of::inverse_longitude);
  factors.second[longitude] = parallels(globe, at, &Of::second_longitude);
  factors.curvature[longitude * request.along.size() + latitude] =
      parallels(globe, at, &Of::curvature);
  factors.first[latitude] = parallels(globe, at, &Of::first);
  return factors;
}

}  // namespace gridgrad

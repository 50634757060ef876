// cli/picks.cpp: one sample along some axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "picks.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "axis_names.hpp"
#include "dates.hpp"
#include "gridgrad/error.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

// A word that was given, split at its equals sign.
struct Asked {
  std::string word;
  std::size_t axis = 0;
  std::string sample;
};

[[noreturn]] void refuse(const Asked& asked, const PickableAxes& axes,
                         const std::string& reason) {
  throw Error(
      ErrorCode::bad_argument, axes.option,
      fmt::format("'{}' given; {} {}", asked.word, axes.names[asked.axis], reason));
}

Pick counted_sample(const Asked& asked, const PickableAxes& axes) {
  const auto extent = static_cast<std::ptrdiff_t>(axes.extents[asked.axis]);
  std::ptrdiff_t sample = 0;
  const char* const end = asked.sample.data() + asked.sample.size();
  const auto [stop, error] = std::from_chars(asked.sample.data(), end, sample);
  const bool is_number = error == std::errc() && stop == end;
  if (!is_number || sample < -extent || sample >= extent) {
    refuse(asked, axes,
           fmt::format("has {} samples, counted from 0, or from -1 backwards", extent));
  }
  return {asked.axis, axes.names[asked.axis],
          static_cast<std::size_t>(sample < 0 ? sample + extent : sample),
          axes.extents[asked.axis]};
}

// A coordinate as it is given: a number, or a date.
double coordinate_in(const Asked& asked, const PickableAxes& axes,
                     const Positions& positions) {
  const auto text = std::string_view(asked.sample).substr(1);
  const auto date = positions.clock ? count_of(*positions.clock, text) : std::nullopt;
  const auto coordinate = date ? date : number_of(text);
  if (coordinate && std::isfinite(*coordinate)) return *coordinate;
  refuse(asked, axes,
         positions.clock ? "needs a number or a date of its calendar, as @2001-01-31"
                         : "needs a number, as @0.5");
}

// As far beyond the ends as half way to the next sample, if there were one.
double reach_of(const std::vector<double>& coordinates) {
  constexpr double half = 0.5;
  const std::size_t extent = coordinates.size();
  if (extent == 1) return 0;
  return half * std::max(std::abs(coordinates[1] - coordinates[0]),
                         std::abs(coordinates[extent - 1] - coordinates[extent - 2]));
}

// As pandas has it: of two that are as near the larger one.
std::size_t nearest_of(const std::vector<double>& coordinates, double wanted) {
  const auto is_nearer = [&](double a, double b) {
    const double from_a = std::abs(a - wanted);
    const double from_b = std::abs(b - wanted);
    return from_a < from_b || (from_a == from_b && a > b);
  };
  const auto nearest = std::ranges::min_element(coordinates, is_nearer);
  return static_cast<std::size_t>(nearest - coordinates.begin());
}

Pick nearest_sample(const Asked& asked, const PickableAxes& axes) {
  const auto positions = axes.positions(asked.axis);
  if (!positions)
    refuse(asked, axes, "has no coordinates; its samples are counted from 0");
  const double wanted = coordinate_in(asked, axes, *positions);
  const auto coordinates = coordinates_of(*positions, axes.extents[asked.axis]);
  const auto [least, most] = std::ranges::minmax_element(coordinates);
  if (least == coordinates.end()) refuse(asked, axes, "has no samples");
  const double reach = reach_of(coordinates);
  if (!(wanted >= *least - reach && wanted <= *most + reach)) {
    refuse(asked, axes,
           fmt::format("has samples from {} to {}",
                       coordinate_text(*least, positions->clock),
                       coordinate_text(*most, positions->clock)));
  }
  const std::size_t nearest = nearest_of(coordinates, wanted);
  Pick pick{asked.axis, axes.names[asked.axis], nearest, coordinates.size()};
  pick.nearest = coordinate_text(coordinates[nearest], positions->clock);
  return pick;
}

Pick pick_of(const std::string& word, const PickableAxes& axes) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) {
    throw Error(ErrorCode::bad_argument, axes.option,
                "'" + word + "' given; AXIS=SAMPLE is needed, as in " +
                    axes.names.front() + "=0");
  }
  const std::size_t axis = named_axes({word.substr(0, equals)}, axes.names).front();
  const Asked asked{word, axis, word.substr(equals + 1)};
  return asked.sample.starts_with('@') ? nearest_sample(asked, axes)
                                       : counted_sample(asked, axes);
}

}  // namespace

std::vector<Pick> picks_of(const std::vector<std::string>& words,
                           const PickableAxes& axes) {
  std::vector<Pick> picks;
  for (const std::string& word : words) {
    picks.push_back(pick_of(word, axes));
    if (std::ranges::count(picks, picks.back().axis, &Pick::axis) == 1) continue;
    throw Error(ErrorCode::bad_argument, axes.option,
                picks.back().name + " given twice; one sample is taken");
  }
  for (std::size_t axis = 0; axis < axes.extents.size(); ++axis) {
    const bool is_picked = std::ranges::count(picks, axis, &Pick::axis) > 0;
    if (axes.extents[axis] == 1 && !is_picked) {
      picks.push_back({axis, axes.names[axis], 0, 1, {}});
    }
  }
  return picks;
}

std::vector<std::size_t> axes_left(const std::vector<Pick>& picks, std::size_t rank) {
  std::vector<std::size_t> axes;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    if (std::ranges::count(picks, axis, &Pick::axis) == 0) axes.push_back(axis);
  }
  return axes;
}

}  // namespace gridgrad::cli

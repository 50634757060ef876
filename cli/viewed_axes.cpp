// cli/viewed_axes.cpp: east to the right, north upwards, time to the right
//
// SPDX-License-Identifier: BSD-3-Clause

#include "viewed_axes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "axis_names.hpp"
#include "dates.hpp"
#include "gridgrad/error.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

std::vector<std::string> names_of(const std::vector<ViewedAxis>& axes) {
  std::vector<std::string> names;
  for (const ViewedAxis& axis : axes) names.push_back(axis.name);
  return names;
}

[[noreturn]] void refuse_axis(const std::string& message) {
  throw Error(ErrorCode::bad_axis, "axis", message);
}

// How much an axis asks to be drawn: those of a map before others of space, time next.
int priority_of(const ViewedAxis& axis) {
  if (axis.direction == Direction::x || axis.direction == Direction::y) return 3;
  if (axis.kind == AxisKind::space) return 2;
  return axis.kind == AxisKind::time ? 1 : 0;
}

// Two of several, those that are later in the array first.
std::vector<std::size_t> usual_axes(const ViewedGrid& grid,
                                    std::vector<std::size_t> left) {
  std::ranges::reverse(left);
  std::ranges::stable_sort(left, [&](std::size_t a, std::size_t b) {
    return priority_of(grid.axes[a]) > priority_of(grid.axes[b]);
  });
  if (left.size() > 2) left.resize(2);
  std::ranges::sort(left);
  return left;
}

std::vector<std::size_t> named_and_left(const ViewedGrid& grid,
                                        const std::vector<std::string>& words,
                                        const std::vector<std::size_t>& left) {
  std::vector<std::size_t> named = named_axes(words, names_of(grid.axes));
  std::ranges::sort(named);
  for (const std::size_t axis : named) {
    if (std::ranges::find(left, axis) == left.end()) {
      refuse_axis(grid.axes[axis].name + " given, along which one sample is taken");
    }
  }
  if (named.size() > 2) {
    refuse_axis(fmt::format("{} given; a picture has one or two of {}", named.size(),
                            joined(names_of(grid.axes))));
  }
  return named;
}

// Whether the first of two axes runs to the right rather than the second.
bool runs_right(const ViewedAxis& first, const ViewedAxis& second) {
  if (first.is_vertical != second.is_vertical) return second.is_vertical;
  if (first.direction == Direction::x || second.direction == Direction::y) return true;
  if (second.direction == Direction::x || first.direction == Direction::y) return false;
  return first.kind == AxisKind::time && second.kind != AxisKind::time;
}

void require_no_others(const ViewedGrid& grid, const DrawnAxes& drawn) {
  if (drawn.y || drawn.leading.empty()) return;
  std::string ways;
  for (const std::size_t axis : drawn.leading) {
    ways += (ways.empty() ? "" : ",") + grid.axes[axis].name + "=0";
  }
  refuse_axis(grid.axes[drawn.x].name +
              " given; a line needs one sample of each other axis, as by --at " + ways);
}

// Whether all samples along it are dates.
bool has_dates(const ViewedAxis& axis) {
  const auto& clock = axis.positions.clock;
  if (!axis.has_positions || !clock || axis.extent == 0) return false;
  const std::vector<double> counts = coordinates_of(axis.positions, axis.extent);
  return std::ranges::all_of(
      counts, [&](double count) { return gregorian_seconds(*clock, count).has_value(); });
}

std::vector<double> counted(std::size_t extent) {
  std::vector<double> numbers(extent);
  std::iota(numbers.begin(), numbers.end(), 0.0);
  return numbers;
}

bool is_monotone(const std::vector<double>& positions) {
  const bool ascends = positions.size() < 2 || positions[1] > positions[0];
  for (std::size_t i = 1; i < positions.size(); ++i) {
    const double step = positions[i] - positions[i - 1];
    if (ascends ? !(step > 0) : !(step < 0)) return false;
  }
  return true;
}

std::vector<double> positions_of(const ViewedAxis& axis) {
  if (!axis.has_positions) return counted(axis.extent);
  std::vector<double> positions = coordinates_of(axis.positions, axis.extent);
  if (!has_dates(axis)) return positions;
  for (double& position : positions) {
    position = *gregorian_seconds(*axis.positions.clock, position);
  }
  return positions;
}

// Half way to the neighbours; cells at the ends are as long outwards as inwards.
std::vector<double> borders_of(const std::vector<double>& positions) {
  constexpr double half = 0.5;
  const std::size_t extent = positions.size();
  std::vector<double> borders(extent + 1);
  for (std::size_t i = 1; i < extent; ++i) {
    borders[i] = positions[i - 1] + half * (positions[i] - positions[i - 1]);
  }
  const bool is_single = extent == 1;
  borders[0] = is_single ? positions[0] - half : 2 * positions[0] - borders[1];
  borders[extent] =
      is_single ? positions[0] + half : 2 * positions[extent - 1] - borders[extent - 1];
  return borders;
}

// No cell reaches beyond a pole.
void stop_at_poles(const ViewedAxis& axis, std::vector<double>& borders) {
  constexpr double pole = 90;
  const bool is_latitude = axis.direction == Direction::y && axis.positions.unit &&
                           is_degree(*axis.positions.unit);
  if (!is_latitude) return;
  for (double* border : {&borders.front(), &borders.back()}) {
    *border = std::clamp(*border, -pole, pole);
  }
}

double mean_of(const std::vector<double>& positions, std::size_t first,
               std::size_t count) {
  double sum = 0;
  for (std::size_t i = first; i < first + count; ++i)
    sum += positions[i] - positions[first];
  return positions[first] + sum / static_cast<double>(count);
}

}  // namespace

DrawnAxes drawn_axes(const ViewedGrid& grid, const std::vector<std::string>& words,
                     const std::vector<std::string>& at) {
  std::vector<std::size_t> extents;
  for (const ViewedAxis& axis : grid.axes) extents.push_back(axis.extent);
  DrawnAxes drawn;
  const auto positions = [&](std::size_t axis) {
    const ViewedAxis& along = grid.axes[axis];
    return along.has_positions ? std::optional(along.positions) : std::nullopt;
  };
  drawn.picks = picks_of(at, {"at", names_of(grid.axes), extents, positions});
  const auto left = axes_left(drawn.picks, extents.size());
  const auto is_empty = std::ranges::find(extents, std::size_t{0}) != extents.end();
  if (left.empty() || is_empty) {
    throw Error(ErrorCode::bad_shape, "INPUT",
                std::string(is_empty ? "no sample" : "a single sample") +
                    " is left; a picture needs two along one axis at least");
  }
  const auto chosen =
      words.empty() ? usual_axes(grid, left) : named_and_left(grid, words, left);
  drawn.x = chosen.back();
  if (chosen.size() == 2) {
    drawn.y = chosen.front();
    if (runs_right(grid.axes[*drawn.y], grid.axes[drawn.x])) std::swap(drawn.x, *drawn.y);
  }
  for (const std::size_t axis : left) {
    if (axis != drawn.x && axis != drawn.y) drawn.leading.push_back(axis);
  }
  require_no_others(grid, drawn);
  return drawn;
}

bool are_alike(const ViewedAxis& x, const ViewedAxis& y) {
  if (x.has_positions != y.has_positions) return false;
  if (!x.has_positions) return true;
  if (has_dates(x) || has_dates(y)) return false;
  const auto kind_of = [](const ViewedAxis& axis) {
    const std::string unit = axis.positions.unit.value_or("");
    return is_degree(unit) ? std::string("degree") : unit;
  };
  return kind_of(x) == kind_of(y);
}

bool is_to_scale(const ViewedAxis& x, const ViewedAxis& y) {
  if (!are_alike(x, y)) return false;
  constexpr double most_aspect = 4;
  const auto length = [](const ViewedAxis& axis) {
    const PictureAxis drawn = picture_axis(axis, 1, Notes::hidden);
    return std::abs(drawn.borders.back() - drawn.borders.front());
  };
  const double aspect = length(x) / length(y);
  return aspect <= most_aspect && aspect >= 1 / most_aspect;
}

PictureAxis picture_axis(const ViewedAxis& axis, std::size_t block, Notes notes) {
  PictureAxis drawn;
  drawn.name = axis.name;
  const bool are_dates = has_dates(axis);
  drawn.title = with_unit(axis.title, are_dates ? "" : axis.unit);
  drawn.upwards = axis.upwards;
  std::vector<double> positions = positions_of(axis);
  if (are_dates) drawn.values = AxisValues::dates;
  if (!is_monotone(positions)) {
    note(notes, axis.called + " has positions that turn back; its samples are counted");
    positions = counted(axis.extent);
    drawn.title = axis.called + ", sample";
    drawn.values = AxisValues::numbers;
  }
  std::vector<double> borders = borders_of(positions);
  stop_at_poles(axis, borders);
  for (std::size_t first = 0; first < axis.extent; first += block) {
    const std::size_t count = std::min(block, axis.extent - first);
    drawn.positions.push_back(mean_of(positions, first, count));
    drawn.borders.push_back(borders[first]);
  }
  drawn.borders.push_back(borders.back());
  return drawn;
}

std::vector<std::string> labels_of(const ViewedAxis& axis,
                                   const std::vector<std::size_t>& samples) {
  const std::vector<double> positions = positions_of(axis);
  const bool are_dates = has_dates(axis);
  std::vector<std::string> labels;
  for (const std::size_t sample : samples) {
    if (!axis.has_positions) {
      labels.push_back(fmt::format("sample {}", sample));
    } else if (are_dates) {
      labels.push_back(date_text(positions[sample]));
    } else {
      const std::string unit = axis.positions.unit.value_or("");
      labels.push_back(
          fmt::format("{:.6g}{}{}", positions[sample], unit.empty() ? "" : " ", unit));
    }
  }
  return labels;
}

std::string with_sample(const std::string& title, const ViewedAxis& axis,
                        std::size_t sample) {
  return fmt::format("{}, {}{}{}", title, axis.called, axis.has_positions ? " = " : ": ",
                     labels_of(axis, {sample})[0]);
}

std::string with_picks(std::string title, const ViewedGrid& grid, const DrawnAxes& axes) {
  for (const Pick& pick : axes.picks) {
    const ViewedAxis& axis = grid.axes[pick.axis];
    if (pick.extent == 1 && !axis.has_positions) continue;
    title = with_sample(title, axis, pick.sample);
  }
  return title;
}

}  // namespace gridgrad::cli

// cli/labelled_field.cpp: defaults that are said aloud, and refusals
//
// SPDX-License-Identifier: BSD-3-Clause

#include "labelled_field.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <set>
#include <string_view>

#include <fmt/core.h>

#include "axis_names.hpp"
#include "boundary.hpp"
#include "gridgrad/error.hpp"
#include "labels.hpp"
#include "packing.hpp"
#include "spacing.hpp"
#include "suggestion.hpp"
#include "times.hpp"
#include "variables.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;

void require_plain_coordinates(const Dataset& dataset, const Variable& variable,
                               const std::vector<std::size_t>& axes) {
  for (const std::size_t axis : axes) {
    const std::size_t dimension = variable.dimensions[axis];
    if (coordinate_of(dataset, dimension) != nullptr) continue;
    const auto names = curvilinear_coordinates(dataset, variable, dimension);
    if (names.empty()) continue;
    throw Error(ErrorCode::bad_argument, "spacing",
                "axis " + axis_names_of(dataset, variable)[axis] + " of " +
                    variable.name + " has no coordinates of its own, and " +
                    joined(names) +
                    " vary along several axes; a spacing or coordinates are needed (-s)");
  }
}

// The extents of positions as they broadcast against a field: 1 along axes they lack.
std::vector<std::size_t> broadcast_extents(const Dataset& dataset,
                                           const Variable& positions,
                                           const Variable& field) {
  std::vector<std::size_t> extents;
  std::size_t used = 0;
  for (const std::size_t dimension : field.dimensions) {
    const bool is_next =
        used < positions.dimensions.size() && positions.dimensions[used] == dimension;
    if (is_next) ++used;
    if (used > 0) extents.push_back(is_next ? dataset.dimensions[dimension].extent : 1);
  }
  if (used == positions.dimensions.size()) return extents;
  throw Error(ErrorCode::bad_argument, "spacing",
              positions.name + " has axes " + joined(axis_names_of(dataset, positions)) +
                  "; positions of " + field.name + " need some of " +
                  joined(axis_names_of(dataset, field)) + ", in that order");
}

// Positions of one dimension fit any axis of their length, others vary along the axes
// that they name.
std::optional<Positions> positions_of(const io::LabelledReader& file,
                                      const Variable& field, const std::string& name) {
  const Dataset& dataset = file.dataset();
  const Variable* const variable = variable_near(dataset, io::group_of(field.name), name);
  if (variable == nullptr || !variable->type) return std::nullopt;
  const bool varies = variable->dimensions.size() > 1;
  const std::vector<std::size_t> extents =
      varies ? broadcast_extents(dataset, *variable, field)
             : extents_of(dataset, *variable);
  return Positions{axis_at(read_coordinates(file, *variable), extents),
                   unit_of(*variable), clock_of(*variable)};
}

void say_what_has_spacing_one(const Dataset& dataset,
                              const std::vector<LabelledField>& fields, Notes notes) {
  std::set<std::size_t> said;
  for (const LabelledField& field : fields) {
    for (const Component& component : field.components) {
      const std::size_t dimension = field.variable->dimensions[component.axis];
      if (coordinate_of(dataset, dimension) != nullptr) continue;
      if (!said.insert(dimension).second) continue;
      note(notes, component.name + " has no coordinates; spacing 1");
    }
  }
}

bool has_boundary(const Component& component) {
  return !std::holds_alternative<OneSided>(component.positions.rule.lower()) ||
         !std::holds_alternative<OneSided>(component.positions.rule.upper());
}

// How far it is from the last sample to the first again, in mean steps between samples.
double seam_in_steps(const io::LabelledReader& file, const Variable& coordinate,
                     double period) {
  const io::AnyArray positions = read_coordinates(file, coordinate);
  return std::visit(
      [&]<class T>(const Array<T>& x) -> double {
        if constexpr (std::floating_point<T> || Integer<T>) {
          if (x.size() < 2) return 0;
          const double span = std::abs(static_cast<double>(x.data()[x.size() - 1]) -
                                       static_cast<double>(x.data()[0]));
          return (period - span) * static_cast<double>(x.size() - 1) / span;
        }
        return 0;
      },
      positions);
}

// Longitudes do if their last sample is one spacing before the first again, others if
// they say so, unless the last sample is the first again already.
bool closes_on_itself(const io::LabelledReader& file, std::size_t dimension) {
  const Variable& coordinate = *coordinate_of(file.dataset(), dimension);
  const std::optional<double> period = period_of(file.dataset(), dimension);
  if (!period) return false;
  constexpr double allowed = 0.01;
  const double seam = seam_in_steps(file, coordinate, *period);
  if (io::find_attribute(coordinate.attributes, "modulo") != nullptr) {
    return seam > allowed;
  }
  return is_longitude(coordinate) && std::abs(seam - 1) <= allowed;
}

// Nothing becomes periodic by itself.
void offer_periodic(const io::LabelledReader& file,
                    const std::vector<LabelledField>& fields, Notes notes) {
  const Dataset& dataset = file.dataset();
  std::set<std::size_t> said;
  for (const LabelledField& field : fields) {
    for (const Component& component : field.components) {
      const std::size_t dimension = field.variable->dimensions[component.axis];
      const Variable* const coordinate = coordinate_of(dataset, dimension);
      if (coordinate == nullptr || has_boundary(component)) continue;
      if (!closes_on_itself(file, dimension)) continue;
      if (!said.insert(dimension).second) continue;
      note(notes,
           fmt::format("{0} closes on itself; -b {0}=periodic differentiates across "
                       "the seam",
                       component.name));
    }
  }
}

std::vector<std::string> variable_names(const io::Dataset& dataset) {
  std::vector<std::string> names;
  for (const io::Variable& variable : dataset.variables) names.push_back(variable.name);
  return names;
}

}  // namespace

std::vector<std::size_t> chosen_axes(const Dataset& dataset, const Variable& variable,
                                     const std::vector<std::string>& words) {
  const std::vector<std::string> names = axis_names_of(dataset, variable);
  if (!words.empty()) return named_axes(words, names);
  std::vector<std::size_t> axes = default_axes(dataset, variable);
  if (axes.empty()) {
    throw Error(ErrorCode::bad_axis, "axis",
                variable.name + " has only time, record, ensemble or one-sample axes; " +
                    "-x chooses among " + joined(names));
  }
  return axes;
}

void say_what_was_left_out(const Dataset& dataset,
                           const std::vector<LabelledField>& fields, Notes notes) {
  std::set<std::size_t> said;
  for (const LabelledField& field : fields) {
    const std::vector<std::string> names = axis_names_of(dataset, *field.variable);
    for (std::size_t axis = 0; axis < names.size(); ++axis) {
      const std::size_t dimension = field.variable->dimensions[axis];
      if (kind_of_axis(dataset, dimension) == AxisKind::space) continue;
      if (!said.insert(dimension).second) continue;
      note(notes, fmt::format("{0} not differentiated; ask with -x {0}", names[axis]));
    }
  }
}

LabelledField field_along(const io::LabelledReader& file, const Variable& variable,
                          const std::vector<std::size_t>& axes,
                          const Selection& selection) {
  const Dataset& dataset = file.dataset();
  LabelledField field{&variable, extents_of(dataset, variable), {}};
  std::vector<std::string> names;
  names.reserve(axes.size());
  const std::vector<std::string> all_names = axis_names_of(dataset, variable);
  for (const std::size_t axis : axes) names.push_back(all_names[axis]);
  std::vector<Positions> rules;
  if (selection.spacings.empty()) {
    require_plain_coordinates(dataset, variable, axes);
    rules.reserve(axes.size());
    for (const std::size_t axis : axes) {
      rules.push_back(positions_along(file, variable.dimensions[axis]));
    }
  } else {
    const auto read = [&](const std::string& name) {
      return positions_of(file, variable, name);
    };
    rules = spacings(selection.spacings, names, {variable_names(dataset), read});
  }
  for (std::size_t k = 0; k < axes.size(); ++k) {
    field.components.push_back({axes[k], names[k], rules[k]});
  }
  set_ends(field.components, selection.boundaries, all_names, [&](std::size_t axis) {
    return period_of(dataset, variable.dimensions[axis]);
  });
  return field;
}

void say_positions(const io::LabelledReader& file,
                   const std::vector<LabelledField>& fields, Notes notes) {
  say_what_has_spacing_one(file.dataset(), fields, notes);
  offer_periodic(file, fields, notes);
}

Positions positions_along(const io::LabelledReader& file, std::size_t dimension) {
  const Variable* const coordinate = coordinate_of(file.dataset(), dimension);
  if (coordinate == nullptr) return {{}, "", std::nullopt};
  try {
    return {axis_at(read_coordinates(file, *coordinate)), unit_of(*coordinate),
            clock_of(*coordinate)};
  } catch (const Error& error) {
    throw Error(error.code(), "axis " + coordinate->name, error.what());
  }
}

std::optional<std::string> unit_of(const Variable& coordinate) {
  constexpr std::array<std::string_view, 7> plurals = {
      "days", "hours", "minutes", "seconds", "months", "years", "weeks"};
  std::string units = io::text_of(coordinate.attributes, "units");
  const std::size_t since = units.find(" since ");
  if (since != std::string::npos) {
    units.resize(since);
    if (std::ranges::find(plurals, units) != plurals.end()) units.pop_back();
  }
  return units.empty() ? std::nullopt : std::optional(units);
}

}  // namespace gridgrad::cli

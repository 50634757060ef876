// cli/located_field.cpp: axes that points lie along, and one sample of the others
//
// SPDX-License-Identifier: BSD-3-Clause

#include "located_field.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "array_input.hpp"
#include "axis_names.hpp"
#include "component_names.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "labelled_field.hpp"
#include "labels.hpp"
#include "metadata.hpp"
#include "packing.hpp"
#include "picks.hpp"
#include "variables.hpp"

namespace gridgrad::cli {
namespace {

std::vector<Pick> picks_for_points(const AtCommand& command, const PickableAxes& axes) {
  std::vector<Pick> picks = picks_of(command.picks, axes);
  if (picks.size() == axes.names.size()) {
    throw Error(ErrorCode::bad_axis, "axis",
                "one sample is taken along every axis; points lie along one at least");
  }
  return picks;
}

const io::Variable& one_variable(const io::Dataset& dataset, const Selection& selection,
                                 Notes notes) {
  const auto variables = chosen_variables(dataset, selection, notes);
  if (variables.size() == 1) return *variables.front();
  throw Error(
      ErrorCode::bad_argument, "variable",
      std::to_string(variables.size()) + " variables for one table; -v chooses one");
}

// The axis alone, as long as it is, along one and the same sample.
void require_fit(const Component& component, std::size_t extent,
                 const InterpolantOptions& options) {
  const double sample = 0;
  const std::array<std::size_t, 1> extents = {extent};
  const std::array<std::ptrdiff_t, 1> strides = {0};
  const std::array<Axis, 1> rules = {component.positions.rule};
  static_cast<void>(AnyInterpolant(
      AnyField(StridedView<const double>(&sample, extents, strides)), rules, options));
}

// Of the only axis, which the message names already.
std::string without_axis(std::string message) {
  constexpr std::string_view of_axis = " along axis 0";
  const std::size_t at = message.find(of_axis);
  return at == std::string::npos ? message : message.erase(at, of_axis.size());
}

std::string way_out(const Error& error, const Component& component,
                    const InterpolantOptions& options) {
  if (error.code() != ErrorCode::too_few_samples) return {};
  std::string ways = "; --pick " + component.name + "=0 takes the first sample";
  if (options.interpolation != Interpolation::linear) {
    ways += ", and --interpolation linear needs 2";
  }
  return ways;
}

}  // namespace

LocatedField located_array(const AtCommand& command) {
  const auto input = std::make_shared<ArrayInput>(command.input);
  LocatedField field;
  field.extents = input->extents();
  require_array_selection(command.selection, field.extents.size());
  const std::vector<std::string> names = numbered(field.extents.size());
  const auto positions = [](std::size_t) { return std::optional<Positions>(); };
  field.picks = picks_for_points(command, {"pick", names, field.extents, positions});
  field.components =
      array_components(command.selection, axes_left(field.picks, names.size()), names);
  field.results.push_back({"value", {}});
  for (const Component& component : field.components) {
    field.axes.push_back({"axis" + component.name, {}, component.positions.clock});
    field.results.push_back({"dvalue_d" + field.axes.back().name, {}});
  }
  field.read = [input] { return input->read(); };
  return field;
}

LocatedField located_variable(const AtCommand& command, Notes notes) {
  const std::shared_ptr<io::LabelledReader> file = io::open_labelled(command.input);
  const io::Dataset& dataset = file->dataset();
  const io::Variable& variable = one_variable(dataset, command.selection, notes);
  LocatedField field;
  field.extents = io::extents_of(dataset, variable);
  const auto names = axis_names_of(dataset, variable);
  const auto positions = [&](std::size_t axis) {
    const std::size_t dimension = variable.dimensions[axis];
    const bool is_known = coordinate_of(dataset, dimension) != nullptr;
    return is_known ? std::optional(positions_along(*file, dimension)) : std::nullopt;
  };
  field.picks = picks_for_points(command, {"pick", names, field.extents, positions});
  const LabelledField labelled = field_along(
      *file, variable, axes_left(field.picks, names.size()), command.selection);
  field.components = labelled.components;
  if (command.selection.spacings.empty()) say_positions(*file, {labelled}, notes);
  const std::string unit = io::text_of(variable.attributes, "units");
  field.results.push_back(
      {variable.name, unit.empty() ? std::nullopt : std::optional(unit)});
  for (const Component& component : field.components) {
    field.axes.push_back({component.name,
                          aliases_of(dataset, variable.dimensions[component.axis]),
                          component.positions.clock});
    field.results.push_back(
        {component_name(labelled, component), component_unit(labelled, component)});
  }
  field.factor = scale_of(variable);
  field.offset = offset_of(variable);
  field.read = [file, &variable] { return read_field(*file, variable); };
  return field;
}

void require_fit(const LocatedField& field, const InterpolantOptions& options) {
  for (const Component& component : field.components) {
    try {
      require_fit(component, field.extents[component.axis], options);
    } catch (const Error& error) {
      constexpr std::array<std::string_view, 2> of_options = {"accuracy", "missing"};
      if (std::ranges::find(of_options, error.argument()) != of_options.end()) throw;
      throw Error(error.code(), "axis " + component.name,
                  without_axis(error.what()) + way_out(error, component, options));
    }
  }
}

}  // namespace gridgrad::cli

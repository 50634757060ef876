// cli/viewed_variables.cpp: variables of a labelled file as fields of one grid
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <string_view>
#include <utility>

#include "axis_names.hpp"
#include "grad_log.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "labelled_field.hpp"
#include "packing.hpp"
#include "suggestion.hpp"
#include "variables.hpp"
#include "viewed_field.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;

// Standard names of CF are words with underscores between them; other names stay.
std::string in_words(const Variable& variable) {
  std::string title = title_of(variable);
  if (title == io::text_of(variable.attributes, "standard_name")) {
    std::ranges::replace(title, '_', ' ');
  }
  return title;
}

bool contains_one(const std::string& text,
                  std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(
      parts, [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

// As results of this tool are called, and what CF calls directions.
FieldKind kind_of(const Variable& variable) {
  const std::string title = lower(title_of(variable));
  const bool is_angle = contains_one(title, {"aspect", "direction", "azimuth"}) &&
                        is_degree(io::text_of(variable.attributes, "units"));
  if (is_angle) return FieldKind::angle;
  const bool is_signed =
      contains_one(title, {"derivative", "divergence", "curl of", "vorticity",
                           "laplacian", "strain rate", "rotation of"});
  return is_signed ? FieldKind::derivative : FieldKind::plain;
}

// Depths and pressures grow downwards.
bool grows_downwards(const Variable& coordinate) {
  const std::string positive = lower(io::text_of(coordinate.attributes, "positive"));
  if (!positive.empty()) return positive == "down";
  constexpr std::array<std::string_view, 5> of_pressure = {"hPa", "Pa", "mbar",
                                                           "millibar", "millibars"};
  const std::string unit = io::text_of(coordinate.attributes, "units");
  return lower(title_of(coordinate)) == "depth" ||
         std::ranges::find(of_pressure, unit) != of_pressure.end();
}

ViewedAxis axis_of(const io::LabelledReader& file, std::size_t dimension,
                   const std::string& name) {
  const Dataset& dataset = file.dataset();
  ViewedAxis axis;
  axis.name = axis.called = axis.title = name;
  axis.extent = dataset.dimensions[dimension].extent;
  axis.kind = kind_of_axis(dataset, dimension);
  axis.direction = direction_of(dataset, dimension);
  const Variable* const coordinate = coordinate_of(dataset, dimension);
  if (coordinate == nullptr) return axis;
  axis.positions = positions_along(file, dimension);
  axis.has_positions = true;
  axis.title = in_words(*coordinate);
  axis.unit = io::text_of(coordinate->attributes, "units");
  axis.is_vertical = axis.direction == Direction::z || grows_downwards(*coordinate);
  if (!grows_downwards(*coordinate)) axis.upwards = Upwards::larger;
  return axis;
}

ViewedField field_of(const std::shared_ptr<io::LabelledReader>& file,
                     const Variable& variable) {
  file->require_readable(variable);
  static_cast<void>(scale_of(variable));
  ViewedField field;
  field.name = io::leaf_of(variable.name);
  field.title = in_words(variable);
  field.unit = io::text_of(variable.attributes, "units");
  if (field.unit == "1") field.unit.clear();
  field.kind = kind_of(variable);
  const ElementType type = field_type(variable);
  field.is_complex = type == ElementType::complex64 || type == ElementType::complex128;
  field.bytes_of_sample = size_of(type);
  field.chunks = variable.storage.chunks;
  field.read = [file, &variable, is_complex = field.is_complex](const io::Box& box) {
    io::AnyArray samples = io::make_array(field_type(variable), box.extents);
    file->read(variable, box, io::bytes_of(samples));
    mask(io::bytes_of(samples), variable);
    const auto unpacked = is_complex ? std::nullopt : unpacked_copy(samples, variable);
    return viewed_samples(unpacked ? *unpacked : samples, io::whole(box.extents));
  };
  return field;
}

// The axis of the grid that "dSST_dlat" is a derivative along.
std::optional<std::size_t> axis_of_derivative(const std::string& name,
                                              const std::vector<ViewedAxis>& axes) {
  if (!name.starts_with('d')) return std::nullopt;
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    if (name.ends_with("_d" + axes[axis].name)) return axis;
  }
  return std::nullopt;
}

bool is_drawable(const Dataset& dataset, const Variable& variable) {
  const auto extents = io::extents_of(dataset, variable);
  return !extents.empty() && extents.size() <= max_rank &&
         std::ranges::any_of(extents, [](std::size_t extent) { return extent > 1; });
}

// All like the first floating one, or the first of any type.
std::vector<const Variable*> usual_variables(const Dataset& dataset, Notes notes) {
  std::vector<const Variable*> all;
  for (const Variable* variable : fields_of(dataset)) {
    if (is_drawable(dataset, *variable)) all.push_back(variable);
  }
  if (all.empty()) {
    throw Error(ErrorCode::bad_argument, "variable",
                "the input has none that holds several numbers along an axis");
  }
  const auto first = std::ranges::find_if(
      all, [](const Variable* variable) { return is_floating_field(*variable); });
  const Variable* const model = first == all.end() ? all.front() : *first;
  std::vector<const Variable*> chosen;
  for (const Variable* variable : all) {
    const bool is_alike = variable->dimensions == model->dimensions &&
                          is_floating_field(*variable) == is_floating_field(*model);
    if (is_alike && chosen.size() < most_fields) chosen.push_back(variable);
  }
  if (all.size() > 1) say_chosen(chosen, notes);
  return chosen;
}

void require_one_grid(const Dataset& dataset,
                      const std::vector<const Variable*>& chosen) {
  for (const Variable* variable : chosen) {
    if (variable->dimensions == chosen.front()->dimensions) continue;
    throw Error(ErrorCode::bad_axis, "variable",
                chosen.front()->name + " has axes " +
                    joined(axis_names_of(dataset, *chosen.front())) + " and " +
                    variable->name + " " + joined(axis_names_of(dataset, *variable)) +
                    "; a picture shows variables that have the same");
  }
}

std::vector<const Variable*> variables_of(const Dataset& dataset,
                                          const ViewRequest& request) {
  if (request.selection.variables.empty()) {
    return usual_variables(dataset, request.notes);
  }
  Selection names_only;
  names_only.variables = request.selection.variables;
  const auto chosen = chosen_variables(dataset, names_only, request.notes);
  require_one_grid(dataset, chosen);
  if (chosen.size() > most_fields) {
    throw Error(ErrorCode::bad_argument, "variable",
                std::to_string(chosen.size()) + " given; a picture shows " +
                    std::to_string(most_fields) + " at most");
  }
  return chosen;
}

// Positions along several axes have no place in a picture with straight ones.
void say_counted(const io::LabelledReader& file, const Variable& variable,
                 const std::vector<ViewedAxis>& axes, Notes notes) {
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    if (axes[axis].has_positions) continue;
    const auto curvilinear =
        curvilinear_coordinates(file.dataset(), variable, variable.dimensions[axis]);
    note(notes, axes[axis].name +
                    (curvilinear.empty()
                         ? " has no coordinates; its samples are counted"
                         : " has no coordinates of its own, as " + joined(curvilinear) +
                               " vary along several axes; its samples are counted"));
  }
}

void place(ViewedGrid& grid, const io::LabelledReader& file, const Variable& variable,
           const Selection& selection) {
  if (selection.spacings.empty()) return;
  const auto names = axis_names_of(file.dataset(), variable);
  const auto chosen = chosen_axes(file.dataset(), variable, selection.axes);
  Selection spacings;
  spacings.spacings = selection.spacings;
  for (const Component& component :
       field_along(file, variable, chosen, spacings).components) {
    ViewedAxis& axis = grid.axes[component.axis];
    axis.positions = component.positions;
    axis.has_positions = !component.positions.rule.varies();
    axis.title = axis.called;
    axis.unit = component.positions.unit.value_or("");
    axis.upwards = Upwards::larger;
  }
}

// Of several fields as many titles as a line holds.
std::string title_of_all(const std::vector<ViewedField>& fields) {
  constexpr std::size_t most_signs = 60;
  std::string title = fields.front().title;
  for (std::size_t k = 1; k < fields.size(); ++k) {
    if (title.size() + fields[k].title.size() > most_signs) return title + ", ...";
    title += ", " + fields[k].title;
  }
  return title;
}

}  // namespace

void refuse_all_missing(const ViewedGrid& grid) {
  throw Error(ErrorCode::bad_argument, "INPUT",
              "all samples of " + grid.fields.front().name +
                  " are missing; there is nothing to draw");
}

std::string file_title(const std::string& input) {
  return input == "-" ? "standard input" : input.substr(input.find_last_of('/') + 1);
}

std::string with_unit(const std::string& title, const std::string& unit) {
  return unit.empty() || unit == "1" ? title : title + " (" + unit + ")";
}

ViewedGrid viewed_variables(const ViewRequest& request) {
  const std::shared_ptr<io::LabelledReader> file = io::open_labelled(request.input);
  const Dataset& dataset = file->dataset();
  const auto variables = variables_of(dataset, request);
  const Variable& model = *variables.front();
  ViewedGrid grid;
  const auto names = axis_names_of(dataset, model);
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    grid.axes.push_back(axis_of(*file, model.dimensions[axis], names[axis]));
  }
  place(grid, *file, model, request.selection);
  say_counted(*file, model, grid.axes, request.notes);
  for (const Variable* variable : variables) {
    grid.fields.push_back(field_of(file, *variable));
    ViewedField& field = grid.fields.back();
    field.component_along = axis_of_derivative(field.name, grid.axes);
    if (field.component_along) field.kind = FieldKind::derivative;
  }
  grid.title = title_of_all(grid.fields);
  grid.slow_first.resize(grid.axes.size());
  std::iota(grid.slow_first.begin(), grid.slow_first.end(), std::size_t{0});
  return grid;
}

ViewedGrid viewed_input(const ViewRequest& request) {
  FieldCommand as_log;
  as_log.input = request.input;
  as_log.selection = request.selection;
  if (is_log(as_log)) return viewed_log(request);
  return io::is_labelled(io::recognise(request.input)) ? viewed_variables(request)
                                                       : viewed_array(request);
}

}  // namespace gridgrad::cli

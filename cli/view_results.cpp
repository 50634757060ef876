// cli/view_results.cpp: results to a file, which is drawn beside the input
//
// SPDX-License-Identifier: BSD-3-Clause

#include "view_results.hpp"

#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "axis_names.hpp"
#include "calculate.hpp"
#include "grad_log.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "gridgrad/io/part_file.hpp"
#include "labelled_field.hpp"
#include "labels.hpp"
#include "output.hpp"
#include "variables.hpp"
#include "view.hpp"
#include "viewed_axes.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {
namespace {

[[noreturn]] void refuse_view(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "view", message);
}

void require_files(const FieldCommand& command) {
  if (command.input == "-") {
    refuse_view("given for standard input, which is read once; a file is needed");
  }
  if (command.destination.path == "-") {
    refuse_view("given for results on standard output; a file is needed (-o)");
  }
  if (is_log(command)) {
    refuse_view("given for a log; gridgrad view draws columns of one");
  }
}

// Those of one variable, or of one vector.
std::vector<std::string> drawn_variables(const io::Dataset& dataset,
                                         const FieldCommand& command) {
  std::vector<std::string> names;
  for (const io::Variable* variable :
       chosen_variables(dataset, command.selection, Notes::hidden)) {
    names.push_back(variable->name);
  }
  if (names.size() > 1 && !takes_vector(command.op)) {
    refuse_view(std::to_string(names.size()) +
                " variables for one picture; -v chooses one");
  }
  return names;
}

std::vector<std::size_t> array_axes(const ViewedGrid& grid, const Selection& selection) {
  std::vector<std::string> names;
  for (const ViewedAxis& axis : grid.axes) names.push_back(axis.name);
  if (!selection.axes.empty()) return named_axes(selection.axes, names);
  std::vector<std::size_t> axes(names.size());
  std::iota(axes.begin(), axes.end(), std::size_t{0});
  return axes;
}

// The fields alone; components of vectors that are stacked on a first axis are fields.
ViewedGrid grid_of_input(const FieldCommand& command) {
  ViewRequest request{command.input, {}, Notes::hidden};
  request.selection.axes = command.selection.axes;
  request.selection.spacings = command.selection.spacings;
  if (!io::is_labelled(io::recognise(command.input))) {
    request.first_axis =
        takes_vector(command.op) ? FirstAxis::components : FirstAxis::plain;
    return viewed_array(request);
  }
  const auto file = io::open_labelled(command.input);
  request.selection.variables = drawn_variables(file->dataset(), command);
  return viewed_variables(request);
}

// The variables of the results, as many as a picture has room for.
void add_labelled_results(ViewedGrid& grid, const std::string& path) {
  const auto file = io::open_labelled(path);
  ViewRequest request{path, {}, Notes::hidden};
  for (const io::Variable* variable : fields_of(file->dataset())) {
    if (grid.fields.size() + request.selection.variables.size() == most_fields) break;
    request.selection.variables.push_back(variable->name);
  }
  for (ViewedField& field : viewed_variables(request).fields) {
    grid.fields.push_back(std::move(field));
  }
}

std::vector<std::size_t> axes_of_gradient(const ViewedGrid& grid,
                                          const FieldCommand& command) {
  if (!io::is_labelled(io::recognise(command.input))) {
    return array_axes(grid, command.selection);
  }
  const auto file = io::open_labelled(command.input);
  const auto names = drawn_variables(file->dataset(), command);
  return chosen_axes(file->dataset(), *io::find_variable(file->dataset(), names.front()),
                     command.selection.axes);
}

void add_results(ViewedGrid& grid, const FieldCommand& command) {
  const std::string& path = command.destination.path;
  const std::size_t before = grid.fields.size();
  if (kind_of(command.destination) == OutputKind::labelled) {
    add_labelled_results(grid, path);
  } else {
    add_array_results(
        grid, path,
        {command.op, command.scheme.derivative, axes_of_gradient(grid, command)});
  }
  if (command.op == Operator::grad || grid.fields.size() == before) return;
  const bool is_one = grid.fields.size() == before + 1;
  grid.title =
      is_one ? grid.fields[before].title : name_of(command.op) + " of " + grid.title;
}

// What holds the results of an input; netCDF has no complex numbers.
std::string scratch_name(const FieldCommand& command, bool is_complex) {
  if (!io::is_labelled(io::recognise(command.input))) return "results.npy";
  return is_complex ? "results.h5" : "results.nc";
}

}  // namespace

ExitCode calculate_and_view(const FieldCommand& asked, const Invocation& invocation) {
  FieldCommand command = asked;
  ViewCommand picture;
  picture.input = command.input;
  picture.destination = {command.view, command.destination.existing};
  picture.progress = command.conduct.progress;
  require_picture(picture.destination, "view");
  require_files(command);
  if (io::is_same_file(command.input, command.view)) refuse_view("is the input");
  if (is_refused(picture.destination)) return ExitCode::output_exists;
  command.view.clear();
  if (command.conduct.run != Run::work) return calculate(command, invocation);
  ViewedGrid grid = grid_of_input(command);
  static_cast<void>(drawn_axes(grid, {}, {}));
  io::require_place(picture.destination.path, 0);
  // Beside the picture, and removed at the end.
  std::optional<io::PartFile> scratch;
  if (command.destination.path.empty()) {
    scratch.emplace(asked.view + ".results", 0, io::PartKind::directory);
    command.destination.path =
        scratch->path() + "/" + scratch_name(command, grid.fields.front().is_complex);
    const bool is_array = kind_of(command.destination) == OutputKind::npy;
    if (!is_array && command.storage.compression.empty()) {
      command.storage.compression = "none";
    }
  }
  const ExitCode code = calculate(command, invocation);
  if (code != ExitCode::done) return code;
  add_results(grid, command);
  return draw(picture, grid, Below::nothing, invocation.notes);
}

}  // namespace gridgrad::cli

// cli/view_results.cpp: results to a file, which is drawn beside the input
//
// SPDX-License-Identifier: BSD-3-Clause

#include "view_results.hpp"

#include <algorithm>
#include <memory>
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
#include "labelled_field.hpp"
#include "labels.hpp"
#include "output.hpp"
#include "variables.hpp"
#include "view.hpp"
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

void append(ViewedGrid& grid, ViewedGrid results) {
  for (ViewedField& field : results.fields) grid.fields.push_back(std::move(field));
}

// The variables of the results that the input does not have.
std::vector<std::string> result_names(const std::string& input,
                                      const std::string& output) {
  const auto before = io::open_labelled(input);
  const auto after = io::open_labelled(output);
  std::vector<std::string> names;
  for (const io::Variable* variable : fields_of(after->dataset())) {
    if (io::find_variable(before->dataset(), variable->name) == nullptr) {
      names.push_back(variable->name);
    }
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

ViewedGrid labelled_grid(const FieldCommand& command) {
  const auto file = io::open_labelled(command.input);
  ViewRequest request{command.input, {}, Notes::hidden};
  request.selection.variables = drawn_variables(file->dataset(), command);
  ViewedGrid grid = viewed_variables(request);
  if (kind_of(command.destination) == OutputKind::labelled) {
    request.input = command.destination.path;
    request.selection.variables = result_names(command.input, command.destination.path);
    append(grid, viewed_variables(request));
    return grid;
  }
  const io::Variable& variable =
      *io::find_variable(file->dataset(), request.selection.variables.front());
  add_array_results(
      grid, command.destination.path,
      {command.op, chosen_axes(file->dataset(), variable, command.selection.axes)});
  return grid;
}

// Components that are stacked on a first axis are left out: the results have the others.
ViewedGrid array_grid(const FieldCommand& command) {
  const bool is_stacked = takes_vector(command.op);
  ViewRequest request{
      is_stacked ? command.destination.path : command.input, {}, Notes::hidden};
  request.selection.axes = command.selection.axes;
  request.selection.spacings = command.selection.spacings;
  ViewedGrid grid = viewed_array(request);
  if (is_stacked) return grid;
  add_array_results(grid, command.destination.path,
                    {command.op, array_axes(grid, command.selection)});
  return grid;
}

ViewedGrid grid_with_results(const FieldCommand& command) {
  const std::size_t before = takes_vector(command.op) ? 0 : 1;
  ViewedGrid grid = io::is_labelled(io::recognise(command.input)) ? labelled_grid(command)
                                                                  : array_grid(command);
  if (command.op != Operator::grad && grid.fields.size() > before) {
    grid.title = grid.fields[before].title;
  }
  return grid;
}

// A place for results that were not asked for, removed at the end.
class Scratch {
 public:
  explicit Scratch(const FieldCommand& command)
      : folder_(command.view + ".results", 0, io::PartKind::directory) {
    const bool is_labelled = io::is_labelled(io::recognise(command.input));
    path_ = folder_.path() + (is_labelled ? "/results.nc" : "/results.npy");
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  io::PartFile folder_;
  std::string path_;
};

void require_one_picture(const FieldCommand& command) {
  if (!io::is_labelled(io::recognise(command.input))) return;
  const auto file = io::open_labelled(command.input);
  static_cast<void>(drawn_variables(file->dataset(), command));
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
  require_apart(command.input, picture.destination);
  require_one_picture(command);
  if (is_refused(picture.destination)) return ExitCode::output_exists;
  std::optional<Scratch> scratch;
  const bool is_plan = command.conduct.run != Run::work;
  if (command.destination.path.empty() && !is_plan) {
    scratch.emplace(command);
    command.destination.path = scratch->path();
  }
  command.view.clear();
  const ExitCode code = calculate(command, invocation);
  if (code != ExitCode::done || is_plan) return code;
  return draw(picture, grid_with_results(command), Below::nothing, invocation.notes);
}

}  // namespace gridgrad::cli

// cli/variables.cpp: names as typed, else every floating variable that has the axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "variables.hpp"

#include <algorithm>

#include "axis_names.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/strided_view.hpp"
#include "labels.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;

std::vector<std::string> field_names(const Dataset& dataset) {
  std::vector<std::string> names;
  for (const Variable* variable : fields_of(dataset)) {
    if (!variable->dimensions.empty()) names.push_back(variable->name);
  }
  return names;
}

[[noreturn]] void refuse_variable(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "variable", message);
}

// Names in groups are compared without them where none was typed.
std::string path_suggestion(const std::string& typed,
                            const std::vector<std::string>& names) {
  std::vector<std::string> leaves;
  for (const std::string& name : names) leaves.emplace_back(io::leaf_of(name));
  const bool has_groups = typed.find('/', 1) != std::string::npos;
  const auto found = nearest(typed, has_groups ? names : leaves);
  return found ? "; did you mean " + names[*found] + "?" : "";
}

// A path, or a name that only one variable has in whichever group.
const Variable* variable_called(const Dataset& dataset, const std::string& name) {
  const std::string_view path = std::string_view(name).substr(name.starts_with('/'));
  if (const Variable* const exact = io::find_linked_variable(dataset, path)) return exact;
  std::vector<std::string> paths;
  for (const Variable& variable : dataset.variables) {
    if (io::leaf_of(variable.name) == name) paths.push_back(variable.name);
  }
  if (paths.size() > 1) {
    refuse_variable("'" + name + "' given; " + joined(paths) +
                    " have this name, and one of these is needed");
  }
  return paths.empty() ? nullptr : io::find_variable(dataset, paths.front());
}

const Variable& variable_named(const Dataset& dataset, const std::string& name) {
  const Variable* const variable = variable_called(dataset, name);
  if (variable == nullptr) {
    const std::vector<std::string> names = field_names(dataset);
    refuse_variable("'" + name + "' given; the input has " + joined(names) +
                    path_suggestion(name, names));
  }
  if (variable->dimensions.size() > max_rank) {
    throw Error(ErrorCode::unsupported, name,
                std::to_string(variable->dimensions.size()) + " axes; at most " +
                    std::to_string(max_rank) + " are accepted");
  }
  if (!variable->type) {
    throw Error(
        ErrorCode::bad_type, "variable",
        name + " does not hold numbers; the input has " + joined(field_names(dataset)));
  }
  if (variable->dimensions.empty()) {
    throw Error(ErrorCode::bad_axis, "variable",
                name + " is a single number and has no axes");
  }
  return *variable;
}

// Whether the axes asked for, or any by default, are among those of the variable.
bool has_axes(const Dataset& dataset, const Variable& variable,
              const std::vector<std::string>& words) {
  if (words.empty()) return !default_axes(dataset, variable).empty();
  try {
    return !named_axes(words, axis_names_of(dataset, variable)).empty();
  } catch (const Error&) {
    return false;
  }
}

void require_dimensions(const Dataset& dataset, const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const io::Dimension& dimension : dataset.dimensions) {
    const std::string name(io::leaf_of(dimension.name));
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  static_cast<void>(named_axes(words, names));
}

[[noreturn]] void refuse_choice(const Dataset& dataset, const Selection& selection,
                                const std::vector<std::string>& names) {
  require_dimensions(dataset, selection.axes);
  if (!selection.axes.empty() || dataset.dimensions.empty()) {
    refuse_variable("no floating variable of the input has axes " +
                    joined(selection.axes) + "; -v chooses one of " + joined(names));
  }
  refuse_variable(
      "no floating variable of the input has an axis besides time, record, "
      "ensemble and one-sample axes; -x chooses such, as -x " +
      std::string(io::leaf_of(dataset.dimensions.front().name)) + ", or -v one of " +
      joined(names));
}

}  // namespace

bool is_floating_field(const Variable& variable) {
  return *variable.type < ElementType::int8 ||
         io::find_attribute(variable.attributes, "scale_factor") != nullptr;
}

std::vector<const io::Variable*> chosen_variables(const io::Dataset& dataset,
                                                  const Selection& selection,
                                                  Notes notes) {
  std::vector<const Variable*> chosen;
  for (const std::string& name : selection.variables) {
    const Variable* const variable = &variable_named(dataset, name);
    if (std::ranges::find(chosen, variable) != chosen.end()) {
      refuse_variable(name + " given twice");
    }
    chosen.push_back(variable);
  }
  if (!chosen.empty()) return chosen;
  const std::vector<std::string> names = field_names(dataset);
  for (const std::string& name : names) {
    const Variable* const variable = io::find_variable(dataset, name);
    const bool is_chosen = is_floating_field(*variable) || names.size() == 1;
    if (!is_chosen || !has_axes(dataset, *variable, selection.axes)) continue;
    chosen.push_back(variable);
  }
  if (chosen.empty()) refuse_choice(dataset, selection, names);
  if (names.size() > 1) say_chosen(chosen, notes);
  return chosen;
}

void say_chosen(const std::vector<const Variable*>& chosen, Notes notes) {
  std::vector<std::string> names;
  for (const Variable* variable : chosen) names.push_back(variable->name);
  note(notes, "variables " + joined(names) + " chosen; -v chooses others");
}

std::vector<std::size_t> default_axes(const Dataset& dataset, const Variable& variable) {
  std::vector<std::size_t> axes;
  for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
    if (kind_of_axis(dataset, variable.dimensions[axis]) == AxisKind::space) {
      axes.push_back(axis);
    }
  }
  return axes;
}

}  // namespace gridgrad::cli

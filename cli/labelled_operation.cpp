// cli/labelled_operation.cpp: operands and axes by name, with what does not fit refused
//
// SPDX-License-Identifier: BSD-3-Clause

#include "labelled_operation.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "component_names.hpp"
#include "gridgrad/error.hpp"
#include "labels.hpp"
#include "metric_option.hpp"
#include "packing.hpp"
#include "result_labels.hpp"
#include "suggestion.hpp"
#include "variables.hpp"
#include "vector_axes.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;
using Variables = std::vector<const Variable*>;

// Numbers, or variables of the input.
struct GivenDirection {
  std::vector<double> numbers;
  Variables variables;

  [[nodiscard]] std::size_t size() const { return numbers.size() + variables.size(); }
};

GivenDirection given_direction(const Dataset& dataset, const FieldCommand& command) {
  GivenDirection direction;
  Selection selection;
  for (const std::string& word : command.along) {
    if (const auto number = number_of(word)) {
      direction.numbers.push_back(*number);
    } else {
      selection.variables.push_back(word);
    }
  }
  if (!direction.numbers.empty() && !selection.variables.empty()) {
    throw Error(ErrorCode::bad_argument, "along",
                "numbers and variables given; either is accepted");
  }
  if (!selection.variables.empty()) {
    direction.variables = chosen_variables(dataset, selection, Notes::hidden);
  }
  return direction;
}

class Planner {
 public:
  Planner(const io::LabelledReader& file, const FieldCommand& command, Notes notes)
      : file_(file), dataset_(file.dataset()), command_(command), notes_(notes) {}

  // Operands, the first of which has the axes.
  [[nodiscard]] LabelledOperation plan(Variables operands, std::size_t components,
                                       std::vector<double> constants = {}) {
    require_one_grid(dataset_, operands);
    const Variable& first = *operands.front();
    const std::vector<std::string>& words = command_.selection.axes;
    if (is_of_terrain(command_.op)) components = 2;
    const auto axes = components == 0 ? chosen_axes(dataset_, first, words)
                                      : vector_axes(dataset_, first, words, components);
    LabelledOperation operation;
    operation.field = field_along(file_, first, axes, command_.selection);
    operation.field.derivative = command_.scheme.derivative;
    operation.operands = std::move(operands);
    const auto [metric, remark] =
        metric_for({command_, dataset_, first}, operation.field.components);
    if (!remark.empty() && said_.insert(remark).second) note(notes_, remark);
    operation.operation = {command_.op,     operation.field.components, metric,
                           command_.scheme, std::move(constants),       command_.terrain};
    require_fit(operation.operation, operation.field.extents);
    const bool has_orientation =
        is_of_terrain(command_.op) ||
        (command_.op == Operator::curl && !metric.is_cartesian());
    if (has_orientation) {
      require_east_before_north(dataset_, dimensions_of(operation.field), command_.op);
    }
    require_types(operation);
    operation.results = labels_of(dataset_, operation, command_.name_template);
    return operation;
  }

  [[nodiscard]] std::vector<LabelledOperation> plans() {
    if (takes_vector(command_.op)) return {plan_of_vector()};
    const GivenDirection direction = given_direction(dataset_, command_);
    const Variables chosen = operands_for(direction);
    std::vector<LabelledOperation> operations;
    for (const Variable* variable : chosen) {
      Variables operands = {variable};
      operands.insert(operands.end(), direction.variables.begin(),
                      direction.variables.end());
      operations.push_back(
          plan(std::move(operands), direction.size(), direction.numbers));
    }
    return operations;
  }

 private:
  [[nodiscard]] static std::vector<std::size_t> dimensions_of(
      const LabelledField& field) {
    std::vector<std::size_t> dimensions;
    for (const Component& component : field.components) {
      dimensions.push_back(field.variable->dimensions[component.axis]);
    }
    return dimensions;
  }

  // Variables that nobody chose are not the components of the direction.
  [[nodiscard]] Variables operands_for(const GivenDirection& direction) const {
    const bool is_chosen = !command_.selection.variables.empty();
    if (is_chosen || direction.variables.empty()) {
      return chosen_variables(dataset_, command_.selection, notes_);
    }
    Variables chosen = chosen_variables(dataset_, command_.selection, Notes::hidden);
    std::erase_if(chosen, [&](const Variable* variable) {
      return std::ranges::find(direction.variables, variable) !=
             direction.variables.end();
    });
    if (chosen.empty()) {
      throw Error(ErrorCode::bad_argument, "variable",
                  "none given, and the input has no others than those of --along");
    }
    say_chosen(chosen, notes_);
    return chosen;
  }

  [[nodiscard]] LabelledOperation plan_of_vector() {
    if (command_.selection.variables.empty()) {
      throw Error(
          ErrorCode::bad_argument, "variable",
          fmt::format("none given; {} needs the components of a vector, as -v u,v",
                      name_of(command_.op)));
    }
    const Variables operands = chosen_variables(dataset_, command_.selection, notes_);
    return plan(operands, operands.size());
  }

  // Complex numbers have no float64 that stands for them.
  static void require_types(const LabelledOperation& operation) {
    if (!are_unpacked(operation)) return;
    for (const Variable* operand : operation.operands) {
      const ElementType type = field_type(*operand);
      if (type != ElementType::complex64 && type != ElementType::complex128) continue;
      throw Error(ErrorCode::bad_type, "variable",
                  fmt::format("{} holds {}, another operand does not", operand->name,
                              name(type)));
    }
  }

  const io::LabelledReader& file_;
  const Dataset& dataset_;
  const FieldCommand& command_;
  Notes notes_;
  std::set<std::string> said_;  // once of all variables
};

}  // namespace

bool are_unpacked(const LabelledOperation& operation) {
  if (is_of_terrain(operation.operation.op)) return is_packed(*operation.operands[0]);
  if (operation.operands.size() == 1 && operation.operation.constants.empty()) {
    return false;
  }
  const ElementType type = field_type(*operation.operands.front());
  return std::ranges::any_of(operation.operands, [&](const Variable* operand) {
    return field_type(*operand) != type || type >= ElementType::int8 ||
           is_packed(*operand);
  });
}

ElementType result_type(const LabelledOperation& operation) {
  return are_unpacked(operation) ? ElementType::float64
                                 : result_type(field_type(*operation.field.variable));
}

std::optional<double> fill_of(const LabelledOperation& operation) {
  for (const Variable* operand : operation.operands) {
    if (const auto fill = fill_of(*operand)) return fill;
  }
  return std::nullopt;
}

std::string title_of_operands(const LabelledOperation& operation) {
  std::string title;
  for (const Variable* operand : operation.operands) {
    title += (title.empty() ? "" : ", ") + operand->name;
  }
  return title;
}

std::vector<LabelledOperation> labelled_operations(const io::LabelledReader& file,
                                                   const FieldCommand& command,
                                                   Notes notes) {
  std::vector<LabelledOperation> operations = Planner(file, command, notes).plans();
  std::vector<std::string> names;
  std::vector<LabelledField> fields;
  for (const LabelledOperation& operation : operations) {
    fields.push_back(operation.field);
    for (const LabelledResult& result : operation.results) names.push_back(result.name);
  }
  require_distinct_names(names);
  if (command.selection.axes.empty()) {
    say_what_was_left_out(file.dataset(), fields, notes);
  }
  if (command.selection.spacings.empty()) say_positions(file, fields, notes);
  return operations;
}

}  // namespace gridgrad::cli

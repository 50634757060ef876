// cli/boundary.cpp: names of boundaries, and their numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#include "boundary.hpp"

#include <algorithm>

#include "axis_names.hpp"
#include "gridgrad/error.hpp"
#include "suggestion.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

const std::vector<std::string> rule_names = {
    "one-sided",          "periodic", "symmetric", "symmetric-half", "antisymmetric",
    "antisymmetric-half", "nearest",  "constant",  "neumann"};

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "boundary", message);
}

// One rule as it was typed: NAME or NAME@VALUE.
struct Rule {
  std::string name;
  std::optional<std::string> value;
};

Rule split(const std::string& word) {
  const std::size_t at = word.find('@');
  if (at == std::string::npos) return {word, std::nullopt};
  return {word.substr(0, at), word.substr(at + 1)};
}

double number_in(const Rule& rule) {
  const auto number = rule.value ? number_of(*rule.value) : std::nullopt;
  if (number) return *number;
  refuse("'" + rule.name + (rule.value ? "@" + *rule.value : "") +
         "' given; a number is "
         "needed, as in " +
         rule.name + "@0");
}

void require_no_value(const Rule& rule) {
  if (!rule.value) return;
  refuse("'" + rule.name + "@" + *rule.value + "' given; " + rule.name +
         " takes no value");
}

Boundary periodic(const Rule& rule, const std::optional<double>& implied) {
  if (rule.value) return Periodic{number_in(rule)};
  return Periodic{implied};
}

Boundary antisymmetric(const Rule& rule, Mirror mirror) {
  if (!rule.value || *rule.value == "zero") return Antisymmetric{mirror, Level::zero};
  if (*rule.value == "end") return Antisymmetric{mirror, Level::end_value};
  refuse("'" + rule.name + "@" + *rule.value + "' given; " + rule.name + "@zero or " +
         rule.name + "@end is accepted");
}

Boundary boundary_of(const std::string& word, const std::optional<double>& period) {
  const Rule rule = split(word);
  if (rule.name == "periodic") return periodic(rule, period);
  if (rule.name == "constant") return Constant{number_in(rule)};
  if (rule.name == "neumann") return Neumann{number_in(rule)};
  if (rule.name == "antisymmetric") return antisymmetric(rule, Mirror::sample);
  if (rule.name == "antisymmetric-half") return antisymmetric(rule, Mirror::half_point);
  if (std::ranges::find(rule_names, rule.name) == rule_names.end()) {
    refuse("'" + word + "' given; accepted: " + joined(rule_names) +
           suggestion(rule.name, rule_names));
  }
  require_no_value(rule);
  if (rule.name == "symmetric") return Symmetric{Mirror::sample};
  if (rule.name == "symmetric-half") return Symmetric{Mirror::half_point};
  if (rule.name == "nearest") return Nearest{};
  return OneSided{};
}

// The component along an axis that was named or numbered.
Component& component_along(std::vector<Component>& components, const std::string& word,
                           const std::vector<std::string>& names) {
  const std::size_t axis = named_axes({word}, names).front();
  const auto found = std::ranges::find(components, axis, &Component::axis);
  if (found != components.end()) return *found;
  std::vector<std::string> there;
  for (const Component& component : components) there.push_back(component.name);
  refuse("axis " + names[axis] + " is not differentiated; the axes are " + joined(there));
}

}  // namespace

void set_ends(std::vector<Component>& components, const std::vector<std::string>& words,
              const std::vector<std::string>& names, const PeriodOf& period_of) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) {
      refuse("'" + word + "' given; AXIS=RULE is needed, as in " + names.back() +
             "=periodic");
    }
    Component& component = component_along(components, word.substr(0, equals), names);
    const std::string rules = word.substr(equals + 1);
    const std::size_t colon = rules.find(':');
    const auto period = period_of(component.axis);
    const Boundary lower = boundary_of(rules.substr(0, colon), period);
    const Boundary upper =
        colon == std::string::npos ? lower : boundary_of(rules.substr(colon + 1), period);
    component.positions.rule = component.positions.rule.with_ends(lower, upper);
  }
}

}  // namespace gridgrad::cli

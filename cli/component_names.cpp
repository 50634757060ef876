// cli/component_names.cpp: names of results
//
// SPDX-License-Identifier: BSD-3-Clause

#include "component_names.hpp"

#include <array>
#include <set>
#include <string_view>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

struct Word {
  std::string_view braced;
  std::string meaning;
};

// Replaces the words in braces; others stay.
std::string filled(const std::string& name_template, const std::array<Word, 3>& words) {
  std::string name;
  for (std::size_t at = 0; at < name_template.size();) {
    const std::string_view rest = std::string_view(name_template).substr(at);
    const Word* found = nullptr;
    for (const Word& word : words) {
      if (rest.starts_with(word.braced)) found = &word;
    }
    name += found == nullptr ? std::string(1, rest.front()) : found->meaning;
    at += found == nullptr ? 1 : found->braced.size();
  }
  return name;
}

std::string usual_name(const std::string& variable, const std::string& axis,
                       int derivative) {
  const std::string order = derivative == 1 ? "" : std::to_string(derivative);
  return "d" + order + variable + "_d" + axis + order;
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "name", message);
}

}  // namespace

std::string component_name(const LabelledField& field, const Component& component) {
  const std::string variable(io::leaf_of(field.variable->name));
  const std::string group(io::group_of(field.variable->name));
  // The path of an axis that shares its leaf with another one.
  std::string axis = component.name;
  for (char& letter : axis) {
    if (letter == '/') letter = '_';
  }
  const std::string name =
      field.name_template.empty()
          ? usual_name(variable, axis, field.derivative)
          : filled(field.name_template,
                   {{{"{var}", variable},
                     {"{axis}", axis},
                     {"{order}", std::to_string(field.derivative)}}});
  return group.empty() ? name : group + "/" + name;
}

void require_name_template(const std::string& name_template) {
  const std::string left =
      filled(name_template, {{{"{var}", "v"}, {"{axis}", "a"}, {"{order}", "1"}}});
  const bool has_control =
      left.find_first_of(std::string_view("/\0\n\r\t", 5)) != std::string::npos;
  if (has_control || left.find_first_of("{}") != std::string::npos) {
    refuse("'" + name_template +
           "' given; a name without '/' is needed, in which {var}, {axis} and {order} "
           "stand for those of a result");
  }
}

void require_distinct_names(const std::vector<LabelledField>& fields) {
  std::set<std::string> names;
  for (const LabelledField& field : fields) {
    for (const Component& component : field.components) {
      const std::string name = component_name(field, component);
      if (names.insert(name).second) continue;
      refuse("two results would be called " + name +
             "; {var} and {axis} tell them apart");
    }
  }
}

}  // namespace gridgrad::cli

// cli/component_names.cpp: names of results
//
// SPDX-License-Identifier: BSD-3-Clause

#include "component_names.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

struct Word {
  std::string_view braced;
  std::string meaning;
};

// Replaces the words in braces; others stay.
std::string filled(const std::string& name_template, std::span<const Word> words) {
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

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "_") + word;
  return text;
}

std::string usual_name(const ResultWords& words, const std::string& variables,
                       const std::string& axes) {
  if (words.op != "grad") {
    return words.op + "_" + variables + (axes.empty() ? "" : "_" + axes);
  }
  const std::string order = words.derivative == 1 ? "" : std::to_string(words.derivative);
  return "d" + order + variables + "_d" + axes + order;
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "name", message);
}

}  // namespace

std::string result_name(const ResultWords& words, const std::string& name_template) {
  std::vector<std::string> leaves;
  for (const std::string& path : words.variables) leaves.emplace_back(io::leaf_of(path));
  const std::string variables = joined(leaves);
  // The path of an axis that shares its leaf with another one.
  std::string axes = joined(words.axes);
  std::ranges::replace(axes, '/', '_');
  const std::array<Word, 4> meanings = {{{"{op}", words.op},
                                         {"{var}", variables},
                                         {"{axis}", axes},
                                         {"{order}", std::to_string(words.derivative)}}};
  const std::string name = name_template.empty() ? usual_name(words, variables, axes)
                                                 : filled(name_template, meanings);
  const std::string group(io::group_of(words.variables.front()));
  return group.empty() ? name : group + "/" + name;
}

std::string component_name(const LabelledField& field, const Component& component) {
  return result_name({"grad", {field.variable->name}, {component.name}, field.derivative},
                     {});
}

void require_name_template(const std::string& name_template) {
  constexpr std::string_view control("/\0\n\r\t", 5);
  const std::array<Word, 4> meanings = {
      {{"{op}", "o"}, {"{var}", "v"}, {"{axis}", "a"}, {"{order}", "1"}}};
  const std::string left = filled(name_template, meanings);
  const bool has_control = left.find_first_of(control) != std::string::npos;
  if (has_control || left.find_first_of("{}") != std::string::npos) {
    refuse("'" + name_template +
           "' given; a name without '/' is needed, in which {op}, {var}, {axis} and "
           "{order} stand for those of a result");
  }
}

void require_distinct_names(const std::vector<std::string>& names) {
  std::set<std::string> taken;
  for (const std::string& name : names) {
    if (taken.insert(name).second) continue;
    refuse("two results would be called " + name +
           "; {op}, {var} and {axis} tell them apart");
  }
}

}  // namespace gridgrad::cli

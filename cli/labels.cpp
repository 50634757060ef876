// cli/labels.cpp: the CF conventions, as far as axes need them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "labels.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::text_of;
using io::Variable;

bool is_time(const std::string& name, const Variable* coordinate) {
  if (lower(name) == "time") return true;
  if (coordinate == nullptr) return false;
  return text_of(coordinate->attributes, "axis") == "T" ||
         text_of(coordinate->attributes, "standard_name") == "time" ||
         text_of(coordinate->attributes, "units").find(" since ") != std::string::npos;
}

bool is_ensemble(const std::string& name, const Variable* coordinate) {
  constexpr std::array<std::string_view, 5> names = {"ensemble", "member", "realization",
                                                     "realisation", "number"};
  if (std::ranges::find(names, lower(name)) != names.end()) return true;
  return coordinate != nullptr &&
         text_of(coordinate->attributes, "standard_name") == "realization";
}

bool is_horizontal(const Variable& variable) {
  const std::string axis = text_of(variable.attributes, "axis");
  if (axis == "X" || axis == "Y") return true;
  const std::string standard_name = text_of(variable.attributes, "standard_name");
  if (standard_name == "latitude" || standard_name == "longitude") return true;
  const std::string units = lower(text_of(variable.attributes, "units"));
  if (units.starts_with("degree") &&
      (units.ends_with("n") || units.ends_with("e") || units.ends_with("north") ||
       units.ends_with("east"))) {
    return true;
  }
  const std::string name = lower(variable.name);
  return name.find("lat") != std::string::npos || name.find("lon") != std::string::npos;
}

// Attributes whose words are names of variables.
constexpr std::array<const char*, 4> naming_attributes = {"coordinates", "grid_mapping",
                                                          "bounds", "climatology"};

std::vector<std::string> named_by(const Variable& variable) {
  std::vector<std::string> names;
  for (const char* const attribute : naming_attributes) {
    for (std::string& word : words_of(text_of(variable.attributes, attribute))) {
      // "crs: x y" is grid_mapping's longer form.
      if (word.ends_with(':')) word.pop_back();
      names.push_back(std::move(word));
    }
  }
  return names;
}

// The variables that the attributes of `variable` name.
std::vector<const Variable*> variables_named_by(const Dataset& dataset,
                                                const Variable& variable) {
  std::vector<const Variable*> variables;
  for (const std::string& name : named_by(variable)) {
    const Variable* const named =
        variable_near(dataset, io::group_of(variable.name), name);
    if (named != nullptr) variables.push_back(named);
  }
  return variables;
}

void add_with_bounds(const Dataset& dataset, const Variable* variable,
                     std::vector<std::string>& names) {
  if (variable == nullptr || std::ranges::find(names, variable->name) != names.end()) {
    return;
  }
  names.push_back(variable->name);
  for (const Variable* further : variables_named_by(dataset, *variable)) {
    add_with_bounds(dataset, further, names);
  }
}

// "../a/./b" from "x/y" is "x/a/b".
std::string path_from(std::string_view group, std::string_view name) {
  std::string path(group);
  while (!name.empty()) {
    const std::size_t slash = std::min(name.find('/'), name.size());
    const std::string_view step = name.substr(0, slash);
    name.remove_prefix(std::min(slash + 1, name.size()));
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      path = io::group_of(path);
    } else {
      path += (path.empty() ? "" : "/") + std::string(step);
    }
  }
  return path;
}

}  // namespace

std::string name_of(AxisKind kind) {
  switch (kind) {
    case AxisKind::space:
      return "";
    case AxisKind::time:
      return "time";
    case AxisKind::record:
      return "record";
    case AxisKind::ensemble:
      return "ensemble";
    case AxisKind::one_sample:
      break;
  }
  return "one sample";
}

AxisKind kind_of_axis(const Dataset& dataset, std::size_t dimension) {
  const io::Dimension& described = dataset.dimensions[dimension];
  const Variable* const coordinate = coordinate_of(dataset, dimension);
  const std::string name(io::leaf_of(described.name));
  if (is_time(name, coordinate)) return AxisKind::time;
  if (is_ensemble(name, coordinate)) return AxisKind::ensemble;
  if (described.is_unlimited) return AxisKind::record;
  return described.extent == 1 ? AxisKind::one_sample : AxisKind::space;
}

const Variable* coordinate_of(const Dataset& dataset, std::size_t dimension) {
  const Variable* const variable =
      io::find_variable(dataset, dataset.dimensions[dimension].name);
  if (variable == nullptr || !variable->type) return nullptr;
  const bool is_line =
      variable->dimensions.size() == 1 && variable->dimensions[0] == dimension;
  return is_line ? variable : nullptr;
}

bool is_latitude(const Variable& coordinate) {
  if (text_of(coordinate.attributes, "standard_name") == "latitude") return true;
  const std::string units = lower(text_of(coordinate.attributes, "units"));
  return units.starts_with("degree") &&
         (units.ends_with("_n") || units.ends_with("north"));
}

bool is_longitude(const Variable& coordinate) {
  if (text_of(coordinate.attributes, "standard_name") == "longitude") return true;
  const std::string units = lower(text_of(coordinate.attributes, "units"));
  return units.starts_with("degree") &&
         (units.ends_with("_e") || units.ends_with("east"));
}

bool is_degree(std::string_view unit) {
  constexpr std::array<std::string_view, 9> directions = {
      "", "_north", "_n", "north", "n", "_east", "_e", "east", "e"};
  constexpr std::string_view degree = "degree";
  const std::string text = lower(std::string(unit));
  if (!text.starts_with(degree)) return false;
  std::string_view rest = std::string_view(text).substr(degree.size());
  if (rest.starts_with('s')) rest.remove_prefix(1);
  return std::ranges::find(directions, rest) != directions.end();
}

std::optional<Direction> direction_of(const Dataset& dataset, std::size_t dimension) {
  const Variable* const coordinate = coordinate_of(dataset, dimension);
  if (coordinate == nullptr) return std::nullopt;
  if (is_longitude(*coordinate)) return Direction::x;
  if (is_latitude(*coordinate)) return Direction::y;
  const std::string axis = text_of(coordinate->attributes, "axis");
  const std::string name = text_of(coordinate->attributes, "standard_name");
  if (axis == "X" || name == "projection_x_coordinate" || name == "grid_longitude") {
    return Direction::x;
  }
  if (axis == "Y" || name == "projection_y_coordinate" || name == "grid_latitude") {
    return Direction::y;
  }
  const bool is_vertical =
      axis == "Z" || !text_of(coordinate->attributes, "positive").empty();
  return is_vertical ? std::optional(Direction::z) : std::nullopt;
}

std::string title_of(const Variable& variable) {
  for (const char* const attribute : {"standard_name", "long_name"}) {
    std::string title = text_of(variable.attributes, attribute);
    if (!title.empty()) return title;
  }
  return std::string(io::leaf_of(variable.name));
}

std::vector<std::string> aliases_of(const Dataset& dataset, std::size_t dimension) {
  std::vector<std::string> aliases;
  const auto add = [&](std::initializer_list<const char*> names) {
    aliases.insert(aliases.end(), names.begin(), names.end());
  };
  const Variable* const coordinate = coordinate_of(dataset, dimension);
  const std::string name(io::leaf_of(dataset.dimensions[dimension].name));
  if (is_time(name, coordinate)) {
    add({"time", "date", "datetime"});
  }
  if (coordinate == nullptr) return aliases;
  if (is_latitude(*coordinate)) add({"lat", "latitude"});
  if (is_longitude(*coordinate)) add({"lon", "lng", "longitude"});
  const std::string standard = lower(text_of(coordinate->attributes, "standard_name"));
  const bool is_new = std::ranges::find(aliases, standard) == aliases.end();
  if (!standard.empty() && is_new) aliases.push_back(standard);
  return aliases;
}

std::optional<double> period_of(const Dataset& dataset, std::size_t dimension) {
  const Variable* const coordinate = coordinate_of(dataset, dimension);
  if (coordinate == nullptr) return std::nullopt;
  const std::vector<double> modulo = io::numbers_of(coordinate->attributes, "modulo");
  if (modulo.size() == 1 && modulo[0] > 0) return modulo[0];
  constexpr double circle = 360;
  const bool is_angle =
      lower(text_of(coordinate->attributes, "units")).starts_with("degree");
  return is_angle ? std::optional<double>(circle) : std::nullopt;
}

std::vector<std::string> curvilinear_coordinates(const Dataset& dataset,
                                                 const Variable& variable,
                                                 std::size_t dimension) {
  std::vector<std::string> names;
  for (const std::string& name : words_of(text_of(variable.attributes, "coordinates"))) {
    const Variable* const named =
        variable_near(dataset, io::group_of(variable.name), name);
    if (named == nullptr || named->dimensions.size() < 2 || !is_horizontal(*named)) {
      continue;
    }
    const auto& along = named->dimensions;
    if (std::ranges::find(along, dimension) != along.end()) names.push_back(name);
  }
  return names;
}

std::vector<const Variable*> fields_of(const Dataset& dataset) {
  std::set<std::string_view> describing;
  for (const io::Dimension& dimension : dataset.dimensions) {
    describing.insert(dimension.name);
  }
  for (const Variable& variable : dataset.variables) {
    for (const Variable* named : variables_named_by(dataset, variable)) {
      describing.insert(named->name);
    }
  }
  std::vector<const Variable*> fields;
  for (const Variable& variable : dataset.variables) {
    if (variable.type && !describing.contains(variable.name)) fields.push_back(&variable);
  }
  return fields;
}

const Variable* variable_near(const Dataset& dataset, std::string_view group,
                              std::string_view name) {
  if (name.starts_with('/')) return io::find_variable(dataset, path_from("", name));
  for (;; group = io::group_of(group)) {
    const Variable* const found = io::find_variable(dataset, path_from(group, name));
    if (found != nullptr || group.empty()) return found;
  }
}

std::vector<std::string> describing_variables(const Dataset& dataset,
                                              const Variable& variable) {
  std::vector<std::string> names;
  for (const std::size_t dimension : variable.dimensions) {
    const std::string& axis = dataset.dimensions[dimension].name;
    add_with_bounds(dataset, io::find_variable(dataset, axis), names);
  }
  for (const Variable* named : variables_named_by(dataset, variable)) {
    add_with_bounds(dataset, named, names);
  }
  std::erase(names, variable.name);
  return names;
}

std::vector<std::string> axis_names_of(const Dataset& dataset, const Variable& variable) {
  std::vector<std::string> names;
  std::map<std::string_view, std::set<std::size_t>> sharing;
  for (const std::size_t dimension : variable.dimensions) {
    sharing[io::leaf_of(dataset.dimensions[dimension].name)].insert(dimension);
  }
  for (const std::size_t dimension : variable.dimensions) {
    const std::string& name = dataset.dimensions[dimension].name;
    const std::string_view leaf = io::leaf_of(name);
    names.emplace_back(sharing[leaf].size() == 1 ? leaf : std::string_view(name));
  }
  return names;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  std::string word;
  while (stream >> word) words.push_back(word);
  return words;
}

}  // namespace gridgrad::cli

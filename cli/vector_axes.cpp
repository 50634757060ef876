// cli/vector_axes.cpp: east, north and up where the conventions tell, else the user does
//
// SPDX-License-Identifier: BSD-3-Clause

#include "vector_axes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "axis_names.hpp"
#include "gridgrad/error.hpp"
#include "labels.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;

// Nothing where none, or several, of the axes lead there.
std::optional<std::size_t> axis_towards(const Dataset& dataset, const Variable& variable,
                                        Direction direction) {
  std::optional<std::size_t> found;
  for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
    if (direction_of(dataset, variable.dimensions[axis]) != direction) continue;
    if (found) return std::nullopt;
    found = axis;
  }
  return found;
}

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::vector<std::size_t> recognised_axes(const Dataset& dataset, const Variable& variable,
                                         std::size_t components) {
  constexpr std::array directions = {Direction::x, Direction::y, Direction::z};
  constexpr std::array directed = {"X (longitude)", "Y (latitude)", "Z (vertical)"};
  std::vector<std::size_t> axes;
  std::vector<std::string> wanted;
  for (std::size_t k = 0; k < std::min(components, directions.size()); ++k) {
    const auto axis = axis_towards(dataset, variable, directions[k]);
    if (axis) axes.push_back(*axis);
    wanted.emplace_back(directed[k]);
  }
  if (axes.size() == components) return axes;
  throw Error(
      ErrorCode::bad_axis, "axis",
      fmt::format("none given, and {} ({}) {} not recognised as {}; -x gives the "
                  "axis of each component, in their order",
                  joined(axis_names_of(dataset, variable)), variable.name,
                  variable.dimensions.size() == 1 ? "is" : "are", joined(wanted)));
}

}  // namespace

std::vector<std::size_t> vector_axes(const Dataset& dataset, const Variable& variable,
                                     const std::vector<std::string>& words,
                                     std::size_t components) {
  if (words.empty()) return recognised_axes(dataset, variable, components);
  std::vector<std::size_t> axes = named_axes(words, axis_names_of(dataset, variable));
  if (axes.size() == components) return axes;
  throw Error(
      ErrorCode::bad_axis, "axis",
      fmt::format("{} given for {}; one for each is needed",
                  axes.size() == 1 ? "1 axis" : fmt::format("{} axes", axes.size()),
                  counted(components, "component")));
}

void require_one_grid(const Dataset& dataset,
                      const std::vector<const Variable*>& variables) {
  const Variable& first = *variables.front();
  for (const Variable* variable : variables) {
    if (variable->dimensions == first.dimensions) continue;
    throw Error(ErrorCode::bad_shape, "variable",
                fmt::format("{} has axes {}; those of {}, {}, are needed", variable->name,
                            joined(axis_names_of(dataset, *variable)), first.name,
                            joined(axis_names_of(dataset, first))));
  }
}

void require_east_before_north(const Dataset& dataset,
                               const std::vector<std::size_t>& dimensions, Operator op) {
  std::vector<Direction> directions;
  for (const std::size_t dimension : dimensions) {
    const auto direction = direction_of(dataset, dimension);
    if (!direction) return;
    directions.push_back(*direction);
  }
  // Turned until east is first, north comes next; two axes cannot be turned.
  const auto east = std::ranges::find(directions, Direction::x);
  if (east == directions.end()) return;
  if (directions.size() == 3) std::ranges::rotate(directions, east);
  const bool is_turned = directions.front() == Direction::y ||
                         (directions.size() == 3 && directions[1] == Direction::z);
  if (!is_turned) return;
  if (is_of_terrain(op)) {
    throw Error(ErrorCode::bad_axis, "axis",
                "north before east given; " + name_of(op) + " has 2: east, north");
  }
  throw Error(ErrorCode::bad_axis, "axis",
              "latitude before longitude given for a curl on the Earth, which would have "
              "the other sign; east, north, up is the order of -x, and of -v");
}

}  // namespace gridgrad::cli

// cli/component.cpp: axes as the library takes them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "component.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {

std::vector<double> coordinates_of(const Positions& positions, std::size_t extent) {
  std::vector<double> coordinates = positions.rule.positions(extent);
  if (positions.clock) return coordinates;
  for (double& coordinate : coordinates) coordinate /= positions.rule.unit();
  return coordinates;
}

std::vector<Along> along_of(std::span<const Component> components) {
  std::vector<Along> along;
  for (const Component& component : components) {
    along.push_back({component.axis, component.positions.rule});
  }
  return along;
}

void require_fit(std::span<const Component> components,
                 std::span<const std::size_t> extents, const Scheme& scheme) {
  for (const Component& component : components) {
    try {
      check_fit({component.axis, component.positions.rule}, extents, scheme);
    } catch (const Error& error) {
      constexpr std::array<std::string_view, 4> of_scheme = {"derivative", "accuracy",
                                                             "edge_order", "minimum"};
      if (std::ranges::find(of_scheme, error.argument()) != of_scheme.end()) throw;
      throw Error(error.code(), "axis " + component.name, error.what());
    }
  }
}

}  // namespace gridgrad::cli

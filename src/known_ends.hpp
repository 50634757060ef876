// known_ends.hpp: the numbers that the boundaries of an axis carry
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <variant>

#include "gridgrad/axis.hpp"
#include "gridgrad/boundary.hpp"

namespace gridgrad {

[[nodiscard]] inline EndValues known_at(const Boundary& end) {
  if (const auto* constant = std::get_if<Constant>(&end)) return constant->value;
  if (const auto* neumann = std::get_if<Neumann>(&end)) return neumann->slope;
  return {};
}

[[nodiscard]] inline std::array<EndValues, 2> known_at(const Axis& rule) {
  return {known_at(rule.lower()), known_at(rule.upper())};
}

}  // namespace gridgrad

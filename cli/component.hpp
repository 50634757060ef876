// cli/component.hpp: the axes that an operator differentiates along
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/gradient.hpp"
#include "gridgrad/scheme.hpp"
#include "times.hpp"

namespace gridgrad::cli {

// Positions along an axis; the unit they count in, empty for samples, nothing if it is
// not known; and what dates are in it.
struct Positions {
  Axis rule;
  std::optional<std::string> unit;
  std::optional<Clock> clock;
};

// Coordinates of samples, in the unit of the positions; of times what their clock counts.
[[nodiscard]] std::vector<double> coordinates_of(const Positions& positions,
                                                 std::size_t extent);

struct Component {
  std::size_t axis = 0;
  std::string name;  // of the axis
  Positions positions;
};

// As the library takes them.
[[nodiscard]] std::vector<Along> along_of(std::span<const Component> components);

// Throws what the library says of a rule that does not fit its axis, with the axis's
// name.
void require_fit(std::span<const Component> components,
                 std::span<const std::size_t> extents, const Scheme& scheme);

}  // namespace gridgrad::cli

// cli/component.hpp: the components of a gradient, checked, then computed
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/execution.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/io/any_array.hpp"
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

// The shape of all components together: that of the field, after their number if they are
// several.
[[nodiscard]] std::vector<std::size_t> shape_of(std::span<const Component> components,
                                                std::span<const std::size_t> extents);

struct Method {
  Scheme scheme;
  Execution execution;
};

// Several components are stacked in C order; one has the memory order of the field.
[[nodiscard]] io::AnyArray gradient_of(const io::AnyArray& field,
                                       std::span<const Component> components,
                                       const Method& method);

}  // namespace gridgrad::cli

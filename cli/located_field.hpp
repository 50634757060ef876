// cli/located_field.hpp: a field that is asked for at locations, planned before it is
// read
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "component.hpp"
#include "gridgrad/io/any_array.hpp"
#include "picks.hpp"
#include "point_columns.hpp"

namespace gridgrad::cli {

struct ResultColumn {
  std::string name;
  std::optional<std::string> unit;
};

struct LocatedField {
  std::vector<std::size_t> extents;
  std::vector<Pick> picks;
  std::vector<Component> components;  // along the other axes
  std::vector<PointAxis> axes;        // the same
  std::vector<ResultColumn> results;  // the value, then one per component
  double factor = 1;                  // of packed samples: factor * sample + offset
  double offset = 0;
  std::function<io::AnyArray()> read;  // the samples, once
};

// The field of an input that is one array, and a variable of a netCDF file. Axes of one
// sample are picked. Throws Error: bad_argument, bad_axis, bad_type naming what there is.
[[nodiscard]] LocatedField located_array(const AtCommand& command);
[[nodiscard]] LocatedField located_variable(const AtCommand& command, Notes notes);

// Throws what the library says of a rule that does not fit its axis, with the axis's
// name.
void require_fit(const LocatedField& field, const InterpolantOptions& options);

}  // namespace gridgrad::cli

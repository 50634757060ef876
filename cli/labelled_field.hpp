// cli/labelled_field.hpp: which variables of a netCDF file are differentiated, along what
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "component.hpp"
#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::cli {

struct LabelledField {
  const io::Variable* variable = nullptr;
  std::vector<std::size_t> extents;
  std::vector<Component> components;
  int derivative = 1;
};

// One variable along `axes`, at the positions and with the ends that `selection` asks
// for; that they fit a scheme is not checked.
[[nodiscard]] LabelledField field_along(const io::LabelledReader& file,
                                        const io::Variable& variable,
                                        const std::vector<std::size_t>& axes,
                                        const Selection& selection);

// The axes that `words` name, or the usual ones. Throws Error: bad_axis naming the axes
// there are.
[[nodiscard]] std::vector<std::size_t> chosen_axes(const io::Dataset& dataset,
                                                   const io::Variable& variable,
                                                   const std::vector<std::string>& words);

// Notes on axes that were left out because no option asked for them.
void say_what_was_left_out(const io::Dataset& dataset,
                           const std::vector<LabelledField>& fields, Notes notes);

// Notes on positions that no option asked for: axes that have spacing 1, and those that
// close on themselves.
void say_positions(const io::LabelledReader& file,
                   const std::vector<LabelledField>& fields, Notes notes);

// The positions along a dimension by its coordinate variable, else spacing 1.
[[nodiscard]] Positions positions_along(const io::LabelledReader& file,
                                        std::size_t dimension);

// The unit that a coordinate variable counts in: of "days since 1970-01-01" it is "day".
[[nodiscard]] std::optional<std::string> unit_of(const io::Variable& coordinate);

}  // namespace gridgrad::cli

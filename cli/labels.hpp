// cli/labels.hpp: what the names and attributes of a labelled file say about its axes
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::cli {

enum class AxisKind { space, time, record, ensemble, one_sample };

[[nodiscard]] AxisKind kind_of_axis(const io::Dataset& dataset, std::size_t dimension);

// "time", "record", ...; empty for space.
[[nodiscard]] std::string name_of(AxisKind kind);

// The 1-D numeric variable with the name of the dimension; null if there is none.
[[nodiscard]] const io::Variable* coordinate_of(const io::Dataset& dataset,
                                                std::size_t dimension);

[[nodiscard]] bool is_latitude(const io::Variable& coordinate);
[[nodiscard]] bool is_longitude(const io::Variable& coordinate);

// Whether a unit is that of an angle: "degree", "degrees_north", "degreeE", ...
[[nodiscard]] bool is_degree(std::string_view unit);

// East, north and up, or the like on a map.
enum class Direction { x, y, z };

// Where the coordinates of a dimension lead, as far as they say; nothing of those that do
// not.
[[nodiscard]] std::optional<Direction> direction_of(const io::Dataset& dataset,
                                                    std::size_t dimension);

// What people call a variable: its standard name, else its long one, else its own.
[[nodiscard]] std::string title_of(const io::Variable& variable);

// What the coordinates of a dimension are, in small letters, as a column of a table may
// call them: their standard name, "lat" and "latitude", "lon", "lng" and "longitude", or
// "time", "date" and "datetime".
[[nodiscard]] std::vector<std::string> aliases_of(const io::Dataset& dataset,
                                                  std::size_t dimension);

// The number after which the coordinates of a dimension recur: what the attribute modulo
// says, else 360 for degrees.
[[nodiscard]] std::optional<double> period_of(const io::Dataset& dataset,
                                              std::size_t dimension);

// Names of the 2-D (or higher) latitudes and longitudes that the variable's attribute
// `coordinates` names and that vary along the dimension.
[[nodiscard]] std::vector<std::string> curvilinear_coordinates(
    const io::Dataset& dataset, const io::Variable& variable, std::size_t dimension);

// The variables that hold numbers and describe no others as coordinates, bounds or a map
// projection do.
[[nodiscard]] std::vector<const io::Variable*> fields_of(const io::Dataset& dataset);

// The variable that `name` means in an attribute of one in this group, or on the command
// line: a path from the group, from those around it, or, after a slash, of the file. Null
// if there is none.
[[nodiscard]] const io::Variable* variable_near(const io::Dataset& dataset,
                                                std::string_view group,
                                                std::string_view name);

// The names of the variables that describe `variable`, those of its dimensions first,
// each once, and all of them in the dataset.
[[nodiscard]] std::vector<std::string> describing_variables(const io::Dataset& dataset,
                                                            const io::Variable& variable);

// The names of the dimensions of a variable, without their groups where they differ
// without, too.
[[nodiscard]] std::vector<std::string> axis_names_of(const io::Dataset& dataset,
                                                     const io::Variable& variable);

// The words of a text, separated by blanks.
[[nodiscard]] std::vector<std::string> words_of(const std::string& text);

}  // namespace gridgrad::cli

// cli/pictures/field_drawing.hpp: maps beside each other
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>

#include "drawing.hpp"
#include "picture.hpp"

namespace gridgrad::cli {

// How panels are arranged, and how large the map of each is.
struct MapLayout {
  std::size_t columns = 1;
  double width = 0;
  double height = 0;
};

// To scale, as far as there is room; else four by three. Two maps that are wide stand one
// below the other.
[[nodiscard]] MapLayout map_layout_of(const FieldPicture& picture);

[[nodiscard]] std::string svg_of_fields(const FieldPicture& picture);

}  // namespace gridgrad::cli

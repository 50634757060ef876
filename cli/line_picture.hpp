// cli/line_picture.hpp: fields of one axis, and their derivatives below
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "pictures/picture.hpp"
#include "viewed_axes.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {

// What is drawn below the fields.
enum class Below {
  derivatives,  // of the second order, first at the ends, as grad has them
  nothing,      // the fields have their derivatives among them
};

// Fields of one unit share a panel. Throws Error: bad_argument where all samples are
// missing, io.
[[nodiscard]] LinePicture line_picture(const ViewedGrid& grid, const DrawnAxes& axes,
                                       Below below, Notes notes);

}  // namespace gridgrad::cli

// cli/field_picture.hpp: fields of two axes and more, reduced to what a picture holds
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>

#include "pictures/picture.hpp"
#include "progress.hpp"
#include "viewed_axes.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {

// What a picture can show.
enum class PictureKind {
  still,        // one step
  interactive,  // all steps and layers
};

struct PictureRequest {
  PictureKind kind = PictureKind::still;
  Progress progress = Progress::automatic;
  Notes notes = Notes::shown;
};

// Reads the fields a part at a time. Cells are means of blocks of samples, of angles one
// of them, where there are more than a picture shows. Throws Error: bad_argument where
// all samples are missing, io.
[[nodiscard]] FieldPicture field_picture(const ViewedGrid& grid, const DrawnAxes& axes,
                                         const PictureRequest& request);

}  // namespace gridgrad::cli

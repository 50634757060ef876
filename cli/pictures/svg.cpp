// cli/pictures/svg.cpp: a picture as a file of vectors
//
// SPDX-License-Identifier: BSD-3-Clause

#include "svg.hpp"

#include "field_drawing.hpp"
#include "line_drawing.hpp"

namespace gridgrad::cli {

std::string svg_of(const Picture& picture) {
  if (const FieldPicture* const fields = std::get_if<FieldPicture>(&picture)) {
    return svg_of_fields(*fields);
  }
  return svg_of_lines(std::get<LinePicture>(picture));
}

}  // namespace gridgrad::cli

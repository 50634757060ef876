// cli/pictures/line_drawing.hpp: lines over one axis, panels below each other
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "picture.hpp"

namespace gridgrad::cli {

[[nodiscard]] std::string svg_of_lines(const LinePicture& picture);

}  // namespace gridgrad::cli

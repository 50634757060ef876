// cli/pictures/line_shape.hpp: samples of a line as what is drawn
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <span>
#include <vector>

#include "axis_look.hpp"
#include "drawing.hpp"

namespace gridgrad::cli {

struct LineShape {
  std::vector<std::vector<Point>> runs;  // of two points and more
  std::vector<Point> dots;               // samples that have no neighbours
};

// Where a line is drawn.
struct LineFrame {
  AxisScale x;
  AxisScale y;
};

// Of samples at ascending or descending positions; those that are not finite are missing
// and leave gaps. Of more than two samples in half a unit of the picture only the first,
// the least, the most and the last are drawn, so that none of the extremes is lost.
[[nodiscard]] LineShape shape_of(std::span<const double> positions,
                                 std::span<const double> samples, const LineFrame& frame);

}  // namespace gridgrad::cli

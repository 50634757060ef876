// cli/pictures/arrows.hpp: vectors over a map
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <vector>

#include "axis_look.hpp"
#include "drawing.hpp"
#include "picture.hpp"

namespace gridgrad::cli {

// Where a map stands and what is there.
struct MapFrame {
  Box box;
  AxisScale x;
  AxisScale y;
};

struct Arrow {
  Point tail;
  Point tip;
};

struct Arrows {
  std::vector<Arrow> arrows;  // their middles at samples
  double reference = 0;       // a round length, of the unit of the components; 0: none
  double reference_length = 0;
  bool are_cut = false;  // those of the longest vectors

  [[nodiscard]] bool empty() const { return arrows.empty(); }
};

// At most 30 side by side and 20 above each other, at samples that are not missing. A
// length that 95 of 100 of them do not exceed is drawn as long as they are apart; longer
// ones are twice that at most. Larger components point to where positions are larger.
[[nodiscard]] Arrows arrows_of(const FieldPicture& picture, const MapFrame& frame);

// Dark, within a light border, so that they are seen on any colour.
void draw_arrows(Drawing& drawing, const Arrows& arrows);

}  // namespace gridgrad::cli

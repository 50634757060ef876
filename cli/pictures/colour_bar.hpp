// cli/pictures/colour_bar.hpp: which value has which colour, beside a map
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "axis_look.hpp"
#include "drawing.hpp"
#include "picture.hpp"

namespace gridgrad::cli {

struct ColourBar {
  ColourRange range;
  bool has_more = false;  // values above the range: an end that is pointed
  bool has_less = false;
  AxisWords words;

  // From the map to the end of its words.
  [[nodiscard]] double depth() const;
};

// As high as the map.
[[nodiscard]] ColourBar colour_bar_of(const Layer& layer, double height);

// To the right of the map.
void draw_colour_bar(Drawing& drawing, const ColourBar& bar, const Box& map);

}  // namespace gridgrad::cli

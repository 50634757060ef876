// cli/pictures/axis_look.hpp: ticks, numbers and the title of an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "drawing.hpp"
#include "picture.hpp"
#include "ticks.hpp"

namespace gridgrad::cli {

// Of positions or values.
struct Interval {
  double low = 0;
  double high = 1;
};

// Positions as places in the picture.
struct AxisScale {
  Interval interval;
  double from = 0;  // the place of its lower end
  double to = 1;

  [[nodiscard]] double at(double position) const;
};

// Horizontal axes are below what they belong to, vertical ones to the left of it, and
// those of colours to the right.
enum class Side { below, left, right };

// What is written along an axis.
struct AxisWords {
  Side side = Side::below;
  Ticks ticks;
  FittedText title;
  double label_depth = 0;  // of the widest label, or of all their lines

  // From the axis to the end of the title.
  [[nodiscard]] double depth() const;
};

struct AxisText {
  std::string title;
  AxisValues values = AxisValues::numbers;
  TickSteps steps = TickSteps::decimal;
};

[[nodiscard]] AxisText text_of(const PictureAxis& axis);

// As many ticks as there is room for along a length.
[[nodiscard]] AxisWords words_along(const AxisText& text, const Interval& interval,
                                    Side side, double length);

// `edge` is where the axis stands: its height, or from the left.
void draw_axis(Drawing& drawing, const AxisWords& words, const AxisScale& scale,
               double edge);

}  // namespace gridgrad::cli

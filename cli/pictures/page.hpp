// cli/pictures/page.hpp: the title above a picture and the words below it
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "drawing.hpp"

namespace gridgrad::cli {

// What a picture has around its panels.
struct PageWords {
  std::string title;
  std::string subtitle;
  std::vector<std::string> captions;
};

inline constexpr double page_margin = 16;

// Draws from the top; returns where the panels begin.
double draw_title(Drawing& drawing, const PageWords& words, double width);

// Draws from `top`; returns where the picture ends.
double draw_captions(Drawing& drawing, const PageWords& words, const Box& room);

}  // namespace gridgrad::cli

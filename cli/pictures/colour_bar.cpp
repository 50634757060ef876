// cli/pictures/colour_bar.cpp: which value has which colour, beside a map
//
// SPDX-License-Identifier: BSD-3-Clause

#include "colour_bar.hpp"

#include <cmath>

#include <fmt/format.h>

#include "colour_map.hpp"
#include "pixels.hpp"

namespace gridgrad::cli {
namespace {

constexpr double map_gap = 14;
constexpr double bar_width = 14;
constexpr double tip_height = 11;
constexpr std::size_t pixels_per_unit = 2;

// The part with ticks; tips stand above and below it.
double body_height(const ColourBar& bar, double height) {
  return height - tip_height * ((bar.has_more ? 1 : 0) + (bar.has_less ? 1 : 0));
}

std::size_t pixels_of(double length) {
  return static_cast<std::size_t>(std::lround(length)) * pixels_per_unit;
}

// The corners of a tip from one side of the body to a point beyond it. It reaches into
// the body, which is drawn over it, so that nothing is seen between them.
std::string tip(const Box& body, double end, double point) {
  const double inside = point < end ? end + 1 : end - 1;
  return line_to({body.left, inside}) + line_to({body.left, end}) +
         line_to({body.left + body.width / 2, point}) + line_to({body.right(), end}) +
         line_to({body.right(), inside});
}

void draw_tip(Drawing& drawing, const std::string& corners, const Colour& colour) {
  drawing.path(fmt::format("M{}Z", corners.substr(1)),
               fmt::format("fill='{}'", hex(colour)));
}

std::string outline(const ColourBar& bar, const Box& body) {
  std::string path = move_to({body.left, body.top});
  if (bar.has_more) path += line_to({body.left + body.width / 2, body.top - tip_height});
  path += line_to({body.right(), body.top}) + line_to({body.right(), body.bottom()});
  if (bar.has_less) {
    path += line_to({body.left + body.width / 2, body.bottom() + tip_height});
  }
  return path + line_to({body.left, body.bottom()}) + "Z";
}

}  // namespace

double ColourBar::depth() const {
  return map_gap + bar_width + words.depth();
}

ColourBar colour_bar_of(const Layer& layer, double height) {
  ColourBar bar;
  bar.range = layer.range;
  const bool is_open = layer.range.scale != ColourScale::cyclic;
  bar.has_more = is_open && layer.most > layer.range.high;
  bar.has_less = is_open && layer.least < layer.range.low;
  const AxisText text = {layer.unit, AxisValues::numbers, steps_for(layer.unit)};
  bar.words = words_along(text, {layer.range.low, layer.range.high}, Side::right,
                          body_height(bar, height));
  return bar;
}

void draw_colour_bar(Drawing& drawing, const ColourBar& bar, const Box& map) {
  const ColourMap& colours = colour_map(bar.range.scale);
  const Box body = {map.right() + map_gap, map.top + (bar.has_more ? tip_height : 0),
                    bar_width, body_height(bar, map.height)};
  if (bar.has_more) {
    draw_tip(drawing, tip(body, body.top, body.top - tip_height), colours.back());
  }
  if (bar.has_less) {
    draw_tip(drawing, tip(body, body.bottom(), body.bottom() + tip_height),
             colours.front());
  }
  drawing.image(
      body,
      png_file(colour_column(pixels_of(body.width), pixels_of(body.height)), colours));
  drawing.path(outline(bar, body), "fill='none' stroke='#222' stroke-width='1'");
  const AxisScale scale = {{bar.range.low, bar.range.high}, body.bottom(), body.top};
  draw_axis(drawing, bar.words, scale, body.right());
}

}  // namespace gridgrad::cli

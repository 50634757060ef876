// cli/pictures/field_drawing.cpp: maps beside each other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "field_drawing.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "arrows.hpp"
#include "axis_look.hpp"
#include "colour_bar.hpp"
#include "colour_map.hpp"
#include "page.hpp"
#include "pixels.hpp"

namespace gridgrad::cli {
namespace {

constexpr double panel_gap = 22;
constexpr double least_width = 400;  // for the words above and below
constexpr double heading_size = 12;
constexpr double heading_gap = 6;
constexpr double legend_height = 18;
constexpr std::size_t pixels_per_unit = 2;

Interval interval_of(const PictureAxis& axis) {
  return {std::min(axis.borders.front(), axis.borders.back()),
          std::max(axis.borders.front(), axis.borders.back())};
}

double span_of(const PictureAxis& axis) {
  const Interval interval = interval_of(axis);
  return interval.high - interval.low;
}

// Width by height of the maps.
double aspect_of(const FieldPicture& picture) {
  constexpr double usual = 4.0 / 3;
  constexpr double most = 6;  // beyond, nothing could be seen to scale
  if (!picture.is_to_scale) return usual;
  const double aspect = span_of(picture.x) / span_of(picture.y);
  return aspect >= 1 / most && aspect <= most ? aspect : usual;
}

// What is written around a map.
struct PanelWords {
  FittedText heading;
  ColourBar bar;

  [[nodiscard]] double above() const {
    const double height = heading.height();
    return height > 0 ? height + heading_gap : 0;
  }
};

// What is written around all maps.
struct MapWords {
  AxisWords x;
  AxisWords y;
  std::vector<PanelWords> panels;
};

bool has_arrows(const FieldPicture& picture, const Panel& panel) {
  return panel.overlay == Overlay::arrows && picture.arrows.has_value();
}

PanelWords words_of(const FieldPicture& picture, const Panel& panel,
                    const MapLayout& layout) {
  const Layer& layer = picture.layers[panel.layer];
  PanelWords words;
  words.bar = colour_bar_of(layer, layout.height);
  // What the picture is called need not be said twice.
  const bool is_said = picture.panels.size() == 1 && layer.title == picture.title;
  words.heading = fitted(is_said ? "" : layer.title,
                         {layout.width + words.bar.depth(), heading_size, 3});
  return words;
}

MapWords words_for(const FieldPicture& picture, const MapLayout& layout) {
  MapWords words;
  words.x =
      words_along(text_of(picture.x), interval_of(picture.x), Side::below, layout.width);
  words.y =
      words_along(text_of(picture.y), interval_of(picture.y), Side::left, layout.height);
  for (const Panel& panel : picture.panels) {
    words.panels.push_back(words_of(picture, panel, layout));
  }
  return words;
}

// Where the maps stand, and where they end together with their words.
struct MapPlaces {
  std::vector<Box> maps;
  double right = 0;
  double bottom = 0;
};

// From left to right; those below each other have what the largest of them needs.
std::vector<double> lefts_of(MapPlaces& places, const MapWords& words,
                             const MapLayout& layout) {
  std::vector<double> lefts;
  double left = page_margin;
  for (std::size_t column = 0; column < layout.columns; ++column) {
    double beside = 0;
    for (std::size_t i = column; i < words.panels.size(); i += layout.columns) {
      beside = std::max(beside, words.panels[i].bar.depth());
    }
    lefts.push_back(std::round(left + words.y.depth()));
    places.right = lefts.back() + layout.width + beside;
    left = places.right + panel_gap;
  }
  return lefts;
}

// What panels that stand side by side need, the numbers of which they are.
struct MapRow {
  std::size_t first = 0;
  std::size_t end = 0;
  double above = 0;
  double below = 0;
};

MapRow row_from(const FieldPicture& picture, const MapWords& words, std::size_t first,
                const MapLayout& layout) {
  const std::size_t count = words.panels.size();
  MapRow row = {first, std::min(first + layout.columns, count), 0, words.x.depth()};
  for (std::size_t i = row.first; i < row.end; ++i) {
    row.above = std::max(row.above, words.panels[i].above());
    if (has_arrows(picture, picture.panels[i])) {
      row.below = words.x.depth() + legend_height;
    }
  }
  return row;
}

MapPlaces places_of(const FieldPicture& picture, const MapWords& words,
                    const MapLayout& layout, double top) {
  MapPlaces places;
  const std::vector<double> lefts = lefts_of(places, words, layout);
  for (std::size_t first = 0; first < words.panels.size(); first += layout.columns) {
    const MapRow row = row_from(picture, words, first, layout);
    const double map_top = std::round(top + row.above);
    for (std::size_t i = row.first; i < row.end; ++i) {
      places.maps.push_back({lefts[i - first], map_top, layout.width, layout.height});
    }
    places.bottom = places.maps.back().bottom() + row.below;
    top = places.bottom + panel_gap;
  }
  return places;
}

MapFrame frame_in(const FieldPicture& picture, const Box& box) {
  const bool is_upwards = picture.y.upwards == Upwards::larger;
  return {box,
          {interval_of(picture.x), box.left, box.right()},
          {interval_of(picture.y), is_upwards ? box.bottom() : box.top,
           is_upwards ? box.top : box.bottom()}};
}

std::string reference_text(const FieldPicture& picture, const Arrows& arrows) {
  const std::string& unit = picture.layers[picture.arrows->x].unit;
  const bool is_one_unit = unit == picture.layers[picture.arrows->y].unit;
  return fmt::format("{}{}{}", number_text(arrows.reference),
                     is_one_unit && !unit.empty() ? " " + unit : "",
                     arrows.are_cut ? "; the longest arrows are cut" : "");
}

// One arrow and its length, below the words of the horizontal axis.
void draw_legend(Drawing& drawing, const FieldPicture& picture, const Arrows& arrows,
                 Point start) {
  const Point tip = {start.x + arrows.reference_length, start.y};
  draw_arrows(drawing, {.arrows = {{start, tip}}});
  drawing.text({tip.x + 7, start.y + 4}, reference_text(picture, arrows), {.size = 11});
}

// Two for each unit, as those of a PNG file, and one for each cell at least.
std::size_t pixels_for(double length, std::size_t cells) {
  return std::max(static_cast<std::size_t>(length) * pixels_per_unit, cells);
}

void draw_samples(Drawing& drawing, const FieldPicture& picture, const Layer& layer,
                  const Box& box) {
  PixelImage image;
  image.width = pixels_for(box.width, picture.x.positions.size());
  image.height = pixels_for(box.height, picture.y.positions.size());
  draw_cells(image, picture, layer);
  const bool is_sharp = image.width == pixels_for(box.width, 1) &&
                        image.height == pixels_for(box.height, 1);
  drawing.missing(box);
  drawing.image(box, png_file(image, colour_map(layer.range.scale)),
                is_sharp ? Scaling::sharp : Scaling::smooth);
}

void draw_panel(Drawing& drawing, const FieldPicture& picture, const MapWords& words,
                const MapFrame& frame, std::size_t number) {
  const Panel& panel = picture.panels[number];
  const Box& box = frame.box;
  const FittedText& heading = words.panels[number].heading;
  drawing.text({box.left, box.top - heading_gap - heading.height()}, heading, {});
  draw_samples(drawing, picture, picture.layers[panel.layer], box);
  if (has_arrows(picture, panel)) {
    const Arrows arrows = arrows_of(picture, frame);
    if (!arrows.empty()) {
      drawing.begin_clip(box);
      draw_arrows(drawing, arrows);
      drawing.end_clip();
      draw_legend(drawing, picture, arrows,
                  {box.left, box.bottom() + words.x.depth() + legend_height / 2});
    }
  }
  drawing.rectangle(box, "fill='none' stroke='#222' stroke-width='1'");
  draw_axis(drawing, words.x, frame.x, box.bottom());
  draw_axis(drawing, words.y, frame.y, box.left);
  draw_colour_bar(drawing, words.panels[number].bar, box);
}

// The steps that are drawn: the first of each slider.
std::string steps_text(const FieldPicture& picture) {
  std::string text;
  for (const Slider& slider : picture.sliders) {
    if (slider.labels.empty()) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", slider.name,
                        slider.labels.front());
  }
  return text;
}

}  // namespace

MapLayout map_layout_of(const FieldPicture& picture) {
  constexpr double wide = 1.6;
  const double aspect = aspect_of(picture);
  const std::size_t count = picture.panels.size();
  const bool is_one_column = count == 1 || (count == 2 && aspect > wide);
  MapLayout layout;
  layout.columns = is_one_column ? 1 : 2;
  const Box room = count == 1      ? Box{0, 0, 640, 480}
                   : is_one_column ? Box{0, 0, 640, 400}
                   : count == 2    ? Box{0, 0, 480, 420}
                                   : Box{0, 0, 480, 360};
  layout.width = std::round(std::min(room.width, room.height * aspect));
  layout.height = std::round(layout.width / aspect);
  return layout;
}

std::string svg_of_fields(const FieldPicture& picture) {
  const MapLayout layout = map_layout_of(picture);
  const MapWords words = words_for(picture, layout);
  const double width =
      std::max(places_of(picture, words, layout, 0).right + page_margin, least_width);
  const PageWords page = {picture.title, steps_text(picture), picture.captions};
  Drawing drawing;
  const double top = draw_title(drawing, page, width);
  const MapPlaces places = places_of(picture, words, layout, top);
  for (std::size_t i = 0; i < picture.panels.size(); ++i) {
    draw_panel(drawing, picture, words, frame_in(picture, places.maps[i]), i);
  }
  const double end = draw_captions(
      drawing, page, {page_margin, places.bottom, width - 2 * page_margin, 0});
  return drawing.svg(picture.title, std::ceil(width), std::ceil(end));
}

}  // namespace gridgrad::cli

// cli/pictures/line_drawing.cpp: lines over one axis, panels below each other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "line_drawing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "axis_look.hpp"
#include "colour_map.hpp"
#include "line_shape.hpp"
#include "page.hpp"

namespace gridgrad::cli {
namespace {

constexpr double panel_width = 620;
constexpr double panel_height = 200;
constexpr double panel_gap = 18;
constexpr double margin_right = 24;  // half of the last label below
constexpr double padding = 6;        // from the frame to the first and the last sample
constexpr double legend_size = 11;

std::string_view line_colour(std::size_t number) {
  return line_colours[number % line_colours.size()];
}

// Lines of the same colour are broken in other ways.
std::string stroke_of(std::size_t number) {
  constexpr std::array<std::string_view, 3> dashes = {"", "6 3", "2 2"};
  const std::string_view dash = dashes[number / line_colours.size() % dashes.size()];
  const std::string stroke = fmt::format("stroke='{}'", line_colour(number));
  return dash.empty() ? stroke : fmt::format("{} stroke-dasharray='{}'", stroke, dash);
}

// Around numbers that are finite, with room for one that is alone. They come one by one.
class Around {
 public:
  void add(double number) {
    if (!std::isfinite(number)) return;
    least_ = std::min(least_, number);
    most_ = std::max(most_, number);
  }

  [[nodiscard]] Interval interval() const {
    if (least_ > most_) return {};
    if (least_ < most_) return {least_, most_};
    const double room = least_ == 0 ? 1 : std::abs(least_) / 10;
    return {least_ - room, least_ + room};
  }

 private:
  double least_ = std::numeric_limits<double>::infinity();
  double most_ = -std::numeric_limits<double>::infinity();
};

Interval positions_of(const PictureAxis& axis) {
  Around around;
  for (const double position : axis.positions) around.add(position);
  return around.interval();
}

Interval values_of(const LinePanel& panel) {
  Around around;
  for (const Line& line : panel.lines) {
    for (const double sample : line.samples) around.add(sample);
  }
  return around.interval();
}

// Its ends stand within the frame, `inside` from it.
AxisScale padded(const Interval& interval, double from, double to) {
  const double inside = to > from ? padding : -padding;
  return {interval, from + inside, to - inside};
}

// What the frame shows, which is more than the interval.
Interval shown(const Interval& interval, double length) {
  const double more = (interval.high - interval.low) * padding / (length - 2 * padding);
  return {interval.low - more, interval.high + more};
}

// A legend in rows above its panel.
struct Legend {
  struct Entry {
    std::string name;
    double left;
    std::size_t row;
  };
  std::vector<Entry> entries;
  double height = 0;
};

Legend legend_of(const LinePanel& panel) {
  constexpr double swatch = 26;
  constexpr double apart = 16;
  Legend legend;
  if (panel.lines.size() < 2) return legend;
  double left = 0;
  std::size_t row = 0;
  for (const Line& line : panel.lines) {
    const FittedText name = fitted(line.name, {panel_width - swatch, legend_size, 1});
    const std::string text = name.lines.empty() ? "" : name.lines.front();
    const double width = swatch + text_width(text, legend_size);
    if (left > 0 && left + width > panel_width) {
      left = 0;
      ++row;
    }
    legend.entries.push_back({text, left, row});
    left += width + apart;
  }
  legend.height = static_cast<double>(row + 1) * line_height(legend_size) + 4;
  return legend;
}

void draw_legend(Drawing& drawing, const Legend& legend, const Box& frame) {
  constexpr double length = 20;
  for (std::size_t i = 0; i < legend.entries.size(); ++i) {
    const Legend::Entry& entry = legend.entries[i];
    const double left = frame.left + entry.left;
    const double middle =
        frame.top - legend.height +
        (static_cast<double>(entry.row) + 0.5) * line_height(legend_size);
    drawing.line({left, middle}, {left + length, middle},
                 fmt::format("{} stroke-width='2'", stroke_of(i)));
    drawing.text({left + length + 6, middle + 4}, entry.name, {.size = legend_size});
  }
}

void draw_grid(Drawing& drawing, const Box& frame, const std::vector<double>& columns,
               const std::vector<double>& rows) {
  std::string path;
  for (const double x : columns) {
    path += move_to({x, frame.top}) + line_to({x, frame.bottom()});
  }
  for (const double y : rows) {
    path += move_to({frame.left, y}) + line_to({frame.right(), y});
  }
  if (!path.empty()) drawing.path(path, "stroke='#e6e6e6' stroke-width='1'");
}

std::vector<double> places_of(const AxisWords& words, const AxisScale& scale) {
  std::vector<double> places;
  for (const Tick& tick : words.ticks.ticks) places.push_back(scale.at(tick.value));
  return places;
}

// Few samples are marked.
constexpr std::size_t most_marks = 60;

std::string path_of(const LineShape& shape) {
  std::string path;
  for (const std::vector<Point>& run : shape.runs) {
    path += move_to(run.front());
    for (std::size_t i = 1; i < run.size(); ++i) path += line_to(run[i]);
  }
  return path;
}

void draw_line(Drawing& drawing, const LineShape& shape, std::size_t number) {
  const std::string path = path_of(shape);
  if (!path.empty()) {
    drawing.path(path, fmt::format("fill='none' {} stroke-width='1.3' "
                                   "stroke-linejoin='round'",
                                   stroke_of(number)));
  }
  const std::string fill = fmt::format("fill='{}'", line_colour(number));
  for (const Point& dot : shape.dots) drawing.circle(dot, 1.8, fill);
}

void draw_marks(Drawing& drawing, const LineShape& shape, std::string_view colour) {
  const std::string fill = fmt::format("fill='{}'", colour);
  for (const std::vector<Point>& run : shape.runs) {
    for (const Point& point : run) drawing.circle(point, 2.2, fill);
  }
}

// A panel and what it shares with the others.
struct LinePlace {
  Box frame;
  AxisScale x;
  std::vector<double> columns;  // of the grid
};

struct PanelWords {
  Interval values;
  AxisWords y;
  Legend legend;
};

PanelWords words_of(const LinePanel& panel) {
  PanelWords words;
  words.values = values_of(panel);
  words.y = words_along({panel.title, AxisValues::numbers, steps_for(panel.title)},
                        shown(words.values, panel_height), Side::left, panel_height);
  words.legend = legend_of(panel);
  return words;
}

void draw_panel(Drawing& drawing, const LinePicture& picture, const PanelWords& words,
                const LinePlace& place, std::size_t number) {
  const LinePanel& panel = picture.panels[number];
  const Box& frame = place.frame;
  const AxisScale y = padded(words.values, frame.bottom(), frame.top);
  draw_grid(drawing, frame, place.columns, places_of(words.y, y));
  // The first panel is of the field, the others of its derivatives.
  if (number > 0 && words.values.low < 0 && words.values.high > 0) {
    drawing.line({frame.left, y.at(0)}, {frame.right(), y.at(0)},
                 "stroke='#777' stroke-width='1'");
  }
  for (std::size_t i = 0; i < panel.lines.size(); ++i) {
    const std::vector<double>& samples = panel.lines[i].samples;
    const LineShape shape = shape_of(picture.x.positions, samples, {place.x, y});
    draw_line(drawing, shape, i);
    if (samples.size() <= most_marks) draw_marks(drawing, shape, line_colour(i));
  }
  drawing.rectangle(frame, "fill='none' stroke='#222' stroke-width='1'");
  draw_axis(drawing, words.y, y, frame.left);
  draw_legend(drawing, words.legend, frame);
}

}  // namespace

std::string svg_of_lines(const LinePicture& picture) {
  const Interval positions = positions_of(picture.x);
  const AxisWords x_words = words_along(text_of(picture.x), shown(positions, panel_width),
                                        Side::below, panel_width);
  std::vector<PanelWords> words;
  double left = page_margin;
  for (const LinePanel& panel : picture.panels) {
    words.push_back(words_of(panel));
    left = std::max(left, std::ceil(page_margin + words.back().y.depth()));
  }
  const double width = left + panel_width + margin_right + page_margin;
  const AxisScale x = padded(positions, left, left + panel_width);
  const std::vector<double> columns = places_of(x_words, x);
  const PageWords page = {picture.title, {}, picture.captions};
  Drawing drawing;
  double top = std::round(draw_title(drawing, page, width));
  Box frame;
  for (std::size_t i = 0; i < picture.panels.size(); ++i) {
    frame = {left, std::round(top + words[i].legend.height), panel_width, panel_height};
    draw_panel(drawing, picture, words[i], {frame, x, columns}, i);
    top = frame.bottom() + panel_gap;
  }
  draw_axis(drawing, x_words, x, frame.bottom());
  const double end = draw_captions(
      drawing, page,
      {page_margin, frame.bottom() + x_words.depth(), width - 2 * page_margin, 0});
  return drawing.svg(picture.title, width, std::ceil(end));
}

}  // namespace gridgrad::cli

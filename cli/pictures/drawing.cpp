// cli/pictures/drawing.cpp: shapes and words as SVG
//
// SPDX-License-Identifier: BSD-3-Clause

#include "drawing.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "colour_map.hpp"
#include "pixels.hpp"

namespace gridgrad::cli {
namespace {

std::string_view anchor_name(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      break;
  }
  return "end";
}

// The part of a line of text above its baseline.
constexpr double ascent = 0.95;

}  // namespace

std::string coordinate(double value) {
  constexpr double parts = 100;
  const double rounded = std::round(value * parts) / parts;
  return fmt::format("{:.7g}", rounded == 0 ? 0.0 : rounded);
}

std::string move_to(Point point) {
  return fmt::format("M{} {}", coordinate(point.x), coordinate(point.y));
}

std::string line_to(Point point) {
  return fmt::format("L{} {}", coordinate(point.x), coordinate(point.y));
}

void Drawing::rectangle(const Box& box, std::string_view attributes) {
  fmt::format_to(std::back_inserter(body_),
                 "<rect x='{}' y='{}' width='{}' height='{}' {}/>\n",
                 coordinate(box.left), coordinate(box.top), coordinate(box.width),
                 coordinate(box.height), attributes);
}

void Drawing::line(Point from, Point to, std::string_view attributes) {
  path(move_to(from) + line_to(to), attributes);
}

void Drawing::path(std::string_view data, std::string_view attributes) {
  fmt::format_to(std::back_inserter(body_), "<path d='{}' {}/>\n", data, attributes);
}

void Drawing::circle(Point centre, double radius, std::string_view attributes) {
  fmt::format_to(std::back_inserter(body_), "<circle cx='{}' cy='{}' r='{}' {}/>\n",
                 coordinate(centre.x), coordinate(centre.y), coordinate(radius),
                 attributes);
}

void Drawing::text(Point point, std::string_view words, const TextStyle& style) {
  std::string place =
      fmt::format("x='{}' y='{}'", coordinate(point.x), coordinate(point.y));
  if (style.turn == Turn::upwards) {
    place = fmt::format("transform='translate({} {}) rotate(-90)'", coordinate(point.x),
                        coordinate(point.y));
  }
  fmt::format_to(std::back_inserter(body_),
                 "<text {} font-size='{}' text-anchor='{}' {}>{}</text>\n", place,
                 coordinate(style.size), anchor_name(style.anchor), style.attributes,
                 escaped(words));
}

void Drawing::text(Point point, const FittedText& words, TextStyle style) {
  style.size = words.size;
  double baseline = ascent * words.size;
  for (const std::string& line : words.lines) {
    const Point place = style.turn == Turn::upwards ? Point{point.x + baseline, point.y}
                                                    : Point{point.x, point.y + baseline};
    text(place, line, style);
    baseline += line_height(words.size);
  }
}

void Drawing::missing(const Box& box) {
  rectangle(box, "fill='url(#missing)'");
}

void Drawing::image(const Box& box, std::span<const std::byte> png, Scaling scaling) {
  const std::string_view rendering =
      scaling == Scaling::sharp
          ? "image-rendering='optimizeSpeed' style='image-rendering:pixelated' "
          : "";
  fmt::format_to(std::back_inserter(body_),
                 "<image x='{}' y='{}' width='{}' height='{}' preserveAspectRatio='none' "
                 "{}xlink:href='data:image/png;base64,{}'/>\n",
                 coordinate(box.left), coordinate(box.top), coordinate(box.width),
                 coordinate(box.height), rendering, base64(png));
}

void Drawing::begin_clip(const Box& box) {
  fmt::format_to(std::back_inserter(body_), "<clipPath id='clip{}'>", clips_);
  rectangle(box, "");
  fmt::format_to(std::back_inserter(body_), "</clipPath>\n<g clip-path='url(#clip{})'>\n",
                 clips_);
  ++clips_;
}

void Drawing::end_clip() {
  body_ += "</g>\n";
}

std::string Drawing::svg(std::string_view title, double width, double height) const {
  return fmt::format(
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<svg xmlns='http://www.w3.org/2000/svg' "
      "xmlns:xlink='http://www.w3.org/1999/xlink' version='1.1' "
      "width='{0}' height='{1}' viewBox='0 0 {0} {1}' "
      "font-family='DejaVu Sans, Verdana, Arial, sans-serif' fill='#222'>\n"
      "<title>{2}</title>\n"
      "<defs><pattern id='missing' width='6' height='6' patternUnits='userSpaceOnUse'>"
      "<rect width='6' height='6' fill='{3}'/>"
      "<path d='M-1 1L1 -1M0 6L6 0M5 7L7 5' stroke='{4}' stroke-width='0.8'/>"
      "</pattern></defs>\n"
      "<rect width='{0}' height='{1}' fill='#fff'/>\n"
      "{5}</svg>\n",
      coordinate(width), coordinate(height), escaped(title), hex(missing_colour),
      hex(missing_lines), body_);
}

}  // namespace gridgrad::cli

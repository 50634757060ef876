// cli/pictures/drawing.hpp: shapes and words as SVG
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "fitted_text.hpp"

namespace gridgrad::cli {

// To the right and down, in units of the picture.
struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
};

// Where the point of a text is.
enum class Anchor { start, middle, end };
enum class Turn { none, upwards };

// How pixels of an image become those of a screen.
enum class Scaling {
  sharp,   // squares: where they are drawn larger
  smooth,  // means: where they are drawn smaller, so that none is left out
};

struct TextStyle {
  double size = 11;
  Anchor anchor = Anchor::start;
  Turn turn = Turn::none;
  std::string_view attributes = {};  // more of them: "fill='#555'"
};

// Attributes are pieces of XML in apostrophes, as "fill='none' stroke='black'".
class Drawing {
 public:
  void rectangle(const Box& box, std::string_view attributes);
  void line(Point from, Point to, std::string_view attributes);
  void path(std::string_view data, std::string_view attributes);
  void circle(Point centre, double radius, std::string_view attributes);

  // Its baseline begins, has its middle or ends at the point.
  void text(Point point, std::string_view words, const TextStyle& style);

  // Lines below each other, the first of which has its top there; turned upwards: next to
  // each other, its left side. The size is that of the text.
  void text(Point point, const FittedText& words, TextStyle style);

  // Filled with what stands for missing samples.
  void missing(const Box& box);

  // A PNG file.
  void image(const Box& box, std::span<const std::byte> png,
             Scaling scaling = Scaling::sharp);

  // What is drawn from one to the other is seen within the box only.
  void begin_clip(const Box& box);
  void end_clip();

  // As a file of its own.
  [[nodiscard]] std::string svg(std::string_view title, double width,
                                double height) const;

 private:
  std::string body_;
  std::size_t clips_ = 0;
};

// Without more digits than can be seen: "12.35".
[[nodiscard]] std::string coordinate(double value);

// "M1 2L3 4" for data of paths.
[[nodiscard]] std::string move_to(Point point);
[[nodiscard]] std::string line_to(Point point);

}  // namespace gridgrad::cli

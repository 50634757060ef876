// cli/pictures/arrows.cpp: vectors over a map
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arrows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gridgrad::cli {
namespace {

constexpr double most_columns = 30;
constexpr double most_rows = 20;
constexpr double most_of_all = 48;  // units, where few samples are far apart

struct Chosen {
  std::vector<std::size_t> cells;
  double apart = std::numeric_limits<double>::infinity();  // the nearest two of them
};

// Cells that are `least` apart and half of it from the ends.
Chosen cells_apart(const std::vector<double>& positions, const AxisScale& scale,
                   double least) {
  // The distances of uniform cells differ by their rounding.
  const double enough = least * 0.999;
  Chosen chosen;
  double last = std::min(scale.from, scale.to) - least / 2;
  const bool is_rising = scale.at(positions.front()) <= scale.at(positions.back());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const std::size_t cell = is_rising ? i : positions.size() - 1 - i;
    const double place = scale.at(positions[cell]);
    if (place - last < enough) continue;
    if (!chosen.cells.empty()) chosen.apart = std::min(chosen.apart, place - last);
    chosen.cells.push_back(cell);
    last = place;
  }
  return chosen;
}

struct Vector {
  Point place;
  double x;
  double y;

  [[nodiscard]] double length() const { return std::hypot(x, y); }
};

std::vector<Vector> vectors_of(const FieldPicture& picture, const MapFrame& frame,
                               const Chosen& columns, const Chosen& rows) {
  const std::vector<double>& x = picture.layers[picture.arrows->x].samples;
  const std::vector<double>& y = picture.layers[picture.arrows->y].samples;
  const std::size_t stride = picture.x.positions.size();
  std::vector<Vector> vectors;
  for (const std::size_t row : rows.cells) {
    for (const std::size_t column : columns.cells) {
      const std::size_t i = row * stride + column;
      const Vector vector = {
          {frame.x.at(picture.x.positions[column]), frame.y.at(picture.y.positions[row])},
          x[i],
          y[i]};
      const double length = vector.length();
      if (std::isfinite(length) && length > 0) vectors.push_back(vector);
    }
  }
  return vectors;
}

double usual_length(const std::vector<Vector>& vectors) {
  constexpr double share = 0.95;
  std::vector<double> lengths;
  lengths.reserve(vectors.size());
  for (const Vector& vector : vectors) lengths.push_back(vector.length());
  const double place = share * static_cast<double>(lengths.size() - 1);
  const auto found = lengths.begin() + static_cast<std::ptrdiff_t>(place);
  std::ranges::nth_element(lengths, found);
  return *found;
}

// Below, by less than a factor of two and a half.
double round_length(double length) {
  const double power = std::pow(10.0, std::floor(std::log10(length)));
  const double digit = length / power;
  if (digit >= 5) return 5 * power;
  return digit >= 2 ? 2 * power : power;
}

Arrow arrow_of(const Vector& vector, double factor, double upwards) {
  const double x = vector.x * factor / 2;
  const double y = upwards * vector.y * factor / 2;
  return {{vector.place.x - x, vector.place.y - y},
          {vector.place.x + x, vector.place.y + y}};
}

double length_of(const Arrow& arrow) {
  return std::hypot(arrow.tip.x - arrow.tail.x, arrow.tip.y - arrow.tail.y);
}

// The corners of a head at the tip, and the shaft up to it.
struct ArrowShape {
  std::string shaft;
  std::string head;
};

ArrowShape shape_of(const Arrow& arrow) {
  constexpr double longest_head = 5.5;
  constexpr double slimness = 0.42;  // half its width by its length
  const double x = arrow.tip.x - arrow.tail.x;
  const double y = arrow.tip.y - arrow.tail.y;
  const double length = length_of(arrow);
  if (length == 0) return {};
  const double head = std::min(longest_head, length * 0.6);
  const Point neck = {arrow.tip.x - x / length * head, arrow.tip.y - y / length * head};
  const double side_x = -y / length * head * slimness;
  const double side_y = x / length * head * slimness;
  return {move_to(arrow.tail) + line_to(neck),
          move_to(arrow.tip) + line_to({neck.x + side_x, neck.y + side_y}) +
              line_to({neck.x - side_x, neck.y - side_y}) + "Z"};
}

}  // namespace

Arrows arrows_of(const FieldPicture& picture, const MapFrame& frame) {
  const double least =
      std::max(frame.box.width / most_columns, frame.box.height / most_rows);
  const Chosen columns = cells_apart(picture.x.positions, frame.x, least);
  const Chosen rows = cells_apart(picture.y.positions, frame.y, least);
  const std::vector<Vector> vectors = vectors_of(picture, frame, columns, rows);
  if (vectors.empty()) return {};
  const double longest = std::min({columns.apart, rows.apart, most_of_all});
  const double usual = usual_length(vectors);
  // Places go down where positions go up.
  const double upwards = frame.y.to < frame.y.from ? -1 : 1;
  Arrows arrows;
  for (const Vector& vector : vectors) {
    const double factor = std::min(longest / usual, 2 * longest / vector.length());
    arrows.are_cut = arrows.are_cut || factor < longest / usual;
    arrows.arrows.push_back(arrow_of(vector, factor, upwards));
  }
  // At least four fifths of the length that is usual.
  arrows.reference = round_length(2 * usual);
  arrows.reference_length = arrows.reference * (longest / usual);
  return arrows;
}

void draw_arrows(Drawing& drawing, const Arrows& arrows) {
  constexpr double least_with_border = 3.5;  // which would hide what is shorter
  std::string borders;
  std::string shafts;
  std::string heads;
  for (const Arrow& arrow : arrows.arrows) {
    const ArrowShape shape = shape_of(arrow);
    if (length_of(arrow) >= least_with_border) borders += shape.shaft + shape.head;
    shafts += shape.shaft;
    heads += shape.head;
  }
  drawing.path(borders,
               "fill='none' stroke='#fff' stroke-opacity='0.75' stroke-width='2.4' "
               "stroke-linejoin='round' stroke-linecap='round'");
  drawing.path(shafts, "fill='none' stroke='#111' stroke-width='1.1'");
  drawing.path(heads, "fill='#111'");
}

}  // namespace gridgrad::cli

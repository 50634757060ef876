// cli/pictures/axis_look.cpp: ticks, numbers and the title of an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "axis_look.hpp"

#include <algorithm>
#include <cmath>

#include "date_ticks.hpp"

namespace gridgrad::cli {
namespace {

constexpr double label_size = 11;
constexpr double title_size = 12;
constexpr double tick_length = 4;
constexpr double label_gap = 3;         // from a tick to its label
constexpr double title_gap = 5;         // from labels to the title
constexpr double middle_height = 0.36;  // of digits above the baseline
constexpr std::size_t most_ticks = 9;

constexpr std::string_view tick_attributes = "stroke='#222' stroke-width='1'";

Ticks ticks_for(const AxisText& text, const Interval& interval, std::size_t most) {
  if (text.values == AxisValues::dates) {
    return date_ticks(interval.low, interval.high, most);
  }
  return number_ticks(interval.low, interval.high, most, text.steps);
}

double label_width(const Tick& tick) {
  return std::max(text_width(tick.label, label_size), text_width(tick.note, label_size));
}

// Whether labels along a length stand apart.
bool stand_apart(const Ticks& ticks, const Interval& interval, double length) {
  constexpr double apart = 10;
  const AxisScale scale = {interval, 0, length};
  for (std::size_t i = 1; i < ticks.ticks.size(); ++i) {
    const Tick& before = ticks.ticks[i - 1];
    const Tick& after = ticks.ticks[i];
    const double needed = (label_width(before) + label_width(after)) / 2 + apart;
    if (scale.at(after.value) - scale.at(before.value) < needed) return false;
  }
  return true;
}

Ticks ticks_that_fit(const AxisText& text, const Interval& interval, Side side,
                     double length) {
  if (side != Side::below) {
    constexpr double apart = 30;
    const double most = std::clamp(std::floor(length / apart), 3.0, double{most_ticks});
    return ticks_for(text, interval, static_cast<std::size_t>(most));
  }
  for (std::size_t most = most_ticks; most > 2; --most) {
    Ticks ticks = ticks_for(text, interval, most);
    if (stand_apart(ticks, interval, length)) return ticks;
  }
  return ticks_for(text, interval, 2);
}

bool has_notes(const Ticks& ticks) {
  return std::ranges::any_of(ticks.ticks,
                             [](const Tick& tick) { return !tick.note.empty(); });
}

double depth_of_labels(const Ticks& ticks, Side side) {
  if (ticks.ticks.empty()) return 0;
  if (side == Side::below) return line_height(label_size) * (has_notes(ticks) ? 2 : 1);
  double widest = 0;
  for (const Tick& tick : ticks.ticks) widest = std::max(widest, label_width(tick));
  return widest;
}

// "speed (×10⁻⁵ m s-1)".
std::string with_factor(const std::string& title, const std::string& factor) {
  if (factor.empty()) return title;
  if (title.empty()) return factor;
  const std::size_t unit = unit_of(title).size();
  if (unit == 0) return title + ", " + factor;
  return std::string(title).insert(title.size() - unit + 1, factor + " ");
}

// Beside a colour bar, which has the unit alone.
std::string unit_with_factor(const std::string& unit, const std::string& factor) {
  return unit.empty() || factor.empty() ? factor + unit : factor + " " + unit;
}

// Titles below narrow maps reach into the margins, which hold more than this.
double title_room(Side side, double length) {
  constexpr double least = 180;
  return side == Side::below ? std::max(length, least) : length;
}

struct Label {
  Point place;
  Anchor anchor;
};

Label label_beside(double place, Side side, double edge) {
  const double gap = tick_length + label_gap;
  switch (side) {
    case Side::below:
      return {{place, edge + gap + 0.85 * label_size}, Anchor::middle};
    case Side::left:
      return {{edge - gap, place + middle_height * label_size}, Anchor::end};
    case Side::right:
      break;
  }
  return {{edge + gap, place + middle_height * label_size}, Anchor::start};
}

Point beyond(double place, Side side, double edge) {
  if (side == Side::below) return {place, edge + tick_length};
  return {side == Side::left ? edge - tick_length : edge + tick_length, place};
}

void draw_tick(Drawing& drawing, const Tick& tick, const AxisWords& words,
               const Label& label) {
  const TextStyle style = {.size = label_size, .anchor = label.anchor};
  Point place = label.place;
  const bool is_beside = words.side != Side::below && !tick.note.empty();
  if (is_beside) place.y -= line_height(label_size) / 2;
  drawing.text(place, tick.label, style);
  if (tick.note.empty()) return;
  place.y += line_height(label_size);
  drawing.text(place, tick.note, style);
}

void draw_title(Drawing& drawing, const AxisWords& words, const AxisScale& scale,
                double edge) {
  const double middle = (scale.from + scale.to) / 2;
  const double labels = tick_length + label_gap + words.label_depth + title_gap;
  if (words.side == Side::below) {
    drawing.text({middle, edge + labels}, words.title, {.anchor = Anchor::middle});
    return;
  }
  const double left =
      words.side == Side::left ? edge - labels - words.title.height() : edge + labels;
  drawing.text({left, middle}, words.title,
               {.anchor = Anchor::middle, .turn = Turn::upwards});
}

}  // namespace

double AxisScale::at(double position) const {
  const double part =
      (position / 2 - interval.low / 2) / (interval.high / 2 - interval.low / 2);
  return from + part * (to - from);
}

double AxisWords::depth() const {
  const double labels = tick_length + label_gap + label_depth;
  return title.lines.empty() ? labels : labels + title_gap + title.height();
}

AxisText text_of(const PictureAxis& axis) {
  const TickSteps steps = steps_for(axis.title);
  const bool is_counted = steps == TickSteps::decimal &&
                          std::ranges::all_of(axis.positions, [](double position) {
                            return position == std::floor(position);
                          });
  return {axis.title, axis.values, is_counted ? TickSteps::whole : steps};
}

AxisWords words_along(const AxisText& text, const Interval& interval, Side side,
                      double length) {
  AxisWords words;
  words.side = side;
  words.ticks = ticks_that_fit(text, interval, side, length);
  words.label_depth = depth_of_labels(words.ticks, side);
  words.title =
      fitted(side == Side::right ? unit_with_factor(text.title, words.ticks.factor)
                                 : with_factor(text.title, words.ticks.factor),
             {.width = title_room(side, length), .size = title_size, .most_lines = 3});
  return words;
}

void draw_axis(Drawing& drawing, const AxisWords& words, const AxisScale& scale,
               double edge) {
  std::string marks;
  for (const Tick& tick : words.ticks.ticks) {
    const double place = scale.at(tick.value);
    const Point start =
        words.side == Side::below ? Point{place, edge} : Point{edge, place};
    marks += move_to(start) + line_to(beyond(place, words.side, edge));
    draw_tick(drawing, tick, words, label_beside(place, words.side, edge));
  }
  if (!marks.empty()) drawing.path(marks, tick_attributes);
  draw_title(drawing, words, scale, edge);
}

}  // namespace gridgrad::cli

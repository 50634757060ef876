// cli/line_picture.cpp: one panel per unit
//
// SPDX-License-Identifier: BSD-3-Clause

#include "line_picture.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "gridgrad/gradient.hpp"
#include "units.hpp"

namespace gridgrad::cli {
namespace {

// A line with what its panel is called after.
struct NamedLine {
  std::string title;
  std::string unit;
  FieldKind kind = FieldKind::plain;
  Line line;
};

io::Box line_box(const ViewedGrid& grid, const DrawnAxes& axes) {
  io::Box box{std::vector<std::size_t>(grid.axes.size(), 0),
              std::vector<std::size_t>(grid.axes.size(), 1)};
  for (const Pick& pick : axes.picks) box.first[pick.axis] = pick.sample;
  box.extents[axes.x] = grid.axes[axes.x].extent;
  return box;
}

std::vector<NamedLine> lines_of(const ViewedGrid& grid, const DrawnAxes& axes) {
  std::vector<NamedLine> lines;
  for (const ViewedField& field : grid.fields) {
    ViewedSamples samples = field.read(line_box(grid, axes));
    const std::string name = field.name;
    if (!field.is_complex) {
      lines.push_back(
          {field.title, field.unit, field.kind, {name, std::move(samples.real)}});
      continue;
    }
    lines.push_back({field.title,
                     field.unit,
                     field.kind,
                     {name + ", real", std::move(samples.real)}});
    lines.push_back({field.title,
                     field.unit,
                     field.kind,
                     {name + ", imaginary", std::move(samples.imaginary)}});
  }
  return lines;
}

std::string unit_of_derivative(const std::string& unit, const ViewedAxis& axis) {
  if (!axis.positions.unit || axis.positions.unit->empty()) return {};
  Unit quotient(unit.empty() ? "1" : unit);
  quotient.multiply(Unit(*axis.positions.unit), -1);
  return quotient.text();
}

NamedLine derivative_of(const NamedLine& line, const ViewedAxis& axis) {
  const Axis rule = axis.has_positions ? axis.positions.rule : Axis();
  auto derivatives = gradient(line.line.samples, rule, {.missing = Propagate{}});
  return {"derivative along " + axis.called,
          unit_of_derivative(line.unit, axis),
          FieldKind::derivative,
          {fmt::format("d{}_d{}", line.line.name, axis.name), std::move(derivatives[0])}};
}

// Fields of one unit share a panel, and their derivatives another.
std::vector<LinePanel> panels_of(const std::vector<NamedLine>& lines) {
  std::vector<LinePanel> panels;
  std::vector<const NamedLine*> firsts;
  for (const NamedLine& line : lines) {
    const auto found = std::ranges::find_if(firsts, [&](const NamedLine* first) {
      return first->unit == line.unit && first->kind == line.kind;
    });
    const auto at = static_cast<std::size_t>(found - firsts.begin());
    if (at == panels.size()) {
      firsts.push_back(&line);
      panels.push_back({with_unit(line.title, line.unit), {}});
    } else if (firsts[at]->title != line.title) {
      panels[at].title = line.unit == "1" ? "" : line.unit;
    }
    panels[at].lines.push_back(line.line);
  }
  return panels;
}

bool have_samples(const std::vector<NamedLine>& lines) {
  return std::ranges::any_of(lines, [](const NamedLine& line) {
    return !std::ranges::all_of(line.line.samples,
                                [](double sample) { return !std::isfinite(sample); });
  });
}

}  // namespace

LinePicture line_picture(const ViewedGrid& grid, const DrawnAxes& axes, Below below,
                         Notes notes) {
  const ViewedAxis& axis = grid.axes[axes.x];
  LinePicture picture;
  picture.title = with_picks(grid.title, grid, axes);
  picture.x = picture_axis(axis, 1, notes);
  picture.x.borders.clear();
  std::vector<NamedLine> lines = lines_of(grid, axes);
  if (!have_samples(lines)) refuse_all_missing(grid);
  picture.panels = panels_of(lines);
  if (below == Below::nothing) return picture;
  std::vector<NamedLine> derivatives;
  for (const NamedLine& line : lines) derivatives.push_back(derivative_of(line, axis));
  for (LinePanel& panel : panels_of(derivatives))
    picture.panels.push_back(std::move(panel));
  return picture;
}

}  // namespace gridgrad::cli

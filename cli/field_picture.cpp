// cli/field_picture.cpp: how many cells and steps, and what stands beside them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "field_picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/core.h>

#include "block_means.hpp"
#include "cell_reader.hpp"
#include "suggestion.hpp"
#include "viewed_layers.hpp"

namespace gridgrad::cli {
namespace {

// Cells along the longer side of a map: about as many as it has pixels.
constexpr std::size_t most_cells_along = 1200;
// In all layers and steps of a page: some MB.
constexpr std::size_t most_cells_of_page = 1'500'000;
// A map of fewer cells along its longer side shows little; steps are left out instead.
constexpr std::size_t fewest_cells_along = 200;

Blocks blocks_for(const ViewedGrid& grid, const DrawnAxes& axes,
                  std::size_t cells_along) {
  Blocks blocks;
  blocks.rows = grid.axes[*axes.y].extent;
  blocks.columns = grid.axes[axes.x].extent;
  blocks.row = divided_up(blocks.rows, cells_along);
  blocks.column = divided_up(blocks.columns, cells_along);
  // A map that is to scale loses as much in both directions.
  if (is_to_scale(grid.axes[axes.x], grid.axes[*axes.y])) {
    blocks.row = blocks.column = std::max(blocks.row, blocks.column);
  }
  return blocks;
}

CellGrid cell_grid(const ViewedGrid& grid, const DrawnAxes& axes, std::size_t layers,
                   PictureKind kind) {
  CellGrid cells;
  cells.blocks = blocks_for(grid, axes, most_cells_along);
  for (const std::size_t axis : axes.leading) {
    const bool is_still = kind == PictureKind::still;
    cells.steps.push_back(is_still ? 1 : grid.axes[axis].extent);
    cells.every.push_back(1);
  }
  if (kind == PictureKind::still) return cells;
  const auto is_too_large = [&] { return layers * cells.size() > most_cells_of_page; };
  constexpr std::size_t fifth = 5;
  for (std::size_t along = most_cells_along;
       is_too_large() && along > fewest_cells_along;) {
    along = std::max(fewest_cells_along, along - along / fifth);
    cells.blocks = blocks_for(grid, axes, along);
  }
  while (is_too_large() && cells.step_count() > 1) {
    const auto longest = std::ranges::max_element(cells.steps) - cells.steps.begin();
    const auto axis = static_cast<std::size_t>(longest);
    ++cells.every[axis];
    cells.steps[axis] =
        divided_up(grid.axes[axes.leading[axis]].extent, cells.every[axis]);
  }
  return cells;
}

// Colours and extremes, from the cells. False where all of them are missing.
bool finish(const PlannedLayer& planned, Layer& layer) {
  layer.name = planned.name;
  layer.title = with_unit(planned.title, planned.unit);
  layer.unit = planned.unit;
  layer.least = std::numeric_limits<double>::infinity();
  layer.most = -layer.least;
  for (const double sample : layer.samples) {
    if (!std::isfinite(sample)) continue;
    layer.least = std::min(layer.least, sample);
    layer.most = std::max(layer.most, sample);
  }
  const auto range = colour_range(planned.kind, layer.samples);
  if (range) {
    layer.range = *range;
  } else {
    layer.least = layer.most = 0;
  }
  return range.has_value();
}

void add_captions(const ViewedGrid& grid, const DrawnAxes& axes, const CellGrid& cells,
                  FieldPicture& picture) {
  const Blocks& blocks = cells.blocks;
  if (blocks.row > 1 || blocks.column > 1) {
    picture.captions.push_back(fmt::format("Each cell is the mean of {} x {} samples.",
                                           std::min(blocks.row, blocks.rows),
                                           std::min(blocks.column, blocks.columns)));
  }
  for (std::size_t k = 0; k < axes.leading.size(); ++k) {
    const ViewedAxis& axis = grid.axes[axes.leading[k]];
    if (cells.every[k] > 1) {
      picture.captions.push_back(
          fmt::format("One of {} samples of {} is shown.", cells.every[k], axis.name));
    }
  }
}

// With what is drawn of the axes that have no sliders.
std::string titled(const std::string& title, const ViewedGrid& grid,
                   const DrawnAxes& axes, PictureKind kind) {
  std::string text = with_picks(title, grid, axes);
  if (kind == PictureKind::interactive) return text;
  for (const std::size_t leading : axes.leading) {
    text = with_sample(text, grid.axes[leading], 0);
  }
  return text;
}

std::vector<Slider> sliders_of(const ViewedGrid& grid, const DrawnAxes& axes,
                               const CellGrid& cells) {
  std::vector<Slider> sliders;
  for (std::size_t k = 0; k < axes.leading.size(); ++k) {
    const ViewedAxis& axis = grid.axes[axes.leading[k]];
    std::vector<std::size_t> samples;
    for (std::size_t step = 0; step < cells.steps[k]; ++step) {
      samples.push_back(step * cells.every[k]);
    }
    sliders.push_back({axis.name, labels_of(axis, samples)});
  }
  return sliders;
}

void say_first_steps(const ViewedGrid& grid, const DrawnAxes& axes,
                     const PictureRequest& request) {
  if (request.kind == PictureKind::interactive) return;
  for (const std::size_t leading : axes.leading) {
    const ViewedAxis& axis = grid.axes[leading];
    note(request.notes,
         fmt::format("{0}: the first of {1} samples is drawn; gridgrad view "
                     "--at {0}=SAMPLE draws another, and .html has all",
                     axis.name, axis.extent));
  }
}

}  // namespace

FieldPicture field_picture(const ViewedGrid& grid, const DrawnAxes& axes,
                           const PictureRequest& request) {
  const LayerPlan plan = planned_layers(grid, {axes.x, *axes.y});
  const CellGrid cells = cell_grid(grid, axes, plan.layers.size(), request.kind);
  FieldPicture picture;
  picture.x = picture_axis(grid.axes[axes.x], cells.blocks.column, request.notes);
  picture.y = picture_axis(grid.axes[*axes.y], cells.blocks.row, request.notes);
  picture.is_to_scale = is_to_scale(grid.axes[axes.x], grid.axes[*axes.y]);
  say_first_steps(grid, axes, request);
  picture.layers.resize(plan.layers.size());
  const CellReader reader(grid, axes, plan.layers, cells);
  ProgressLine progress(request.progress, request.notes, reader.bytes());
  std::vector<std::vector<double>> samples = reader.read(progress);
  bool has_samples = false;
  for (std::size_t k = 0; k < plan.layers.size(); ++k) {
    picture.layers[k].samples = std::move(samples[k]);
    if (finish(plan.layers[k], picture.layers[k])) has_samples = true;
  }
  if (!has_samples) refuse_all_missing(grid);
  picture.title = titled(plan.title, grid, axes, request.kind);
  add_captions(grid, axes, cells, picture);
  picture.arrows = plan.arrows;
  picture.panels = plan.panels;
  if (request.kind == PictureKind::interactive) {
    picture.sliders = sliders_of(grid, axes, cells);
    // A page opens with its first panel.
    std::ranges::stable_partition(picture.panels, [](const Panel& panel) {
      return panel.overlay == Overlay::arrows;
    });
  } else if (!plan.left_out.empty()) {
    picture.captions.push_back("No room for " + joined(plan.left_out) +
                               "; .html has all.");
  }
  return picture;
}

}  // namespace gridgrad::cli

// cli/field_picture.cpp: bands of samples into cells, step after step
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
constexpr std::size_t bytes_of_band = std::size_t{16} << 20;
// The most that a band has so that no chunk is read twice.
constexpr std::size_t bytes_of_chunks = std::size_t{128} << 20;

// How the samples of one drawn axis and the steps become cells.
struct Sizes {
  Blocks blocks;
  std::vector<std::size_t> steps;  // extents along the leading axes, as they are shown
  std::vector<std::size_t> every;  // one of so many samples along each
};

std::size_t product(const std::vector<std::size_t>& extents) {
  std::size_t size = 1;
  for (const std::size_t extent : extents) size *= extent;
  return size;
}

std::size_t divided_up(std::size_t extent, std::size_t block) {
  return (extent + block - 1) / block;
}

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

Sizes sizes_of(const ViewedGrid& grid, const DrawnAxes& axes, std::size_t layers,
               PictureKind kind) {
  Sizes sizes;
  sizes.blocks = blocks_for(grid, axes, most_cells_along);
  for (const std::size_t axis : axes.leading) {
    const bool is_still = kind == PictureKind::still;
    sizes.steps.push_back(is_still ? 1 : grid.axes[axis].extent);
    sizes.every.push_back(1);
  }
  if (kind == PictureKind::still) return sizes;
  const auto cells = [&] {
    return layers * product(sizes.steps) * sizes.blocks.cell_rows() *
           sizes.blocks.cell_columns();
  };
  constexpr std::size_t fifth = 5;
  for (std::size_t along = most_cells_along;
       cells() > most_cells_of_page && along > fewest_cells_along;) {
    along = std::max(fewest_cells_along, along - along / fifth);
    sizes.blocks = blocks_for(grid, axes, along);
  }
  while (cells() > most_cells_of_page && product(sizes.steps) > 1) {
    const auto longest = std::ranges::max_element(sizes.steps) - sizes.steps.begin();
    const auto axis = static_cast<std::size_t>(longest);
    ++sizes.every[axis];
    sizes.steps[axis] =
        divided_up(grid.axes[axes.leading[axis]].extent, sizes.every[axis]);
  }
  return sizes;
}

Reduction reduction_of(const PlannedLayer& layer) {
  if (layer.measure == Measure::phase) return Reduction::phase;
  return layer.kind == FieldKind::angle ? Reduction::angle : Reduction::mean;
}

// Reads the samples of one step and reduces them to the cells of every layer.
class StepReader {
 public:
  StepReader(const ViewedGrid& grid, const DrawnAxes& axes,
             const std::vector<PlannedLayer>& layers, const Blocks& blocks)
      : grid_(grid), axes_(axes), layers_(layers), blocks_(blocks) {
    const auto order = [&](std::size_t axis) {
      return std::ranges::find(grid.slow_first, axis);
    };
    rows_are_slow_ = order(*axes.y) < order(axes.x);
  }

  // `first` is the step along every axis that is not drawn.
  [[nodiscard]] std::vector<std::vector<double>> read(
      const std::vector<std::size_t>& first, ProgressLine& progress) const {
    std::vector<BlockMeans> means;
    for (const PlannedLayer& layer : layers_) {
      means.emplace_back(blocks_, reduction_of(layer));
    }
    const std::size_t extent = rows_are_slow_ ? blocks_.rows : blocks_.columns;
    const std::size_t length = band_length();
    for (std::size_t begin = 0; begin < extent; begin += length) {
      const io::Box box = band(first, begin, std::min(length, extent - begin));
      add(box, means);
      progress.add(io::size_of(box) * bytes_of_samples());
    }
    std::vector<std::vector<double>> cells;
    for (const BlockMeans& mean : means) cells.push_back(mean.cells());
    return cells;
  }

  [[nodiscard]] std::size_t bytes_of_samples() const {
    std::size_t bytes = 0;
    for (const ViewedField& field : grid_.fields) bytes += field.bytes_of_sample;
    return bytes;
  }

 private:
  // Whole blocks, and whole chunks where they are not too long.
  [[nodiscard]] std::size_t band_length() const {
    const std::size_t slow = rows_are_slow_ ? *axes_.y : axes_.x;
    const std::size_t across = rows_are_slow_ ? blocks_.columns : blocks_.rows;
    const std::size_t block = rows_are_slow_ ? blocks_.row : blocks_.column;
    // Samples as they are stored, then two parts of each in float64.
    const std::size_t bytes = across * grid_.fields.size() * 3 * sizeof(double);
    const auto rows_in = [&](std::size_t most) {
      return std::max<std::size_t>(1, most / std::max<std::size_t>(bytes, 1));
    };
    std::size_t length = rows_in(bytes_of_band);
    const auto& chunks = grid_.fields.front().chunks;
    const std::size_t chunk = chunks.empty() ? 0 : chunks[slow];
    if (chunk > 0 && chunk <= rows_in(bytes_of_chunks)) {
      length = std::max(length / chunk, std::size_t{1}) * chunk;
    }
    return std::max(length / block, std::size_t{1}) * block;
  }

  [[nodiscard]] io::Box band(const std::vector<std::size_t>& first, std::size_t begin,
                             std::size_t length) const {
    io::Box box{first, std::vector<std::size_t>(first.size(), 1)};
    box.extents[*axes_.y] = rows_are_slow_ ? length : blocks_.rows;
    box.extents[axes_.x] = rows_are_slow_ ? blocks_.columns : length;
    box.first[rows_are_slow_ ? *axes_.y : axes_.x] = begin;
    return box;
  }

  void add(const io::Box& box, std::vector<BlockMeans>& means) const {
    std::vector<ViewedSamples> samples;
    for (const ViewedField& field : grid_.fields) samples.push_back(field.read(box));
    for (std::size_t k = 0; k < layers_.size(); ++k) {
      const PlannedLayer& layer = layers_[k];
      add(box,
          {layer.measure, samples[layer.fields.front()], samples[layer.fields.back()]},
          means[k]);
    }
  }

  void add(const io::Box& box, const Measured& layer, BlockMeans& means) const {
    const std::size_t rows = box.extents[*axes_.y];
    const std::size_t columns = box.extents[axes_.x];
    const bool y_is_first = *axes_.y < axes_.x;
    const std::size_t row_stride = y_is_first ? columns : 1;
    const std::size_t column_stride = y_is_first ? 1 : rows;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        means.add(box.first[*axes_.y] + i, box.first[axes_.x] + j,
                  layer.at(i * row_stride + j * column_stride));
      }
    }
  }

  const ViewedGrid& grid_;
  const DrawnAxes& axes_;
  const std::vector<PlannedLayer>& layers_;
  Blocks blocks_;
  bool rows_are_slow_ = true;
};

// The sample of every axis that a step stands for.
std::vector<std::size_t> first_of(const ViewedGrid& grid, const DrawnAxes& axes,
                                  const Sizes& sizes, std::size_t step) {
  std::vector<std::size_t> first(grid.axes.size(), 0);
  for (const Pick& pick : axes.picks) first[pick.axis] = pick.sample;
  for (std::size_t k = axes.leading.size(); k-- > 0;) {
    first[axes.leading[k]] = step % sizes.steps[k] * sizes.every[k];
    step /= sizes.steps[k];
  }
  return first;
}

void read_layers(const ViewedGrid& grid, const DrawnAxes& axes, const Sizes& sizes,
                 const std::vector<PlannedLayer>& planned, std::vector<Layer>& layers,
                 const PictureRequest& request) {
  const StepReader reader(grid, axes, planned, sizes.blocks);
  const std::size_t steps = product(sizes.steps);
  ProgressLine progress(
      request.progress, request.notes,
      steps * sizes.blocks.rows * sizes.blocks.columns * reader.bytes_of_samples());
  for (std::size_t step = 0; step < steps; ++step) {
    const auto cells = reader.read(first_of(grid, axes, sizes, step), progress);
    for (std::size_t k = 0; k < layers.size(); ++k) {
      layers[k].samples.insert(layers[k].samples.end(), cells[k].begin(), cells[k].end());
    }
  }
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

void add_captions(const ViewedGrid& grid, const DrawnAxes& axes, const Sizes& sizes,
                  FieldPicture& picture) {
  const Blocks& blocks = sizes.blocks;
  if (blocks.row > 1 || blocks.column > 1) {
    picture.captions.push_back(fmt::format("Each cell is the mean of {} x {} samples.",
                                           std::min(blocks.row, blocks.rows),
                                           std::min(blocks.column, blocks.columns)));
  }
  for (std::size_t k = 0; k < axes.leading.size(); ++k) {
    const ViewedAxis& axis = grid.axes[axes.leading[k]];
    if (sizes.every[k] > 1) {
      picture.captions.push_back(
          fmt::format("One of {} samples of {} is shown.", sizes.every[k], axis.name));
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
                               const Sizes& sizes) {
  std::vector<Slider> sliders;
  for (std::size_t k = 0; k < axes.leading.size(); ++k) {
    const ViewedAxis& axis = grid.axes[axes.leading[k]];
    std::vector<std::size_t> samples;
    for (std::size_t step = 0; step < sizes.steps[k]; ++step) {
      samples.push_back(step * sizes.every[k]);
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
  const Sizes sizes = sizes_of(grid, axes, plan.layers.size(), request.kind);
  FieldPicture picture;
  picture.x = picture_axis(grid.axes[axes.x], sizes.blocks.column, request.notes);
  picture.y = picture_axis(grid.axes[*axes.y], sizes.blocks.row, request.notes);
  picture.is_to_scale = is_to_scale(grid.axes[axes.x], grid.axes[*axes.y]);
  say_first_steps(grid, axes, request);
  picture.layers.resize(plan.layers.size());
  read_layers(grid, axes, sizes, plan.layers, picture.layers, request);
  bool has_samples = false;
  for (std::size_t k = 0; k < plan.layers.size(); ++k) {
    if (finish(plan.layers[k], picture.layers[k])) has_samples = true;
  }
  if (!has_samples) refuse_all_missing(grid);
  picture.title = titled(plan.title, grid, axes, request.kind);
  add_captions(grid, axes, sizes, picture);
  picture.arrows = plan.arrows;
  picture.panels = plan.panels;
  if (request.kind == PictureKind::interactive) {
    picture.sliders = sliders_of(grid, axes, sizes);
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

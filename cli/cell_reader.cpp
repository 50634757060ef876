// cli/cell_reader.cpp: bands of neighbouring steps into cells
//
// SPDX-License-Identifier: BSD-3-Clause

#include "cell_reader.hpp"

#include <algorithm>

namespace gridgrad::cli {
namespace {

// Of samples that are read at once.
constexpr std::size_t bytes_of_band = std::size_t{16} << 20;
// The most of them so that no chunk is read twice.
constexpr std::size_t bytes_of_chunks = std::size_t{128} << 20;

std::size_t product(const std::vector<std::size_t>& extents) {
  std::size_t size = 1;
  for (const std::size_t extent : extents) size *= extent;
  return size;
}

// Where entry n of an array of these extents stands, the last axis fastest.
std::vector<std::size_t> unravelled(std::size_t n,
                                    const std::vector<std::size_t>& extents) {
  std::vector<std::size_t> index(extents.size());
  for (std::size_t k = extents.size(); k-- > 0;) {
    index[k] = n % extents[k];
    n /= extents[k];
  }
  return index;
}

// How far apart neighbours along each axis are in an array of these extents.
std::vector<std::size_t> strides_of(const std::vector<std::size_t>& extents) {
  std::vector<std::size_t> strides(extents.size(), 1);
  for (std::size_t k = extents.size(); k-- > 1;) {
    strides[k - 1] = strides[k] * extents[k];
  }
  return strides;
}

Reduction reduction_of(const PlannedLayer& layer) {
  if (layer.measure == Measure::phase) return Reduction::phase;
  return layer.kind == FieldKind::angle ? Reduction::angle : Reduction::mean;
}

// The part of one step in samples that were read.
struct Map {
  Blocks blocks;  // with the extents of the part
  std::size_t first = 0;
  std::size_t row_stride = 1;
  std::size_t column_stride = 1;
};

BlockMeans means_of(const Map& map, const Measured& measured, Reduction reduction) {
  BlockMeans means(map.blocks, reduction);
  for (std::size_t i = 0; i < map.blocks.rows; ++i) {
    for (std::size_t j = 0; j < map.blocks.columns; ++j) {
      means.add(i, j,
                measured.at(map.first + i * map.row_stride + j * map.column_stride));
    }
  }
  return means;
}

}  // namespace

std::size_t CellGrid::step_count() const {
  return product(steps);
}

std::size_t CellGrid::size() const {
  return step_count() * blocks.cell_rows() * blocks.cell_columns();
}

CellReader::CellReader(const ViewedGrid& grid, const DrawnAxes& axes,
                       const std::vector<PlannedLayer>& layers, const CellGrid& cells)
    : grid_(grid), axes_(axes), layers_(layers), cells_(cells) {
  for (const std::size_t axis : grid.slow_first) {
    if (axis == axes.x || axis == *axes.y) fast_ = axis;
  }
  fast_extent_ = grid.axes[fast_].extent;
  for (const std::size_t axis : grid.slow_first) {
    const bool is_picked =
        std::ranges::find(axes.picks, axis, &Pick::axis) != axes.picks.end();
    if (axis != fast_ && !is_picked) walked_.push_back(walked(axis));
  }
}

std::uint64_t CellReader::bytes() const {
  const Blocks& blocks = cells_.blocks;
  return cells_.step_count() * blocks.rows * blocks.columns * bytes_of_sample();
}

std::vector<std::vector<double>> CellReader::read(ProgressLine& progress) const {
  std::vector<std::vector<double>> cells(layers_.size());
  for (auto& layer : cells) layer.resize(cells_.size());
  const Index together = lengths();
  Index parts;
  for (std::size_t k = 0; k < walked_.size(); ++k) {
    parts.push_back(divided_up(walked_[k].count, together[k]));
  }
  for (std::size_t part = 0; part < product(parts); ++part) {
    const io::Box box = box_of(unravelled(part, parts), together);
    read(box, cells);
    progress.add(product(steps_of(box)) * box.extents[axes_.x] * box.extents[*axes_.y] *
                 bytes_of_sample());
  }
  return cells;
}

CellReader::Walked CellReader::walked(std::size_t axis) const {
  const auto& chunks = grid_.fields.front().chunks;
  const std::size_t chunk = chunks.empty() ? 1 : chunks[axis];
  const auto leading = std::ranges::find(axes_.leading, axis);
  Walked walked{axis, leading == axes_.leading.end()};
  if (walked.is_drawn) {
    walked.unit = axis == axes_.x ? cells_.blocks.column : cells_.blocks.row;
    walked.count = divided_up(grid_.axes[axis].extent, walked.unit);
    walked.chunk = divided_up(chunk, walked.unit);
  } else {
    const auto k = static_cast<std::size_t>(leading - axes_.leading.begin());
    walked.unit = cells_.every[k];
    walked.count = cells_.steps[k];
    walked.chunk = std::max<std::size_t>(1, chunk / walked.unit);
  }
  walked.chunk = std::min(walked.chunk, walked.count);
  return walked;
}

// As many units as share a chunk, then as make a band; those of fast axes before others.
CellReader::Index CellReader::lengths() const {
  Index lengths(walked_.size(), 1);
  for (std::size_t k = walked_.size(); k-- > 0;) {
    const std::size_t room = units_in(bytes_of_chunks, lengths, k);
    lengths[k] = std::max<std::size_t>(1, std::min(walked_[k].chunk, room));
  }
  for (std::size_t k = walked_.size(); k-- > 0;) {
    const Walked& walked = walked_[k];
    // Steps between those that are shown are not read where that can be.
    if (!walked.is_drawn && walked.unit > 1) continue;
    const std::size_t room = std::min(units_in(bytes_of_band, lengths, k), walked.count);
    if (room <= lengths[k]) continue;
    lengths[k] = room == walked.count ? room : room - room % walked.chunk;
  }
  return lengths;
}

std::size_t CellReader::samples_of(const Walked& walked, std::size_t units) {
  return walked.is_drawn ? units * walked.unit : (units - 1) * walked.unit + 1;
}

// How much of an axis there is room for beside those lengths of the others.
std::size_t CellReader::units_in(std::size_t bytes, const Index& lengths,
                                 std::size_t along) const {
  // Samples as they are stored, then two parts of each in float64.
  std::size_t of_others = fast_extent_ * grid_.fields.size() * 3 * sizeof(double);
  for (std::size_t k = 0; k < walked_.size(); ++k) {
    if (k != along) of_others *= samples_of(walked_[k], lengths[k]);
  }
  const std::size_t samples = bytes / std::max<std::size_t>(of_others, 1);
  const Walked& walked = walked_[along];
  if (walked.is_drawn) return samples / walked.unit;
  return samples == 0 ? 0 : (samples - 1) / walked.unit + 1;
}

io::Box CellReader::box_of(const Index& part, const Index& lengths) const {
  io::Box box{Index(grid_.axes.size(), 0), Index(grid_.axes.size(), 1)};
  for (const Pick& pick : axes_.picks) box.first[pick.axis] = pick.sample;
  box.extents[fast_] = fast_extent_;
  for (std::size_t k = 0; k < walked_.size(); ++k) {
    const Walked& walked = walked_[k];
    const std::size_t first = part[k] * lengths[k];
    const std::size_t units = std::min(lengths[k], walked.count - first);
    box.first[walked.axis] = first * walked.unit;
    const std::size_t left = grid_.axes[walked.axis].extent - box.first[walked.axis];
    box.extents[walked.axis] = std::min(samples_of(walked, units), left);
  }
  return box;
}

CellReader::Index CellReader::steps_of(const io::Box& box) const {
  Index steps;
  for (std::size_t k = 0; k < axes_.leading.size(); ++k) {
    steps.push_back((box.extents[axes_.leading[k]] - 1) / cells_.every[k] + 1);
  }
  return steps;
}

void CellReader::read(const io::Box& box, std::vector<std::vector<double>>& cells) const {
  std::vector<ViewedSamples> fields;
  for (const ViewedField& field : grid_.fields) fields.push_back(field.read(box));
  const Index strides = strides_of(box.extents);
  const Index steps = steps_of(box);
  Map map{cells_.blocks, 0, strides[*axes_.y], strides[axes_.x]};
  map.blocks.rows = box.extents[*axes_.y];
  map.blocks.columns = box.extents[axes_.x];
  for (std::size_t n = 0; n < product(steps); ++n) {
    const Index step = unravelled(n, steps);
    std::size_t shown = 0;  // which of all steps
    map.first = 0;
    for (std::size_t k = 0; k < steps.size(); ++k) {
      const std::size_t axis = axes_.leading[k];
      map.first += step[k] * cells_.every[k] * strides[axis];
      shown = shown * cells_.steps[k] + box.first[axis] / cells_.every[k] + step[k];
    }
    for (std::size_t k = 0; k < layers_.size(); ++k) {
      const PlannedLayer& layer = layers_[k];
      const Measured measured{layer.measure, fields[layer.fields.front()],
                              fields[layer.fields.back()]};
      keep(means_of(map, measured, reduction_of(layer)), box, shown, cells[k]);
    }
  }
}

// Puts the cells of a box where they stand in those of all steps.
void CellReader::keep(const BlockMeans& means, const io::Box& box, std::size_t step,
                      std::vector<double>& cells) const {
  const Blocks& blocks = cells_.blocks;
  const std::vector<double> part = means.cells();
  const std::size_t columns = divided_up(box.extents[axes_.x], blocks.column);
  const std::size_t first_row = box.first[*axes_.y] / blocks.row;
  const std::size_t first_column = box.first[axes_.x] / blocks.column;
  for (std::size_t n = 0; n < part.size(); ++n) {
    const std::size_t row = step * blocks.cell_rows() + first_row + n / columns;
    cells[row * blocks.cell_columns() + first_column + n % columns] = part[n];
  }
}

std::size_t CellReader::bytes_of_sample() const {
  std::size_t bytes = 0;
  for (const ViewedField& field : grid_.fields) bytes += field.bytes_of_sample;
  return bytes;
}

}  // namespace gridgrad::cli

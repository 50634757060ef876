// cli/cell_reader.hpp: the samples of a grid, as the cells of every layer and step of a
// picture
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "block_means.hpp"
#include "gridgrad/io/dataset.hpp"
#include "progress.hpp"
#include "viewed_axes.hpp"
#include "viewed_field.hpp"
#include "viewed_layers.hpp"

namespace gridgrad::cli {

// How the samples along the drawn axes become cells, and which of the others are shown.
struct CellGrid {
  Blocks blocks;
  std::vector<std::size_t> steps;  // how many along each leading axis
  std::vector<std::size_t> every;  // one of so many samples along each

  [[nodiscard]] std::size_t step_count() const;
  // The cells of all steps.
  [[nodiscard]] std::size_t size() const;
};

// Reads neighbouring rows and steps together, so that a chunk of a file is read once
// where 128 MiB are room enough and it holds a whole number of the blocks and steps that
// are shown; else a chunk at a border is read for both sides. A cell is within one part
// that is read: it has the same mean however the file is stored.
class CellReader {
 public:
  // Those that are referred to outlive the reader.
  CellReader(const ViewedGrid& grid, const DrawnAxes& axes,
             const std::vector<PlannedLayer>& layers, const CellGrid& cells);

  // Of the samples that are shown, as they are stored.
  [[nodiscard]] std::uint64_t bytes() const;

  // For every layer the cells of its steps, each row by row; those of the last leading
  // axis follow each other. Throws Error: io.
  [[nodiscard]] std::vector<std::vector<double>> read(ProgressLine& progress) const;

 private:
  using Index = std::vector<std::size_t>;

  // An axis of which a part is read at once, in units that are not divided: blocks of a
  // drawn axis, steps along another.
  struct Walked {
    std::size_t axis = 0;
    bool is_drawn = false;
    std::size_t unit = 1;   // samples
    std::size_t count = 1;  // units
    std::size_t chunk = 1;  // units that share a chunk
  };

  [[nodiscard]] Walked walked(std::size_t axis) const;
  // From the first to the last that is read of so many units.
  [[nodiscard]] static std::size_t samples_of(const Walked& walked, std::size_t units);
  [[nodiscard]] Index lengths() const;
  [[nodiscard]] std::size_t units_in(std::size_t bytes, const Index& lengths,
                                     std::size_t along) const;
  [[nodiscard]] io::Box box_of(const Index& part, const Index& lengths) const;
  [[nodiscard]] Index steps_of(const io::Box& box) const;
  void read(const io::Box& box, std::vector<std::vector<double>>& cells) const;
  void keep(const BlockMeans& means, const io::Box& box, std::size_t step,
            std::vector<double>& cells) const;
  [[nodiscard]] std::size_t bytes_of_sample() const;

  const ViewedGrid& grid_;
  const DrawnAxes& axes_;
  const std::vector<PlannedLayer>& layers_;
  const CellGrid& cells_;
  std::size_t fast_ = 0;         // the drawn axis that is read as a whole
  std::size_t fast_extent_ = 1;  // in samples
  std::vector<Walked> walked_;   // the others, those stored slowest first
};

}  // namespace gridgrad::cli

// cli/block_means.hpp: fields that are larger than a picture, in as many cells as it has
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

namespace gridgrad::cli {

// What a cell shows of the samples in it.
enum class Reduction {
  mean,   // of those that are not missing
  angle,  // the direction of the sum of unit vectors, in degrees from 0 to below 360
  phase,  // the same above -180 up to 180
};

// How many parts of a length an extent has, the last of which may be shorter.
[[nodiscard]] inline std::size_t divided_up(std::size_t extent, std::size_t length) {
  return (extent + length - 1) / length;
}

// Extents of a grid and of the blocks of samples that become cells; those at the ends may
// be smaller.
struct Blocks {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t row = 1;
  std::size_t column = 1;

  [[nodiscard]] std::size_t cell_rows() const { return divided_up(rows, row); }
  [[nodiscard]] std::size_t cell_columns() const { return divided_up(columns, column); }
};

class BlockMeans {
 public:
  BlockMeans(const Blocks& blocks, Reduction reduction);

  // One sample of the grid, each once; NaN is missing.
  void add(std::size_t row, std::size_t column, double sample);

  // The cells, row by row; NaN where all samples are missing.
  [[nodiscard]] std::vector<double> cells() const;

 private:
  [[nodiscard]] bool is_whole() const;
  [[nodiscard]] double angle(std::size_t cell) const;

  Blocks blocks_;
  Reduction reduction_;
  std::vector<double> sums_;   // of angles, of their cosines
  std::vector<double> sines_;  // of angles only
  std::vector<std::size_t> counts_;
};

}  // namespace gridgrad::cli

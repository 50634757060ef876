// cli/block_means.cpp: sums in float64, divided at the end
//
// SPDX-License-Identifier: BSD-3-Clause

#include "block_means.hpp"

#include <cmath>
#include <limits>

namespace gridgrad::cli {
namespace {

// The sample of a block that stands for it, or the last of one that is cut off before.
bool is_middle(std::size_t index, std::size_t block, std::size_t extent) {
  const std::size_t first = index / block * block;
  const std::size_t middle = first + block / 2;
  return index == (middle < extent ? middle : extent - 1);
}

}  // namespace

BlockMeans::BlockMeans(const Blocks& blocks, Reduction reduction)
    : blocks_(blocks),
      reduction_(reduction),
      sums_(blocks.cell_rows() * blocks.cell_columns(), 0.0),
      counts_(sums_.size(), 0) {}

void BlockMeans::add(std::size_t row, std::size_t column, double sample) {
  if (std::isnan(sample)) return;
  if (reduction_ == Reduction::sample &&
      !(is_middle(row, blocks_.row, blocks_.rows) &&
        is_middle(column, blocks_.column, blocks_.columns))) {
    return;
  }
  const std::size_t cell =
      row / blocks_.row * blocks_.cell_columns() + column / blocks_.column;
  sums_[cell] += sample;
  ++counts_[cell];
}

std::vector<float> BlockMeans::cells() const {
  std::vector<float> cells(sums_.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (counts_[k] == 0) continue;
    cells[k] = static_cast<float>(sums_[k] / static_cast<double>(counts_[k]));
  }
  return cells;
}

}  // namespace gridgrad::cli

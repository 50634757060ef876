// cli/block_means.cpp: sums in float64, divided at the end
//
// SPDX-License-Identifier: BSD-3-Clause

#include "block_means.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace gridgrad::cli {
namespace {

constexpr double half_turn = 180;

}  // namespace

BlockMeans::BlockMeans(const Blocks& blocks, Reduction reduction)
    : blocks_(blocks),
      reduction_(reduction),
      sums_(blocks.cell_rows() * blocks.cell_columns(), 0.0),
      sines_(reduction == Reduction::mean || is_whole() ? 0 : sums_.size(), 0.0),
      counts_(sums_.size(), 0) {}

void BlockMeans::add(std::size_t row, std::size_t column, double sample) {
  if (std::isnan(sample)) return;
  const std::size_t cell =
      row / blocks_.row * blocks_.cell_columns() + column / blocks_.column;
  ++counts_[cell];
  if (sines_.empty()) {
    sums_[cell] += sample;
    return;
  }
  const double radians = sample * std::numbers::pi / half_turn;
  sums_[cell] += std::cos(radians);
  sines_[cell] += std::sin(radians);
}

// Single samples stay as they are.
bool BlockMeans::is_whole() const {
  return blocks_.row == 1 && blocks_.column == 1;
}

double BlockMeans::angle(std::size_t cell) const {
  const double degrees =
      std::atan2(sines_[cell], sums_[cell]) * (half_turn / std::numbers::pi);
  return degrees < 0 && reduction_ == Reduction::angle ? degrees + 2 * half_turn
                                                       : degrees;
}

std::vector<double> BlockMeans::cells() const {
  std::vector<double> cells(sums_.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (counts_[k] == 0) continue;
    cells[k] = sines_.empty() ? sums_[k] / static_cast<double>(counts_[k]) : angle(k);
  }
  return cells;
}

}  // namespace gridgrad::cli

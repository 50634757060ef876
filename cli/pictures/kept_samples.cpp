// cli/pictures/kept_samples.cpp: which samples of long lines a page holds
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kept_samples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace gridgrad::cli {
namespace {

using Indices = std::vector<std::size_t>;

constexpr std::size_t kept_per_line = 3;

void add_extremes(std::span<const double> block, std::size_t first, Indices& kept) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  std::size_t lowest = 0;
  std::size_t highest = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (block[i] < least) least = block[lowest = i];
    if (block[i] > most) most = block[highest = i];
  }
  kept.push_back(first + lowest);
  kept.push_back(first + highest);
  const auto missing =
      std::ranges::find_if(block, [](double value) { return std::isnan(value); });
  if (missing != block.end()) {
    kept.push_back(first + static_cast<std::size_t>(missing - block.begin()));
  }
}

void sort_once_each(Indices& indices) {
  std::ranges::sort(indices);
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
}

Indices of_block(const LinePicture& picture, std::size_t first, std::size_t count) {
  Indices kept;
  for (const LinePanel& panel : picture.panels) {
    for (const Line& line : panel.lines) {
      add_extremes(std::span(line.samples).subspan(first, count), first, kept);
    }
  }
  sort_once_each(kept);
  return kept;
}

std::size_t line_count(const LinePicture& picture) {
  std::size_t lines = 0;
  for (const LinePanel& panel : picture.panels) lines += panel.lines.size();
  return std::max<std::size_t>(1, lines);
}

}  // namespace

KeptSamples kept_samples(const LinePicture& picture, std::size_t most) {
  const std::size_t extent = picture.x.positions.size();
  KeptSamples kept;
  if (extent <= most) {
    kept.indices.resize(extent);
    std::iota(kept.indices.begin(), kept.indices.end(), 0);
    return kept;
  }
  const std::size_t blocks =
      std::max<std::size_t>(1, most / (kept_per_line * line_count(picture)));
  kept.block = (extent + blocks - 1) / blocks;
  kept.indices = {0, extent - 1};
  for (std::size_t first = 0; first < extent; first += kept.block) {
    const Indices more = of_block(picture, first, std::min(kept.block, extent - first));
    kept.indices.insert(kept.indices.end(), more.begin(), more.end());
  }
  sort_once_each(kept.indices);
  return kept;
}

}  // namespace gridgrad::cli

// tiling.cpp: sizes of boxes from the fastest dimension up
//
// SPDX-License-Identifier: BSD-3-Clause

#include "tiling.hpp"

#include <algorithm>

namespace gridgrad {

Boxes::Boxes(std::span<const std::size_t> extents, std::span<const std::size_t> axes,
             const Tiling& tiling)
    : extents_(extents.begin(), extents.end()), sizes_(extents.size(), 1) {
  // Fast dimensions are taken whole while they fit; one is cut; slower ones advance by
  // single planes, or by a few rows where rows share their loads.
  constexpr std::size_t shared_rows = 4;
  std::size_t left = std::max<std::size_t>(tiling.plane, 1);
  std::size_t cut = extents.size();
  for (std::size_t d = extents.size(); d-- > 0;) {
    const bool is_axis = std::ranges::find(axes, d) != axes.end();
    if (cut == extents.size() && extents[d] <= left) {
      sizes_[d] = extents[d];
      left /= std::max<std::size_t>(extents[d], 1);
      continue;
    }
    const bool is_first_cut = cut == extents.size();
    if (is_first_cut) cut = d;
    const std::size_t rows =
        is_first_cut ? tiling.rows : std::min(tiling.rows, shared_rows);
    sizes_[d] = std::max<std::size_t>(is_first_cut ? left : 1, is_axis ? rows : 1);
    sizes_[d] = std::min(sizes_[d], extents[d]);
  }
  if (cut < extents.size()) slowest_first_.push_back(cut);
  for (std::size_t d = 0; d < extents.size(); ++d) {
    if (d != cut) slowest_first_.push_back(d);
    count_ *= extents[d] == 0 ? 0 : (extents[d] + sizes_[d] - 1) / sizes_[d];
  }
}

void Boxes::box(std::size_t index, std::span<Range> ranges) const noexcept {
  for (std::size_t k = slowest_first_.size(); k-- > 0;) {
    const std::size_t d = slowest_first_[k];
    const std::size_t along = (extents_[d] + sizes_[d] - 1) / sizes_[d];
    const std::size_t first = index % along * sizes_[d];
    ranges[d] = {first, std::min(first + sizes_[d], extents_[d])};
    index /= along;
  }
}

}  // namespace gridgrad

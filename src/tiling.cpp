// tiling.cpp: sizes of boxes from the fastest dimension up
//
// SPDX-License-Identifier: BSD-3-Clause

#include "tiling.hpp"

#include <algorithm>

#include "caches.hpp"

namespace gridgrad {

Tiling tiling_for(const Workload& work) {
  constexpr std::size_t long_reach = 3;  // from here on the kernels share 8 rows
  constexpr std::size_t whole = 1024;    // planes are multiples of this
  Tiling tiling;
  tiling.streamed_above = caches().last_level;
  if (work.reach >= long_reach) tiling.shared_rows = 8;
  const std::size_t planes = tiling.shared_rows + 2 * work.reach;
  const std::size_t samples = caches().second_level / 2 / (planes * work.bytes);
  tiling.plane = std::max(samples / whole, std::size_t{1}) * whole;
  // A few per thread, lest one thread be left with the last.
  constexpr std::size_t boxes_per_thread = 4;
  constexpr std::size_t longest = std::size_t{1} << 20;
  tiling.run = std::min(work.samples / (boxes_per_thread * work.threads), longest);
  return tiling;
}

Boxes::Boxes(std::span<const std::size_t> extents, std::span<const std::size_t> axes,
             const Tiling& tiling)
    : extents_(extents.begin(), extents.end()), sizes_(extents.size(), 1) {
  // Fast dimensions are taken whole while they fit; one is cut; slower ones advance by
  // single planes, or by a few rows where rows share their loads.
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
        is_first_cut ? tiling.rows : std::min(tiling.rows, tiling.shared_rows);
    sizes_[d] = std::max<std::size_t>(is_first_cut ? left : 1, is_axis ? rows : 1);
    sizes_[d] = std::min(sizes_[d], extents[d]);
  }
  // Columns of blocks, where rows across them are to find their samples in the cache.
  const bool has_columns =
      cut < extents.size() &&
      std::ranges::any_of(axes, [&](std::size_t axis) { return axis < cut; });
  if (has_columns) slowest_first_.push_back(cut);
  for (std::size_t d = 0; d < extents.size(); ++d) {
    if (d != cut || !has_columns) slowest_first_.push_back(d);
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

// io/zarr/chunk_grid.cpp: division with and without rests
//
// SPDX-License-Identifier: BSD-3-Clause

#include "chunk_grid.hpp"

#include <algorithm>

namespace gridgrad::io::zarr {

ChunkParts::ChunkParts(std::span<const std::size_t> chunk, const Box& box)
    : chunk_(chunk.begin(), chunk.end()), box_(box) {
  for (std::size_t axis = 0; axis < chunk.size(); ++axis) {
    const std::size_t last = box.first[axis] + box.extents[axis] - 1;
    first_.push_back(box.first[axis] / chunk[axis]);
    counts_.push_back(last / chunk[axis] - first_[axis] + 1);
    count_ *= counts_[axis];
  }
}

ChunkPart ChunkParts::operator[](std::size_t number) const {
  const std::size_t rank = chunk_.size();
  ChunkPart result{std::vector<std::size_t>(rank),
                   std::vector<std::size_t>(rank),
                   {std::vector<std::size_t>(rank), std::vector<std::size_t>(rank)}};
  for (std::size_t axis = rank; axis-- > 0;) {
    result.index[axis] = first_[axis] + number % counts_[axis];
    number /= counts_[axis];
    const std::size_t chunk_first = result.index[axis] * chunk_[axis];
    const std::size_t from = std::max(box_.first[axis], chunk_first);
    const std::size_t to =
        std::min(box_.first[axis] + box_.extents[axis], chunk_first + chunk_[axis]);
    result.part.first[axis] = from - chunk_first;
    result.part.extents[axis] = to - from;
    result.place[axis] = from - box_.first[axis];
  }
  return result;
}

std::size_t linear(std::span<const std::size_t> index,
                   std::span<const std::size_t> extents) {
  std::size_t place = 0;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    place = place * extents[axis] + index[axis];
  }
  return place;
}

std::vector<std::size_t> chunk_counts(std::span<const std::size_t> extents,
                                      std::span<const std::size_t> chunk) {
  std::vector<std::size_t> counts;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    const bool has_rest = extents[axis] % chunk[axis] != 0;
    counts.push_back(extents[axis] / chunk[axis] + (has_rest ? 1 : 0));
  }
  return counts;
}

std::vector<std::size_t> extents_within(std::span<const std::size_t> index,
                                        std::span<const std::size_t> chunk,
                                        std::span<const std::size_t> extents) {
  std::vector<std::size_t> within;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    within.push_back(std::min(chunk[axis], extents[axis] - index[axis] * chunk[axis]));
  }
  return within;
}

std::vector<std::size_t> default_chunk(std::span<const std::size_t> extents,
                                       std::size_t sample_bytes) {
  constexpr std::size_t wanted_bytes = std::size_t{1} << 20;
  std::vector<std::size_t> chunk(extents.size(), 1);
  std::size_t room = wanted_bytes / sample_bytes;
  for (std::size_t axis = extents.size(); axis-- > 0 && room > 1;) {
    chunk[axis] = std::clamp<std::size_t>(extents[axis], 1, room);
    room /= chunk[axis];
  }
  return chunk;
}

std::vector<std::size_t> fitted_chunk(std::span<const std::size_t> chunk,
                                      std::span<const std::size_t> extents) {
  std::vector<std::size_t> fitted;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    const std::size_t most = std::max<std::size_t>(extents[axis], 1);
    fitted.push_back(std::clamp<std::size_t>(chunk[axis], 1, most));
  }
  return fitted;
}

}  // namespace gridgrad::io::zarr

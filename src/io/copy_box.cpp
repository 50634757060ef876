// io/copy_box.cpp: runs that are contiguous in both arrays, one after the other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "copy_box.hpp"

#include <algorithm>
#include <cstring>

namespace gridgrad::io {
namespace {

template <class Byte>
Byte* at(const PlaceIn<Byte>& place, std::span<const std::size_t> index,
         std::size_t size) {
  std::size_t offset = 0;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    offset = offset * place.extents[axis] + place.first[axis] + index[axis];
  }
  return place.samples + offset * size;
}

}  // namespace

void copy_box(const PlaceIn<const std::byte>& from, const PlaceIn<std::byte>& to,
              std::span<const std::size_t> extents, std::size_t size) {
  if (std::ranges::find(extents, std::size_t{0}) != extents.end()) return;
  // Axes from `inner` on are one run.
  std::size_t inner = extents.size();
  std::size_t run = size;
  while (inner > 0) {
    --inner;
    run *= extents[inner];
    if (extents[inner] != from.extents[inner] || extents[inner] != to.extents[inner]) {
      break;
    }
  }
  std::vector<std::size_t> index(extents.size(), 0);
  while (true) {
    std::memcpy(at(to, index, size), at(from, index, size), run);
    std::size_t axis = inner;
    while (axis > 0 && ++index[axis - 1] == extents[axis - 1]) index[--axis] = 0;
    if (axis == 0) return;
  }
}

}  // namespace gridgrad::io

// io/copy_box.hpp: samples of a box from one array to another
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gridgrad::io {

// An array in C order, of samples of `size` bytes, and a place in it.
template <class Byte>
struct PlaceIn {
  Byte* samples;
  std::span<const std::size_t> extents;
  std::vector<std::size_t> first;
};

// Copies a box of `extents` samples of `size` bytes between arrays of equal rank.
void copy_box(const PlaceIn<const std::byte>& from, const PlaceIn<std::byte>& to,
              std::span<const std::size_t> extents, std::size_t size);

}  // namespace gridgrad::io

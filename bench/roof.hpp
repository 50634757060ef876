// roof.hpp: how fast the same bytes can be copied
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace gridgrad::bench {

// The memory that a call reads once and writes once.
struct Traffic {
  const std::byte* in;
  std::size_t in_bytes;
  std::array<std::byte*, 4> out;  // one per component
  std::size_t components;
  std::size_t out_bytes;  // of one component: 1, 2, 4 or 8 times in_bytes
  std::size_t rows;       // of which the memory consists
};

// Fixed loops, none tiled by the library.
enum class Loop {
  memcpy,            // one call per thread and component
  streamed_rows,     // non-temporal stores, from the first byte to the last
  streamed_columns,  // the same in blocks of columns, row after row
  ordinary           // stores that stay in the caches
};
inline constexpr std::array<Loop, 4> all_loops = {Loop::memcpy, Loop::streamed_rows,
                                                  Loop::streamed_columns, Loop::ordinary};
[[nodiscard]] std::string_view name(Loop loop) noexcept;

// Writes as many bytes as the call would, with what was read. Preconditions: all pointers
// are aligned to 64 bytes, and rows divide the bytes into multiples of 64.
void copy(Loop loop, const Traffic& traffic, std::size_t threads);

}  // namespace gridgrad::bench

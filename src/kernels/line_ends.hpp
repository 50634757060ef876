// kernels/line_ends.hpp: what a kernel that computes many lines as one puts between them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

namespace gridgrad::kernels {

// What is readable before the first and behind the last of the values below.
inline constexpr std::size_t end_margin = 64;

// Results at the ends of lines, which are computed elsewhere. values(context, b) are the
// last `after` of line b - 1, if there is one, and behind them the first `before` of line
// b, if there is one; asked for with b increasing. `line` is the number of results of one
// line, ends included.
template <class T>
struct LineEnds {
  const T* (*values)(void* context, std::size_t boundary) = nullptr;
  void* context = nullptr;
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t line = 0;
};

}  // namespace gridgrad::kernels

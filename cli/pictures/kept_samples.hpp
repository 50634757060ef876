// cli/pictures/kept_samples.hpp: which samples of long lines a page holds
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "picture.hpp"

namespace gridgrad::cli {

// Samples that stand for all: the first and the last, and of every block of neighbours
// the least, the greatest and the first missing one of each line.
struct KeptSamples {
  std::size_t block = 1;  // neighbours that are taken together; 1: all are kept
  std::vector<std::size_t> indices;  // ascending; the same for all lines
};

// About `most` of them, or all if there are no more.
[[nodiscard]] KeptSamples kept_samples(const LinePicture& picture, std::size_t most);

}  // namespace gridgrad::cli

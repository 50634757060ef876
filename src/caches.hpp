// caches.hpp: the sizes of this machine's caches
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

namespace gridgrad {

// Bytes; usual ones where the system does not say.
struct Caches {
  std::size_t second_level;  // of one core
  std::size_t last_level;
};

// Read once.
[[nodiscard]] const Caches& caches();

}  // namespace gridgrad

// window_reader.hpp: the samples around a location as doubles
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "patches.hpp"

namespace gridgrad {

// The reader of samples of a type in windows of 2, 4 or 6. Not for complex samples.
[[nodiscard]] WindowReader window_reader(ElementType type, std::size_t window);

}  // namespace gridgrad

// io/npy_header.hpp: the text of a .npy header, read and written
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gridgrad/io/npy.hpp"

namespace gridgrad::io {

// The dictionary of a file called `name`: three keys in any order.
[[nodiscard]] NpyHeader parse_npy_header(std::string_view text, const std::string& name);

// Magic, version 1.0, length and dictionary, padded so that the samples are aligned.
[[nodiscard]] std::string npy_preamble(ElementType type,
                                       std::span<const std::size_t> extents,
                                       MemoryOrder order);

}  // namespace gridgrad::io

// cli/pictures/png.hpp: a file of vectors as one of pixels
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gridgrad::cli {

// Throws Error: unsupported where the module that draws is not installed, naming the
// package that would bring it.
void require_png();

// The bytes of a PNG file, two pixels to a unit of the SVG.
[[nodiscard]] std::vector<std::byte> png_of(const std::string& svg);

}  // namespace gridgrad::cli

// cli/pictures/svg.hpp: a picture as a file of vectors
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "picture.hpp"

namespace gridgrad::cli {

// The panels of the first step of every slider, as SVG 1.1 that needs no other file. The
// same picture gives the same text.
[[nodiscard]] std::string svg_of(const Picture& picture);

}  // namespace gridgrad::cli

// cli/pictures/html.hpp: a picture as a page to look around in
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "picture.hpp"

namespace gridgrad::cli {

// One file that needs neither other files nor a network: all layers and steps, with
// values and coordinates where the pointer is, zoom, layers to choose and sliders.
[[nodiscard]] std::string html_of(const Picture& picture);

}  // namespace gridgrad::cli

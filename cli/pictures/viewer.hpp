// cli/pictures/viewer.hpp: the files of viewer/, which every page holds
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string_view>

namespace gridgrad::cli {

// embed.cmake makes the definitions.
extern const std::string_view viewer_page;    // HTML with {{gaps}} to fill
extern const std::string_view viewer_style;   // CSS
extern const std::string_view viewer_script;  // JavaScript, one module

}  // namespace gridgrad::cli

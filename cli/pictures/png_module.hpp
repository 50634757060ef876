// cli/pictures/png_module.hpp: what the module that draws vectors as pixels offers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::cli {

struct PngModule {
  std::string_view version;  // of gridgrad: the two are built together or not used
  std::vector<std::byte> (*draw)(const std::string& svg);
};

// The name of the function that returns the address of the table.
inline constexpr const char* png_module_name = "gridgrad_png_module";
using PngModuleGetter = const PngModule*();

}  // namespace gridgrad::cli

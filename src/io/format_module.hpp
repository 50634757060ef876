// io/format_module.hpp: what a module that links the library of a format offers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gridgrad/io/format.hpp"
#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::io {

// Module and program each have their own copy of the library, its memory included: what
// one allocates is not for the other to free, but through a destructor that is virtual.
struct FormatModule {
  std::string_view version;  // of gridgrad: the two are built together or not used
  std::unique_ptr<LabelledReader> (*open)(const std::string& path);
  std::unique_ptr<LabelledWriter> (*create)(const std::string& path,
                                            const Dataset& contents,
                                            const LabelledReader& like);
};

// The name of the function that returns the address of the table.
inline constexpr const char* format_module_name = "gridgrad_format_module";
using FormatModuleGetter = const FormatModule*();

// Loads the module of a labelled format when it is first asked for. Throws Error:
// unsupported, naming the package that would bring it.
[[nodiscard]] const FormatModule& format_module(Format format);

}  // namespace gridgrad::io

// cli/pictures/png.cpp: loads what links the libraries that draw, so that the tool does
// not
//
// SPDX-License-Identifier: BSD-3-Clause

#include "png.hpp"

#include <dlfcn.h>

#include "gridgrad/error.hpp"
#include "gridgrad/version.hpp"
#include "png_module.hpp"

namespace gridgrad::cli {
namespace {

[[noreturn]] void refuse(const std::string& reason) {
  throw Error(ErrorCode::unsupported, "PNG",
              reason +
                  "; install Debian's package librsvg2-dev and build again, or write "
                  "a .svg or .html file");
}

// Found beside the program by the search path that is written into it.
const PngModule& load() {
  constexpr const char* file = "gridgrad_png.so";
  void* const library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) refuse(dlerror());
  void* const symbol = dlsym(library, png_module_name);
  if (symbol == nullptr) refuse(dlerror());
  const PngModule& module = *reinterpret_cast<PngModuleGetter*>(symbol)();
  if (module.version != version) {
    refuse(std::string(file) + " is of version " + std::string(module.version) +
           ", not " + std::string(version));
  }
  return module;
}

const PngModule& png_module() {
  static const PngModule& loaded = load();
  return loaded;
}

}  // namespace

void require_png() {
  png_module();
}

std::vector<std::byte> png_of(const std::string& svg) {
  return png_module().draw(svg);
}

}  // namespace gridgrad::cli

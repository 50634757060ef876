// io/format_module.cpp: loads what links the library of a format, so that nothing else
// has to
//
// SPDX-License-Identifier: BSD-3-Clause

#include "format_module.hpp"

#include <dlfcn.h>

#include "gridgrad/error.hpp"
#include "gridgrad/version.hpp"

namespace gridgrad::io {
namespace {

struct ModuleName {
  const char* format;
  const char* file;
  const char* packages;
};

[[noreturn]] void refuse(const ModuleName& name, const std::string& reason) {
  throw Error(
      ErrorCode::unsupported, name.format,
      reason + "; install Debian's package " + name.packages + " and build again");
}

// Found beside the program by the search path that is written into it.
const FormatModule& load(const ModuleName& name) {
  void* const module = dlopen(name.file, RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) refuse(name, dlerror());
  void* const symbol = dlsym(module, format_module_name);
  if (symbol == nullptr) refuse(name, dlerror());
  const FormatModule& functions = *reinterpret_cast<FormatModuleGetter*>(symbol)();
  if (functions.version != version) {
    refuse(name, std::string(name.file) + " is of version " +
                     std::string(functions.version) + ", not " + std::string(version));
  }
  return functions;
}

}  // namespace

const FormatModule& format_module(Format format) {
  switch (format) {
    case Format::netcdf: {
      static const FormatModule& loaded =
          load({"netCDF", "gridgrad_netcdf.so", "libnetcdf-dev"});
      return loaded;
    }
    case Format::geotiff: {
      static const FormatModule& loaded =
          load({"GeoTIFF", "gridgrad_geotiff.so", "libtiff-dev"});
      return loaded;
    }
    case Format::zarr: {
      static const FormatModule& loaded =
          load({"Zarr", "gridgrad_zarr.so", "libblosc-dev"});
      return loaded;
    }
    case Format::hdf5: {
      static const FormatModule& loaded =
          load({"HDF5", "gridgrad_hdf5.so", "libhdf5-dev"});
      return loaded;
    }
    case Format::npy:
    case Format::text:
      break;
  }
  throw Error(ErrorCode::unsupported, "format", "its variables and axes have no names");
}

}  // namespace gridgrad::io

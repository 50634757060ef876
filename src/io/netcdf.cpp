// io/netcdf.cpp: loads the module that links netCDF, so that nothing else has to
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/netcdf.hpp"

#include <dlfcn.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "gridgrad/version.hpp"
#include "netcdf_module.hpp"

namespace gridgrad::io {
namespace {

constexpr const char* module_name = "gridgrad_netcdf.so";

[[noreturn]] void no_module(const std::string& reason) {
  throw Error(ErrorCode::unsupported, "netCDF",
              reason + "; install Debian's package libnetcdf-dev and build again");
}

// Found beside the program by the search path that is written into it.
const NetcdfFunctions& load_module() {
  void* const module = dlopen(module_name, RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) no_module(dlerror());
  void* const symbol = dlsym(module, netcdf_functions_name);
  if (symbol == nullptr) no_module(dlerror());
  const NetcdfFunctions& functions = *reinterpret_cast<NetcdfFunctionsGetter*>(symbol)();
  if (functions.version != version) {
    no_module(std::string(module_name) + " is of version " +
              std::string(functions.version) + ", not " + std::string(version));
  }
  return functions;
}

const NetcdfFunctions& functions() {
  static const NetcdfFunctions& loaded = load_module();
  return loaded;
}

// netCDF-C takes such names for addresses on the network or for other formats.
void require_local(const std::string& path) {
  if (path.find("://") == std::string::npos && path.find('#') == std::string::npos)
    return;
  throw Error(ErrorCode::unsupported, path, "only local files without '#' in the name");
}

bool is_classic(NetcdfFormat format) {
  return format == NetcdfFormat::classic || format == NetcdfFormat::offset64 ||
         format == NetcdfFormat::data64;
}

// netCDF-C reads zeros beyond the end of a classic file, and does not say so.
void require_samples(const Dataset& dataset, const std::string& path) {
  if (!is_classic(dataset.format)) return;
  std::uint64_t needed = 0;
  for (const Variable& variable : dataset.variables) {
    std::uint64_t bytes = variable.type ? size_of(*variable.type) : 1;  // or characters
    for (const std::size_t extent : extents_of(dataset, variable)) bytes *= extent;
    needed += bytes;
  }
  const std::uint64_t size = *File::open(path).size();
  if (size >= needed) return;
  throw Error(ErrorCode::io, path,
              "truncated: its variables need " + std::to_string(needed) +
                  " bytes, the file has " + std::to_string(size));
}

}  // namespace

NetcdfFile::NetcdfFile(int id, std::string path) : id_(id), path_(std::move(path)) {}

NetcdfFile NetcdfFile::open(const std::string& path) {
  require_local(path);
  static_cast<void>(File::open(path));
  NetcdfFile file(functions().open(path), path);
  file.dataset_ = functions().describe(file.id_);
  require_samples(file.dataset_, path);
  return file;
}

NetcdfFile NetcdfFile::create(const std::string& path, const Dataset& contents) {
  require_local(path);
  NetcdfFile file(functions().create(path, contents), path);
  file.dataset_ = contents;
  file.dataset_.variables.clear();
  return file;
}

NetcdfFile::NetcdfFile(NetcdfFile&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      path_(std::move(other.path_)),
      dataset_(std::move(other.dataset_)) {}

NetcdfFile::~NetcdfFile() {
  if (id_ >= 0) functions().abandon(id_);
}

AnyArray NetcdfFile::read(const Variable& variable) const {
  if (!variable.type) {
    throw Error(ErrorCode::bad_type, variable.name, "does not hold numbers");
  }
  AnyArray samples = make_array(*variable.type, extents_of(dataset_, variable));
  functions().read(id_, variable.name, bytes_of(samples).data());
  return samples;
}

void NetcdfFile::copy(const NetcdfFile& from, const std::string& variable) {
  functions().copy(from.id_, variable, id_);
}

void NetcdfFile::define(const std::vector<Variable>& variables) {
  functions().define(id_, variables);
  dataset_.variables.insert(dataset_.variables.end(), variables.begin(), variables.end());
}

void NetcdfFile::write(const std::string& variable, const void* samples) {
  const Variable* const defined = find_variable(dataset_, variable);
  functions().write(id_, variable, extents_of(dataset_, *defined), samples);
}

void NetcdfFile::close() {
  functions().close(std::exchange(id_, -1), path_);
}

}  // namespace gridgrad::io

// io/netcdf_module.hpp: what the module that links netCDF offers to the tool
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io {

// `id` is netCDF's own number of an open file. Errors come as gridgrad::Error, whose
// argument is `path` or the name of the variable.
struct NetcdfFunctions {
  std::string_view version;  // of the library: the two are built together or not used
  int (*open)(const std::string& path);
  Dataset (*describe)(int id);
  void (*read)(int id, const std::string& variable, void* samples);
  int (*create)(const std::string& path, const Dataset& contents);
  void (*copy)(int from, const std::string& variable, int to);
  void (*define)(int id, const std::vector<Variable>& variables);
  void (*write)(int id, const std::string& variable, std::span<const std::size_t> extents,
                const void* samples);
  void (*close)(int id, const std::string& path);
  void (*abandon)(int id);
};

// The name of the function that returns the address of the table.
inline constexpr const char* netcdf_functions_name = "gridgrad_netcdf_functions";
using NetcdfFunctionsGetter = const NetcdfFunctions*();

}  // namespace gridgrad::io

// io/hdf5_filters.hpp: names of the registered filters of HDF5, and what brings them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <string>
#include <string_view>

namespace gridgrad::io {

struct Hdf5Filter {
  unsigned id;
  std::string_view name;
  std::string_view source;  // of the plugin; empty where HDF5 has it built in
};

// The numbers are those of the HDF Group's list of registered filters.
inline constexpr std::array<Hdf5Filter, 13> hdf5_filters = {
    {{1, "deflate", ""},
     {2, "shuffle", ""},
     {3, "fletcher32", ""},
     {4, "szip", ""},
     {5, "nbit", ""},
     {6, "scaleoffset", ""},
     {307, "bzip2", "Debian's package hdf5-filter-plugin"},
     {32000, "lzf", "the Python package h5py"},
     {32001, "blosc", "Debian's package hdf5-filter-plugin-blosc-serial"},
     {32004, "lz4", "Debian's package hdf5-filter-plugin"},
     {32008, "bitshuffle", "Debian's package hdf5-filter-plugin"},
     {32013, "zfp", "the Python package hdf5plugin"},
     {32015, "zstd", "the Python package hdf5plugin"}}};

// The name of a filter, else its number.
[[nodiscard]] inline std::string hdf5_filter_name(unsigned id) {
  for (const Hdf5Filter& known : hdf5_filters) {
    if (known.id == id) return std::string(known.name);
  }
  return std::to_string(id);
}

// What a refusal says of a filter that is not installed.
[[nodiscard]] inline std::string hdf5_filter_refusal(unsigned id) {
  std::string text = "compressed with HDF5 filter " + std::to_string(id);
  std::string_view source = "a plugin";
  for (const Hdf5Filter& known : hdf5_filters) {
    if (known.id != id) continue;
    text += " (" + std::string(known.name) + ")";
    if (!known.source.empty()) source = known.source;
  }
  return text + ", which is not installed; " + std::string(source) +
         " brings it, and HDF5_PLUGIN_PATH says where it is";
}

}  // namespace gridgrad::io

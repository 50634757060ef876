// gridgrad/io/format.hpp: which format a file has
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

namespace gridgrad::io {

enum class Format { npy, text, netcdf, hdf5, geotiff, zarr };

/// Whether its variables and axes have names.
[[nodiscard]] constexpr bool is_labelled(Format format) noexcept {
  return format != Format::npy && format != Format::text;
}

/// Whether files of the two formats must not be used by two threads at the same moment.
[[nodiscard]] constexpr bool share_a_library(Format one, Format other) noexcept {
  const auto is_hdf5 = [](Format format) {
    return format == Format::netcdf || format == Format::hdf5;
  };
  return (one == other && one != Format::zarr) || (is_hdf5(one) && is_hdf5(other));
}

/// Looks at the first bytes, of a directory at the names in it, then at the suffix; "-"
/// is .npy on standard input. netCDF-4 files are HDF5: those named .h5 .hdf5 .hdf .he5
/// are opened as such, others as netCDF.
///
/// Throws Error: io (cannot be read), unsupported (naming the formats that are known).
[[nodiscard]] Format recognise(const std::string& path);

}  // namespace gridgrad::io

// io/format.cpp: magic numbers first, because suffixes lie
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/format.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io {
namespace {

struct Magic {
  std::string_view bytes;
  Format format;
};

using std::string_view_literals::operator""sv;

constexpr std::array<Magic, 9> magics = {{{"\x93NUMPY", Format::npy},
                                          {"CDF\x01", Format::netcdf},
                                          {"CDF\x02", Format::netcdf},
                                          {"CDF\x05", Format::netcdf},
                                          {"\x89HDF", Format::netcdf},
                                          {"II*\0"sv, Format::geotiff},
                                          {"MM\0*"sv, Format::geotiff},
                                          {"II+\0"sv, Format::geotiff},
                                          {"MM\0+"sv, Format::geotiff}}};

constexpr std::array<std::string_view, 4> text_suffixes = {".csv", ".txt", ".dat",
                                                           ".tsv"};

// Of the metadata at the root of a store, of any version, with groups or without.
constexpr std::array<const char*, 4> zarr_names = {"zarr.json", ".zgroup", ".zarray",
                                                   ".zmetadata"};

Format recognise_directory(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* const name : zarr_names) {
    if (std::filesystem::exists(path / name, ignored)) return Format::zarr;
  }
  throw Error(ErrorCode::unsupported, path,
              "a directory without zarr.json, .zgroup, .zarray or .zmetadata, so that it "
              "is no Zarr store");
}

}  // namespace

Format recognise(const std::string& path) {
  if (path == "-") return Format::npy;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return recognise_directory(path);
  constexpr std::size_t longest_magic = 6;
  std::string start(longest_magic, '\0');
  File file = File::open(path);
  start.resize(file.read(std::as_writable_bytes(std::span(start))));
  for (const Magic& magic : magics) {
    if (start.starts_with(magic.bytes)) return magic.format;
  }
  const std::string suffix = std::filesystem::path(path).extension().string();
  if (std::ranges::find(text_suffixes, suffix) != text_suffixes.end())
    return Format::text;
  if (suffix == ".npy") return Format::npy;
  throw Error(
      ErrorCode::unsupported, path,
      "unknown format; accepted: .npy, netCDF, GeoTIFF, Zarr, and text named .csv .txt "
      ".dat .tsv");
}

}  // namespace gridgrad::io

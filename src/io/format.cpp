// io/format.cpp: magic numbers first, because suffixes lie
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
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

constexpr std::array<Magic, 8> magics = {{{"\x93NUMPY", Format::npy},
                                          {"CDF\x01", Format::netcdf},
                                          {"CDF\x02", Format::netcdf},
                                          {"CDF\x05", Format::netcdf},
                                          {"II*\0"sv, Format::geotiff},
                                          {"MM\0*"sv, Format::geotiff},
                                          {"II+\0"sv, Format::geotiff},
                                          {"MM\0+"sv, Format::geotiff}}};

constexpr std::string_view hdf5_magic = "\x89HDF\r\n\x1a\n";

constexpr std::array<std::string_view, 4> hdf5_suffixes = {".h5", ".hdf5", ".hdf",
                                                           ".he5"};

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

// HDF5 leaves room for others' bytes before its own: 512, or 1024, 2048, ... of them.
bool is_hdf5(const std::string& path, std::string_view start) {
  if (start.starts_with(hdf5_magic)) return true;
  const std::uint64_t size = std::filesystem::file_size(path);
  std::ifstream file(path, std::ios::binary);
  constexpr std::uint64_t least_room = 512;
  for (std::uint64_t room = least_room; room < size && file; room *= 2) {
    std::array<char, hdf5_magic.size()> bytes = {};
    file.seekg(static_cast<std::streamoff>(room));
    file.read(bytes.data(), bytes.size());
    if (std::string_view(bytes.data(), bytes.size()) == hdf5_magic) return true;
  }
  return false;
}

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& suffixes,
              const std::string& suffix) {
  return std::ranges::find(suffixes, suffix) != suffixes.end();
}

}  // namespace

Format recognise(const std::string& path) {
  if (path == "-") return Format::npy;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return recognise_directory(path);
  std::string start(hdf5_magic.size(), '\0');
  File file = File::open(path);
  start.resize(file.read(std::as_writable_bytes(std::span(start))));
  for (const Magic& magic : magics) {
    if (start.starts_with(magic.bytes)) return magic.format;
  }
  const std::string suffix = std::filesystem::path(path).extension().string();
  if (is_hdf5(path, start)) {
    return is_among(hdf5_suffixes, suffix) ? Format::hdf5 : Format::netcdf;
  }
  if (is_among(text_suffixes, suffix)) return Format::text;
  if (suffix == ".npy") return Format::npy;
  throw Error(
      ErrorCode::unsupported, path,
      "unknown format; accepted: .npy, netCDF, HDF5, GeoTIFF, Zarr, and text named "
      ".csv .txt .dat .tsv");
}

}  // namespace gridgrad::io

// cli/output.cpp: files and standard output
//
// SPDX-License-Identifier: BSD-3-Clause

#include "output.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string_view>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "gridgrad/io/npy.hpp"
#include "numpy_print.hpp"

namespace gridgrad::cli {
namespace {

struct Suffix {
  std::string_view text;
  io::Format format;
};

// Of labelled outputs.
constexpr std::array<Suffix, 10> suffixes = {{{".nc", io::Format::netcdf},
                                              {".nc4", io::Format::netcdf},
                                              {".cdf", io::Format::netcdf},
                                              {".h5", io::Format::hdf5},
                                              {".hdf5", io::Format::hdf5},
                                              {".hdf", io::Format::hdf5},
                                              {".he5", io::Format::hdf5},
                                              {".tif", io::Format::geotiff},
                                              {".tiff", io::Format::geotiff},
                                              {".zarr", io::Format::zarr}}};

const Suffix* suffix_of(const Destination& destination) {
  const auto text = std::filesystem::path(destination.path).extension().string();
  const auto* const found = std::ranges::find(suffixes, text, &Suffix::text);
  return found == suffixes.end() ? nullptr : found;
}

void report_existing(const std::string& path) {
  std::fprintf(stderr, "gridgrad: output: %s exists; -O replaces it\n", path.c_str());
}

}  // namespace

void note(Notes notes, const std::string& line) {
  if (notes == Notes::shown) std::fprintf(stderr, "%s\n", line.c_str());
}

OutputKind kind_of(const Destination& destination) {
  if (destination.path.empty()) return OutputKind::printed;
  if (destination.path == "-") return OutputKind::npy_stream;
  if (std::filesystem::path(destination.path).extension() == ".npy") {
    return OutputKind::npy;
  }
  if (suffix_of(destination) != nullptr) return OutputKind::labelled;
  std::string accepted = ".npy";
  for (const Suffix& suffix : suffixes) accepted += ", " + std::string(suffix.text);
  throw Error(ErrorCode::unsupported, "output",
              destination.path + " given; " + accepted + " and - are accepted");
}

io::Format labelled_format(const Destination& destination) {
  return suffix_of(destination)->format;
}

bool is_file(const Destination& destination) {
  return !destination.path.empty() && destination.path != "-";
}

bool is_refused(const Destination& destination) {
  if (!is_file(destination) || destination.existing == io::Existing::replace)
    return false;
  if (!io::name_is_taken(destination.path)) return false;
  report_existing(destination.path);
  return true;
}

void require_apart(const std::string& input, const Destination& destination) {
  if (!io::is_same_file(input, destination.path)) return;
  throw Error(ErrorCode::bad_argument, "output",
              destination.path + " is the input; another file is needed");
}

ExitCode publish(const Destination& destination, std::uint64_t bytes,
                 const std::function<void(const std::string&)>& write) {
  const Suffix* const suffix = suffix_of(destination);
  const bool is_store = suffix != nullptr && suffix->format == io::Format::zarr;
  io::PartFile part(destination.path, bytes,
                    is_store ? io::PartKind::directory : io::PartKind::file);
  write(part.path());
  if (part.publish(destination.existing)) return ExitCode::done;
  report_existing(destination.path);
  return ExitCode::output_exists;
}

ExitCode write_array(const Destination& destination, const io::AnyArray& array,
                     io::MemoryOrder order) {
  const auto write_to = [&](io::File file) {
    io::with_view(array, [&](const auto& view) { io::write_npy(file, view, order); });
  };
  if (destination.path == "-") {
    write_to(io::File::standard_output());
    return ExitCode::done;
  }
  return publish(destination, io::npy_bytes(io::type_of(array), io::extents_of(array)),
                 [&](const std::string& path) { write_to(io::File::rewrite(path)); });
}

void print_array(const std::string& name, const AnyField& array) {
  std::string text = name.empty() ? "" : name + ":\n";
  text += numpy_text(array) + "\n";
  io::File::standard_output().write(std::as_bytes(std::span(text)));
}

}  // namespace gridgrad::cli

// io/hdf5/module.cpp: the only library that sees HDF5
//
// SPDX-License-Identifier: BSD-3-Clause

#include "../format_module.hpp"
#include "gridgrad/version.hpp"
#include "reader.hpp"
#include "writer.hpp"

namespace gridgrad::io::hdf5 {
namespace {

std::unique_ptr<LabelledReader> open(const std::string& path) {
  return std::make_unique<Reader>(path);
}

std::unique_ptr<LabelledWriter> create(const std::string& path, const Dataset& contents,
                                       const LabelledReader&) {
  return std::make_unique<Writer>(path, contents);
}

constexpr FormatModule module = {version, open, create};

}  // namespace
}  // namespace gridgrad::io::hdf5

extern "C" __attribute__((visibility("default"))) const gridgrad::io::FormatModule*
gridgrad_format_module() {
  return &gridgrad::io::hdf5::module;
}

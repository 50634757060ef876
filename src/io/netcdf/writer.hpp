// io/netcdf/writer.hpp: a new netCDF file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "attributes.hpp"
#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::io::netcdf {

// A file that is not finished stays open until the program ends: to close one that could
// not be written makes HDF5 crash.
class Writer : public LabelledWriter {
 public:
  Writer(const std::string& path, const Dataset& contents);

  void copy(const LabelledReader& from, const Variable& variable) override;
  void define(const std::vector<Variable>& variables) override;
  void write(const Variable& variable, const Box& box,
             std::span<const std::byte> samples) override;
  void close() override;

 private:
  // The group of this path; makes it, and those around it, where it is not yet.
  int require_group(const std::string& path);
  void begin_definitions();
  void define(const Variable& variable, const std::vector<int>& dimensions);

  std::string path_;
  int file_ = -1;
  std::map<std::string, int> groups_;      // by path, "" for the whole file
  std::map<std::string, int> dimensions_;  // netCDF's number of each, by name
  std::vector<int> numbers_;               // and by place in the contents
  std::map<std::string, Place> places_;    // of the variables that were defined
};

}  // namespace gridgrad::io::netcdf

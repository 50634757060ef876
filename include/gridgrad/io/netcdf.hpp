// gridgrad/io/netcdf.hpp: reading and writing netCDF files
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io {

/// An open netCDF file, and what it holds outside groups.
///
/// The netCDF library is loaded when the first file is opened. Every function throws
/// Error: io (naming file and reason), unsupported (no netCDF library, a compression
/// filter that is not installed). Not from two threads at once.
class NetcdfFile {
 public:
  /// Opens a local file to read.
  [[nodiscard]] static NetcdfFile open(const std::string& path);

  /// Makes the file empty and writes dimensions and attributes of `contents`; its
  /// variables follow by `copy` and `define`.
  [[nodiscard]] static NetcdfFile create(const std::string& path,
                                         const Dataset& contents);

  NetcdfFile(NetcdfFile&& other) noexcept;
  NetcdfFile& operator=(NetcdfFile&&) = delete;
  ~NetcdfFile();

  [[nodiscard]] const Dataset& dataset() const noexcept { return dataset_; }

  /// The samples in the type they have in the file, neither masked nor unpacked.
  [[nodiscard]] AnyArray read(const Variable& variable) const;

  /// Copies a variable of any type, with samples and attributes, from another file. Its
  /// dimensions must be here, by name.
  void copy(const NetcdfFile& from, const std::string& variable);

  /// Adds variables whose samples are written later; `variable.type` is needed.
  void define(const std::vector<Variable>& variables);

  /// Writes the samples of a variable that was defined, contiguous in C order and of its
  /// type.
  void write(const std::string& variable, const void* samples);

  /// Finishes a file that was written; without it, the file is not complete.
  void close();

 private:
  NetcdfFile(int id, std::string path);

  int id_;
  std::string path_;
  Dataset dataset_;
};

}  // namespace gridgrad::io

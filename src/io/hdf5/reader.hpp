// io/hdf5/reader.hpp: HDF5 files, the datasets of all groups in one list
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "axes.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

class Reader : public LabelledReader {
 public:
  explicit Reader(const std::string& path);

  [[nodiscard]] hid_t file() const noexcept { return file_; }

  // Where a variable of the dataset stands in the file.
  [[nodiscard]] const std::string& path_of(const Variable& variable) const;

 private:
  void read_into(const Variable& variable, const Box& box,
                 std::span<std::byte> samples) const override;

  void describe(const std::string& path);
  void describe_variable(hid_t dataset, const std::string& path);
  void name_axes(Axes& axes);
  // Keeps the dataset open, and with it the chunk that it has read last.
  [[nodiscard]] hid_t opened(const Variable& variable) const;

  Identifier file_;
  std::vector<std::string> paths_;  // of each variable
  mutable Identifier open_dataset_;
  mutable std::string open_name_;  // of its variable
};

}  // namespace gridgrad::io::hdf5

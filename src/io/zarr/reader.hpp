// io/zarr/reader.hpp: Zarr stores in directories, their groups in one list
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "array.hpp"
#include "attributes.hpp"
#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::io::zarr {

class Reader : public LabelledReader {
 public:
  explicit Reader(const std::string& path);

  void require_readable(const Variable& variable) const override;

  [[nodiscard]] const Hierarchy& hierarchy() const noexcept { return hierarchy_; }

  // Of the groups and arrays, so that they can be written as they were.
  [[nodiscard]] const OriginalAttributes& originals() const noexcept {
    return originals_;
  }

  // Of a variable of the dataset.
  [[nodiscard]] const Node& node_of(const Variable& variable) const;
  [[nodiscard]] const Array& array_of(const Variable& variable) const;

 private:
  void read_into(const Variable& variable, const Box& box,
                 std::span<std::byte> samples) const override;

  [[nodiscard]] std::size_t place_of(const Variable& variable) const;

  Hierarchy hierarchy_;
  std::vector<Array> arrays_;  // of each variable
  OriginalAttributes originals_;
};

}  // namespace gridgrad::io::zarr

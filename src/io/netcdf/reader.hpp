// io/netcdf/reader.hpp: netCDF files, their groups in one list
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "attributes.hpp"
#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::io::netcdf {

class Reader : public LabelledReader {
 public:
  explicit Reader(const std::string& path);
  ~Reader() override;

  void require_readable(const Variable& variable) const override {
    static_cast<void>(place_of(variable));
  }

  // Where a variable of the dataset stands. Throws Error: unsupported if its samples
  // cannot be read, for want of a filter.
  [[nodiscard]] Place place_of(const Variable& variable) const;

 private:
  void read_into(const Variable& variable, const Box& box,
                 std::span<std::byte> samples) const override;

  void describe();
  void describe_group(int group, const std::string& prefix);
  void describe_dimensions(int group, const std::string& prefix);
  void describe_variable(Place place, const std::string& prefix);
  void require_samples(const std::string& path) const;

  int file_ = -1;
  std::vector<int> dimension_ids_;  // netCDF's, of each dimension
  std::vector<Place> places_;       // of each variable
};

}  // namespace gridgrad::io::netcdf

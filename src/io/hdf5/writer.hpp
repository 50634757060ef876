// io/hdf5/writer.hpp: a new HDF5 file, whose dimensions are scales
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/io/labelled_file.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

// A file that is not finished stays open until the program ends: to close one that could
// not be written makes HDF5 crash.
class Writer : public LabelledWriter {
 public:
  Writer(const std::string& path, const Dataset& contents);
  ~Writer() override;

  void copy(const LabelledReader& from, const Variable& variable) override;
  void define(const std::vector<Variable>& variables) override;
  void write(const Variable& variable, const Box& box,
             std::span<const std::byte> samples) override;
  void close() override;

 private:
  struct Placed {
    std::string name;  // of the variable
    Identifier dataset;
    std::vector<Dimension> dimensions;
  };

  void require_group(const std::string& path);
  [[nodiscard]] std::vector<Dimension> along(const Dataset& of,
                                             const Variable& variable) const;
  // The path of a new variable, whose groups are made.
  [[nodiscard]] std::string new_path(const std::string& name,
                                     const std::vector<Dimension>& dimensions);
  void add(const Variable& variable, std::vector<Dimension> dimensions);
  [[nodiscard]] hid_t dataset_of(const std::string& name) const;
  [[nodiscard]] Identifier make_scale(const Dimension& dimension);
  void attach_scales();

  std::string path_;
  Identifier file_;
  std::vector<Dimension> dimensions_;
  std::set<std::string> groups_;
  std::vector<Placed> placed_;
};

}  // namespace gridgrad::io::hdf5

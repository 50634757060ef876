// io/zarr/writer.hpp: a new store of Zarr 3, its metadata consolidated
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "array_writer.hpp"
#include "attributes.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "reader.hpp"

namespace gridgrad::io::zarr {

class Writer : public LabelledWriter {
 public:
  // `path` is not there, or an empty directory.
  Writer(const std::string& path, const Dataset& contents, const LabelledReader& like);

  void copy(const LabelledReader& from, const Variable& variable) override;
  void define(const std::vector<Variable>& variables) override;
  void write(const Variable& variable, const Box& box,
             std::span<const std::byte> samples) override;
  void close() override;

 private:
  void define(const Variable& variable, const std::vector<Dimension>& dimensions);
  void copy_chunks(const Reader& from, const Variable& variable);

  // Makes the group that a name stands in, and those around it.
  void make_group_of(const std::string& name);
  void write_metadata(const std::string& name, const Json& described);
  [[nodiscard]] Json json_of(const std::vector<Attribute>& attributes) const;
  [[nodiscard]] std::string directory_of(const std::string& name) const;

  std::string path_;
  std::vector<Dimension> dimensions_;
  OriginalAttributes originals_;
  Json attributes_;                            // of the whole store
  Json consolidated_ = Json::object();         // by name
  std::set<std::string> groups_;               // that are made
  std::map<std::string, ArrayWriter> arrays_;  // by name
};

}  // namespace gridgrad::io::zarr

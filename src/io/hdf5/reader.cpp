// io/hdf5/reader.cpp: what an HDF5 file holds, and reading it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "reader.hpp"

#include <algorithm>

#include "attributes.hpp"
#include "gridgrad/io/file.hpp"
#include "storage.hpp"
#include "tree.hpp"
#include "types.hpp"

namespace gridgrad::io::hdf5 {
namespace {

std::string name_of(const std::string& path) {
  const std::string_view leaf = leaf_of(path);
  if (!leaf.starts_with(not_coordinates)) return path;
  return path.substr(0, path.size() - leaf.size()) +
         std::string(leaf.substr(not_coordinates.size()));
}

bool is_empty_shape(hid_t dataset, const std::string& path) {
  const Identifier space(H5Dget_space(dataset), path);
  return H5Sget_simple_extent_type(space) == H5S_NULL;
}

// Some file systems have no locks, and reading needs none.
Identifier read_access() {
  Identifier access(H5Pcreate(H5P_FILE_ACCESS), "access");
  constexpr hbool_t locks = 1;
  constexpr hbool_t but_not_where_there_are_none = 1;
  require(H5Pset_file_locking(access, locks, but_not_where_there_are_none), "access");
  return access;
}

}  // namespace

Reader::Reader(const std::string& path) {
  keep_errors_silent();
  static_cast<void>(File::open(path));
  file_ = Identifier(H5Fopen(path.c_str(), H5F_ACC_RDONLY, read_access()), path);
  describe(path);
}

void Reader::describe(const std::string& path) {
  dataset_.format_name = "HDF5";
  const Identifier root(H5Gopen2(file_, "/", H5P_DEFAULT), path);
  dataset_.attributes = read_attributes(root, path);
  Tree tree = tree_of(file_, path);
  dataset_.links = std::move(tree.links);
  for (const std::string& group : tree.groups) {
    const Identifier opened(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), group);
    dataset_.groups.push_back({group, read_attributes(opened, group)});
  }
  Axes axes;
  for (const std::string& each : tree.datasets) {
    const Identifier dataset(H5Dopen2(file_, each.c_str(), H5P_DEFAULT), each);
    const bool is_scale = axes.add_scale(dataset, each);
    if (!is_scale || !is_name_only(dataset)) describe_variable(dataset, each);
  }
  name_axes(axes);
  dataset_.dimensions = axes.release();
}

void Reader::describe_variable(hid_t dataset, const std::string& path) {
  Variable variable;
  variable.name = name_of(path);
  const Identifier type(H5Dget_type(dataset), path);
  if (!is_empty_shape(dataset, path)) variable.type = element_of(type);
  variable.attributes = read_attributes(dataset, path);
  variable.storage = storage_of(dataset, path);
  dataset_.variables.push_back(std::move(variable));
  paths_.push_back(path);
}

void Reader::name_axes(Axes& axes) {
  std::vector<std::size_t> unnamed;
  for (std::size_t k = 0; k < paths_.size(); ++k) {
    const Identifier dataset(H5Dopen2(file_, paths_[k].c_str(), H5P_DEFAULT), paths_[k]);
    if (auto named = axes.by_scales(dataset, paths_[k])) {
      dataset_.variables[k].dimensions = std::move(*named);
    } else {
      unnamed.push_back(k);
    }
  }
  // Numbers first, so that they have the plainer names.
  std::ranges::stable_partition(
      unnamed, [&](std::size_t k) { return dataset_.variables[k].type.has_value(); });
  for (const std::size_t k : unnamed) {
    const Identifier dataset(H5Dopen2(file_, paths_[k].c_str(), H5P_DEFAULT), paths_[k]);
    dataset_.variables[k].dimensions = axes.without_scales(dataset, paths_[k]);
  }
}

const std::string& Reader::path_of(const Variable& variable) const {
  const auto found =
      std::ranges::find(dataset_.variables, variable.name, &Variable::name);
  return paths_[static_cast<std::size_t>(found - dataset_.variables.begin())];
}

hid_t Reader::opened(const Variable& variable) const {
  if (open_dataset_.is_open() && open_name_ == variable.name) return open_dataset_;
  Identifier dataset(H5Dopen2(file_, path_of(variable).c_str(), H5P_DEFAULT),
                     variable.name);
  require_filters(dataset, variable.name);
  open_dataset_ = std::move(dataset);
  open_name_ = variable.name;
  return open_dataset_;
}

void Reader::read_into(const Variable& variable, const Box& box,
                       std::span<std::byte> samples) const {
  keep_errors_silent();
  const hid_t dataset = opened(variable);
  const Selection selection(dataset, box, variable.name);
  require(H5Dread(dataset, memory_type(*variable.type), selection.memory, selection.file,
                  H5P_DEFAULT, samples.data()),
          variable.name);
}

}  // namespace gridgrad::io::hdf5

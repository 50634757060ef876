// io/hdf5/writer.cpp: datasets first, then the scales that name their axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "writer.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <utility>

#include "attributes.hpp"
#include "gridgrad/error.hpp"
#include "reader.hpp"
#include "storage.hpp"
#include "types.hpp"

namespace gridgrad::io::hdf5 {
namespace {

// The variable that holds the coordinates of a dimension, and is its scale.
bool is_scale_of(const std::string& name, const std::vector<Dimension>& along,
                 const Dimension& dimension) {
  return name == dimension.name && along.size() == 1 &&
         along.front().name == dimension.name;
}

Identifier space_along(const std::vector<Dimension>& dimensions,
                       const std::string& name) {
  if (dimensions.empty()) return Identifier(H5Screate(H5S_SCALAR), name);
  std::vector<hsize_t> extents;
  std::vector<hsize_t> most;
  for (const Dimension& dimension : dimensions) {
    extents.push_back(dimension.extent);
    most.push_back(dimension.is_unlimited ? H5S_UNLIMITED : dimension.extent);
  }
  return Identifier(
      H5Screate_simple(static_cast<int>(extents.size()), extents.data(), most.data()),
      name);
}

constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

}  // namespace

// netCDF-4 writes to no file that has not kept the order of its making.
Writer::Writer(const std::string& path, const Dataset& contents)
    : path_(path), dimensions_(contents.dimensions) {
  keep_errors_silent();
  const Identifier creation(H5Pcreate(H5P_FILE_CREATE), path);
  require(H5Pset_link_creation_order(creation, in_order), path);
  require(H5Pset_attr_creation_order(creation, in_order), path);
  file_ = Identifier(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, H5P_DEFAULT), path);
  const Identifier root(H5Gopen2(file_, "/", H5P_DEFAULT), path);
  for (const Attribute& attribute : contents.attributes) write_attribute(root, attribute);
  for (const Group& group : contents.groups) {
    require_group(group.name);
    const Identifier opened(H5Gopen2(file_, group.name.c_str(), H5P_DEFAULT), group.name);
    for (const Attribute& attribute : group.attributes) {
      write_attribute(opened, attribute);
    }
  }
}

Writer::~Writer() {
  for (Placed& placed : placed_) static_cast<void>(placed.dataset.release());
  static_cast<void>(file_.release());
}

void Writer::require_group(const std::string& path) {
  if (path.empty() || !groups_.insert(path).second) return;
  require_group(std::string(group_of(path)));
  const Identifier creation(H5Pcreate(H5P_GROUP_CREATE), path);
  require(H5Pset_link_creation_order(creation, in_order), path);
  require(H5Pset_attr_creation_order(creation, in_order), path);
  static_cast<void>(Identifier(
      H5Gcreate2(file_, path.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), path));
}

std::vector<Dimension> Writer::along(const Dataset& of, const Variable& variable) const {
  std::vector<Dimension> dimensions;
  for (const std::size_t dimension : variable.dimensions) {
    dimensions.push_back(of.dimensions[dimension]);
  }
  return dimensions;
}

// A name that a scale will have is taken; netCDF-4 calls the variable so instead.
std::string Writer::new_path(const std::string& name,
                             const std::vector<Dimension>& dimensions) {
  const std::string group(group_of(name));
  require_group(group);
  const bool is_taken = std::ranges::any_of(dimensions_, [&](const Dimension& dimension) {
    return dimension.name == name && !is_scale_of(name, dimensions, dimension);
  });
  if (!is_taken) return name;
  return (group.empty() ? "" : group + "/") + std::string(not_coordinates) +
         std::string(leaf_of(name));
}

void Writer::copy(const LabelledReader& from, const Variable& variable) {
  keep_errors_silent();
  std::vector<Dimension> dimensions = along(from.dataset(), variable);
  const auto* const same = dynamic_cast<const Reader*>(&from);
  // H5Ocopy crashes where it cannot read or write, so numbers do without it.
  if (same == nullptr || variable.type) {
    const Variable copied = portable(variable);
    add(copied, std::move(dimensions));
    copy_samples(from, variable, copied);
    return;
  }
  const std::string path = new_path(variable.name, dimensions);
  // Attributes would bring references to the dimensions of the other file, and where one
  // cannot be written HDF5 1.10 crashes.
  const Identifier samples_alone(H5Pcreate(H5P_OBJECT_COPY), variable.name);
  require(H5Pset_copy_object(samples_alone, H5O_COPY_WITHOUT_ATTR_FLAG), variable.name);
  require(H5Ocopy(same->file(), same->path_of(variable).c_str(), file_, path.c_str(),
                  samples_alone, H5P_DEFAULT),
          variable.name);
  Identifier dataset(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), variable.name);
  for (const Attribute& attribute : variable.attributes) {
    write_attribute(dataset, attribute);
  }
  placed_.push_back({variable.name, std::move(dataset), std::move(dimensions)});
}

void Writer::define(const std::vector<Variable>& variables) {
  keep_errors_silent();
  for (const Variable& variable : variables) {
    std::vector<Dimension> dimensions;
    for (const std::size_t dimension : variable.dimensions) {
      dimensions.push_back(dimensions_[dimension]);
    }
    add(variable, std::move(dimensions));
  }
}

void Writer::add(const Variable& variable, std::vector<Dimension> dimensions) {
  const std::string path = new_path(variable.name, dimensions);
  Identifier dataset(H5Dcreate2(file_, path.c_str(), memory_type(*variable.type),
                                space_along(dimensions, variable.name), H5P_DEFAULT,
                                creation_of(variable, dimensions), H5P_DEFAULT),
                     variable.name);
  for (const Attribute& attribute : variable.attributes) {
    write_attribute(dataset, attribute);
  }
  placed_.push_back({variable.name, std::move(dataset), std::move(dimensions)});
}

hid_t Writer::dataset_of(const std::string& name) const {
  return std::ranges::find(placed_, name, &Placed::name)->dataset;
}

void Writer::write(const Variable& variable, const Box& box,
                   std::span<const std::byte> samples) {
  if (samples.empty()) return;
  keep_errors_silent();
  const hid_t dataset = dataset_of(variable.name);
  const Selection selection(dataset, box, variable.name);
  require(H5Dwrite(dataset, memory_type(*variable.type), selection.memory, selection.file,
                   H5P_DEFAULT, samples.data()),
          variable.name);
}

// Coordinates are the scale of their dimension; without any it is one that netCDF-4 takes
// for the name alone, whose samples no one writes.
Identifier Writer::make_scale(const Dimension& dimension) {
  for (const Placed& placed : placed_) {
    if (!is_scale_of(placed.name, placed.dimensions, dimension)) continue;
    const std::string leaf(leaf_of(dimension.name));
    require(H5DSset_scale(placed.dataset, leaf.c_str()), dimension.name);
    H5Iinc_ref(placed.dataset);
    return Identifier(static_cast<hid_t>(placed.dataset));
  }
  require_group(std::string(group_of(dimension.name)));
  Variable stand_in;
  stand_in.name = dimension.name;
  stand_in.type = ElementType::float32;
  Identifier dataset(
      H5Dcreate2(file_, dimension.name.c_str(), H5T_IEEE_F32BE,
                 space_along({dimension}, dimension.name), H5P_DEFAULT,
                 creation_of(stand_in, std::span(&dimension, 1)), H5P_DEFAULT),
      dimension.name);
  const std::string name =
      std::string(name_only) + ". " + std::to_string(dimension.extent);
  require(H5DSset_scale(dataset, name.c_str()), dimension.name);
  return dataset;
}

void Writer::attach_scales() {
  for (const Dimension& dimension : dimensions_) {
    const Identifier scale = make_scale(dimension);
    for (const Placed& placed : placed_) {
      if (is_scale_of(placed.name, placed.dimensions, dimension)) continue;
      for (unsigned axis = 0; axis < placed.dimensions.size(); ++axis) {
        if (placed.dimensions[axis].name != dimension.name) continue;
        require(H5DSattach_scale(placed.dataset, scale, axis), placed.name);
      }
    }
  }
}

void Writer::close() {
  keep_errors_silent();
  attach_scales();
  require(H5Fflush(file_, H5F_SCOPE_LOCAL), path_);
  for (Placed& placed : placed_) {
    require(H5Dclose(placed.dataset.release()), placed.name);
  }
  placed_.clear();
  require(H5Fclose(file_.release()), path_);
}

}  // namespace gridgrad::io::hdf5

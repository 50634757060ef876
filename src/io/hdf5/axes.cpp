// io/hdf5/axes.cpp: HDF5's dimension scales, netCDF-4's habits, and names for the rest
//
// SPDX-License-Identifier: BSD-3-Clause

#include "axes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "attributes.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad::io::hdf5 {
namespace {

// What stands before the leaf.
std::string prefix_of(const std::string& path) {
  return path.substr(0, path.size() - leaf_of(path).size());
}

// Of the scales attached to each axis.
using ScaleAddresses = std::vector<std::vector<haddr_t>>;

haddr_t address_of(hid_t object) {
  H5O_info_t about;
  require(H5Oget_info(object, &about), "dataset");
  return about.addr;
}

// Integers that netCDF-4 leaves at its datasets; empty if there are none.
std::vector<int> netcdf_numbers(hid_t dataset, const char* name) {
  if (require(H5Aexists(dataset, name), name) == 0) return {};
  const Identifier attribute(H5Aopen(dataset, name, H5P_DEFAULT), name);
  const Identifier space(H5Aget_space(attribute), name);
  const hssize_t count = H5Sget_simple_extent_npoints(space);
  if (count < 0 || count > static_cast<hssize_t>(max_rank)) return {};
  std::vector<int> numbers(static_cast<std::size_t>(count));
  require(H5Aread(attribute, H5T_NATIVE_INT, numbers.data()), name);
  return numbers;
}

std::string label_of(hid_t dataset, unsigned axis) {
  const std::vector<std::string> labels = texts_of(dataset, "DIMENSION_LABELS");
  if (axis >= labels.size()) return {};
  std::string text = labels[axis];
  std::ranges::replace(text, '/', '_');
  return text;
}

// References to objects are their addresses. Those to scales that were deleted lead
// nowhere, and are found among no dimensions.
ScaleAddresses scales_of(hid_t dataset, std::size_t rank) {
  ScaleAddresses scales(rank);
  const char* const name = "DIMENSION_LIST";
  if (require(H5Aexists(dataset, name), name) == 0) return scales;
  const Identifier attribute(H5Aopen(dataset, name, H5P_DEFAULT), name);
  const Identifier space(H5Aget_space(attribute), name);
  const Identifier type(H5Tvlen_create(H5T_STD_REF_OBJ), name);
  if (H5Sget_simple_extent_npoints(space) != static_cast<hssize_t>(rank)) return scales;
  std::vector<hvl_t> lists(rank, hvl_t{0, nullptr});
  require(H5Aread(attribute, type, lists.data()), name);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const auto* const first = static_cast<const hobj_ref_t*>(lists[axis].p);
    scales[axis].assign(first, first + lists[axis].len);
  }
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, lists.data());
  return scales;
}

}  // namespace

Shape shape_of(hid_t dataset, const std::string& name) {
  const Identifier space(H5Dget_space(dataset), name);
  if (H5Sget_simple_extent_type(space) != H5S_SIMPLE) return {};
  const auto rank = require(H5Sget_simple_extent_ndims(space), name);
  std::array<hsize_t, H5S_MAX_RANK> extents = {};
  std::array<hsize_t, H5S_MAX_RANK> most = {};
  require(H5Sget_simple_extent_dims(space, extents.data(), most.data()), name);
  Shape shape;
  for (std::int64_t axis = 0; axis < rank; ++axis) {
    shape.extents.push_back(extents[static_cast<std::size_t>(axis)]);
    shape.may_grow.push_back(most[static_cast<std::size_t>(axis)] == H5S_UNLIMITED);
  }
  return shape;
}

bool is_name_only(hid_t dataset) {
  const std::vector<std::string> texts = texts_of(dataset, "NAME");
  return texts.size() == 1 && texts.front().starts_with(name_only);
}

bool Axes::add_scale(hid_t dataset, const std::string& path) {
  if (!is_scale(dataset)) return false;
  const Shape shape = shape_of(dataset, path);
  if (shape.extents.empty()) return false;
  const std::vector<int> number = netcdf_numbers(dataset, "_Netcdf4Dimid");
  if (number.size() == 1) numbered_[number.front()] = dimensions_.size();
  scales_[address_of(dataset)] = dimensions_.size();
  dimensions_.push_back({path, shape.extents.front(), shape.may_grow.front()});
  return true;
}

std::optional<std::vector<std::size_t>> Axes::by_scales(hid_t dataset,
                                                        const std::string& path) {
  const Shape shape = shape_of(dataset, path);
  const std::string prefix = prefix_of(path);
  const auto own = scales_.find(address_of(dataset));
  if (own != scales_.end()) return of_scale(dataset, prefix, shape, own->second);
  const ScaleAddresses attached = scales_of(dataset, shape.extents.size());
  const bool has_scales =
      std::ranges::any_of(attached, [](const auto& list) { return !list.empty(); });
  if (!has_scales && texts_of(dataset, "DIMENSION_LABELS").empty()) return std::nullopt;
  std::vector<std::size_t> axes;
  for (unsigned axis = 0; axis < shape.extents.size(); ++axis) {
    const auto scale = scale_along(attached[axis], shape.extents[axis]);
    axes.push_back(scale ? *scale : labelled(dataset, prefix, axis, shape));
  }
  return axes;
}

std::vector<std::size_t> Axes::without_scales(hid_t dataset, const std::string& path) {
  const Shape shape = shape_of(dataset, path);
  if (shape.extents.size() == 1) {
    const auto same = std::ranges::find(dimensions_, path, &Dimension::name);
    if (same != dimensions_.end() && same->extent == shape.extents.front()) {
      return {static_cast<std::size_t>(same - dimensions_.begin())};
    }
  }
  std::vector<std::size_t> axes;
  for (std::size_t axis = 0; axis < shape.extents.size(); ++axis) {
    axes.push_back(shared(prefix_of(path) + "dim_" + std::to_string(axis),
                          shape.extents[axis], shape.may_grow[axis]));
  }
  return axes;
}

// Several may be attached to an axis; HDF5 lets their extents differ from it.
std::optional<std::size_t> Axes::scale_along(const std::vector<haddr_t>& attached,
                                             std::size_t extent) const {
  for (const haddr_t address : attached) {
    const auto known = scales_.find(address);
    if (known != scales_.end() && dimensions_[known->second].extent == extent) {
      return known->second;
    }
  }
  return std::nullopt;
}

std::size_t Axes::labelled(hid_t dataset, const std::string& prefix, unsigned axis,
                           const Shape& shape) {
  const std::string label = label_of(dataset, axis);
  return shared(prefix + (label.empty() ? "dim_" + std::to_string(axis) : label),
                shape.extents[axis], shape.may_grow[axis]);
}

// One of several axes is a variable of netCDF that is called like its first dimension.
std::vector<std::size_t> Axes::of_scale(hid_t dataset, const std::string& prefix,
                                        const Shape& shape, std::size_t own) {
  const std::vector<int> numbers = netcdf_numbers(dataset, "_Netcdf4Coordinates");
  std::vector<std::size_t> axes = {own};
  for (unsigned axis = 1; axis < shape.extents.size(); ++axis) {
    const auto known = numbers.size() == shape.extents.size()
                           ? numbered_.find(numbers[axis])
                           : numbered_.end();
    const bool is_known = known != numbered_.end() &&
                          dimensions_[known->second].extent == shape.extents[axis];
    axes.push_back(is_known ? known->second : labelled(dataset, prefix, axis, shape));
  }
  return axes;
}

std::size_t Axes::shared(const std::string& name, std::size_t extent, bool may_grow) {
  std::string candidate = name;
  for (std::size_t attempt = 0;; ++attempt) {
    if (attempt > 0) candidate = name + "_" + std::to_string(extent);
    if (attempt > 1) candidate += "_" + std::to_string(attempt);
    const auto same = std::ranges::find(dimensions_, candidate, &Dimension::name);
    if (same == dimensions_.end()) break;
    if (same->extent == extent && same->is_unlimited == may_grow) {
      return static_cast<std::size_t>(same - dimensions_.begin());
    }
  }
  dimensions_.push_back({candidate, extent, may_grow});
  return dimensions_.size() - 1;
}

}  // namespace gridgrad::io::hdf5

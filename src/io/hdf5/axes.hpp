// io/hdf5/axes.hpp: names for the axes of datasets
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

struct Shape {
  std::vector<std::size_t> extents;
  std::vector<bool> may_grow;
};

// Those of a dataset without samples are empty, as of one with a single sample.
[[nodiscard]] Shape shape_of(hid_t dataset, const std::string& name);

// What netCDF-4 puts before the name of a variable that is called like a dimension
// without being its coordinates.
inline constexpr std::string_view not_coordinates = "_nc4_non_coord_";

// How the name of a scale begins that only names a dimension.
inline constexpr std::string_view name_only =
    "This is a netCDF dimension but not a netCDF variable";

// The dimensions of a file. First all scales are added, then datasets get their axes.
class Axes {
 public:
  // Whether the dataset is a scale, which then gives a dimension its name.
  bool add_scale(hid_t dataset, const std::string& path);

  // The dimensions of a dataset along scales, or with labels; nothing if it has neither.
  [[nodiscard]] std::optional<std::vector<std::size_t>> by_scales(
      hid_t dataset, const std::string& path);

  // Of other datasets, once those that have names are known: "dim_0" and so on, shared
  // within a group by datasets that have the same extent along the same axis. A line of
  // samples that is called like a dimension of its extent lies along it.
  [[nodiscard]] std::vector<std::size_t> without_scales(hid_t dataset,
                                                        const std::string& path);

  [[nodiscard]] std::vector<Dimension> release() { return std::move(dimensions_); }

 private:
  std::optional<std::size_t> scale_along(const std::vector<haddr_t>& attached,
                                         std::size_t extent) const;
  std::size_t labelled(hid_t dataset, const std::string& prefix, unsigned axis,
                       const Shape& shape);
  std::vector<std::size_t> of_scale(hid_t dataset, const std::string& prefix,
                                    const Shape& shape, std::size_t own);
  // The dimension of this name if it is as long, else one whose name says its extent.
  std::size_t shared(const std::string& name, std::size_t extent, bool may_grow);

  std::vector<Dimension> dimensions_;
  std::map<haddr_t, std::size_t> scales_;         // by address
  std::map<std::int64_t, std::size_t> numbered_;  // by netCDF's number
};

// Whether the dataset is but the name of a dimension, without coordinates.
[[nodiscard]] bool is_name_only(hid_t dataset);

}  // namespace gridgrad::io::hdf5

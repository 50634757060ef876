// io/zarr/dimensions.cpp: scopes of names, innermost first
//
// SPDX-License-Identifier: BSD-3-Clause

#include "dimensions.hpp"

#include <algorithm>

namespace gridgrad::io::zarr {
namespace {

// "run/wind/" of "run/wind/speed".
std::string_view group_of(std::string_view name) {
  return name.substr(0, name.rfind('/') + 1);
}

// "run/" of "run/wind/".
std::string_view group_around(std::string_view group) {
  return group_of(group.substr(0, group.size() - 1));
}

class Scope {
 public:
  Scope(std::vector<Dimension>& dimensions, const std::vector<std::size_t>& taken)
      : dimensions_(dimensions), taken_(taken) {}

  // A dimension that fits and is not along another axis of the same array.
  [[nodiscard]] std::optional<std::size_t> find(const std::string& name,
                                                std::size_t extent) const {
    const auto found = std::ranges::find(dimensions_, name, &Dimension::name);
    const auto place = static_cast<std::size_t>(found - dimensions_.begin());
    const bool fits = found != dimensions_.end() && found->extent == extent &&
                      std::ranges::find(taken_, place) == taken_.end();
    return fits ? std::optional(place) : std::nullopt;
  }

  [[nodiscard]] bool is_used(const std::string& name) const {
    return std::ranges::find(dimensions_, name, &Dimension::name) != dimensions_.end();
  }

  std::size_t add(const std::string& name, std::size_t extent) {
    std::string free = name;
    for (std::size_t number = 1; is_used(free); ++number) {
      free = name + "_" + std::to_string(number);
      if (const auto place = find(free, extent)) return *place;
    }
    dimensions_.push_back({free, extent});
    return dimensions_.size() - 1;
  }

 private:
  std::vector<Dimension>& dimensions_;
  const std::vector<std::size_t>& taken_;
};

}  // namespace

std::vector<std::size_t> add_dimensions(
    const std::string& array, const std::vector<std::optional<std::string>>& names,
    const std::vector<std::size_t>& extents, std::vector<Dimension>& dimensions) {
  std::vector<std::size_t> places;
  Scope scope(dimensions, places);
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    const std::string name = names[axis].value_or("dim_" + std::to_string(axis));
    std::optional<std::size_t> place;
    std::string_view group = group_of(array);
    // A group that has the name with another extent hides those around it.
    for (;;) {
      const std::string full = std::string(group) + name;
      place = scope.find(full, extents[axis]);
      if (place || scope.is_used(full) || group.empty() || !names[axis]) break;
      group = group_around(group);
    }
    places.push_back(
        place ? *place : scope.add(std::string(group_of(array)) + name, extents[axis]));
  }
  return places;
}

std::string_view name_within(std::string_view dimension, std::string_view array) {
  for (std::string_view group = group_of(array); !group.empty();
       group = group_around(group)) {
    if (dimension.starts_with(group)) return dimension.substr(group.size());
  }
  return dimension;
}

}  // namespace gridgrad::io::zarr

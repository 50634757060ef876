// io/netcdf/writer.cpp: definitions first, then boxes of samples
//
// SPDX-License-Identifier: BSD-3-Clause

#include "writer.hpp"

#include <algorithm>

#include "gridgrad/error.hpp"
#include "reader.hpp"

namespace gridgrad::io::netcdf {
namespace {

int creation_mode(NetcdfFormat format) {
  switch (format) {
    case NetcdfFormat::classic:
      return 0;
    case NetcdfFormat::offset64:
      return NC_64BIT_OFFSET;
    case NetcdfFormat::data64:
      return NC_64BIT_DATA;
    case NetcdfFormat::netcdf4:
      return NC_NETCDF4;
    case NetcdfFormat::netcdf4_classic:
      break;
  }
  return NC_NETCDF4 | NC_CLASSIC_MODEL;
}

// The system copies whole pages faster from samples that begin where one does.
void align_samples() {
  constexpr int large = 1 << 20;
  constexpr int page = 1 << 12;
  require(nc_set_alignment(large, page), "alignment");
}

std::string text_of(std::string_view view) {
  return std::string(view);
}

// Only chunked variables are compressed.
void define_storage(Place place, const Variable& variable) {
  const Storage& storage = variable.storage;
  if (storage.chunks.empty()) return;
  require(
      nc_def_var_chunking(place.group, place.variable, NC_CHUNKED, storage.chunks.data()),
      variable.name);
  keep_no_chunks(place);
  // netCDF's own 16 MiB for each variable would not be among the memory that is planned.
  constexpr std::size_t cache_bytes = std::size_t{1} << 20;
  constexpr std::size_t cache_slots = 521;
  constexpr float preemption = 0.75F;
  require(nc_set_var_chunk_cache(place.group, place.variable, cache_bytes, cache_slots,
                                 preemption),
          variable.name);
  int has_shuffle = 0;
  for (const Filter& filter : storage.filters) {
    if (filter.name == "shuffle") {
      has_shuffle = 1;
    } else if (filter.name == "deflate") {
      require(
          nc_def_var_deflate(place.group, place.variable, has_shuffle, 1, filter.level),
          variable.name);
    } else if (filter.name == "fletcher32") {
      require(nc_def_var_fletcher32(place.group, place.variable, NC_FLETCHER32),
              variable.name);
    } else {
      throw Error(ErrorCode::unsupported, variable.name,
                  "compression " + filter.name +
                      " cannot be written to netCDF; deflate can, or none");
    }
  }
}

}  // namespace

Writer::Writer(const std::string& path, const Dataset& contents) : path_(path) {
  forget_errors();
  align_samples();
  require(nc_create(path.c_str(), NC_CLOBBER | creation_mode(contents.format), &file_),
          path);
  groups_[""] = file_;
  for (const Group& group : contents.groups) {
    const Place place = {require_group(group.name), NC_GLOBAL};
    for (const Attribute& attribute : group.attributes) write_attribute(place, attribute);
  }
  // Every sample is written, so filling first would write them twice.
  require(nc_set_fill(file_, NC_NOFILL, nullptr), path);
  for (const Dimension& dimension : contents.dimensions) {
    const std::size_t extent = dimension.is_unlimited ? NC_UNLIMITED : dimension.extent;
    int id = -1;
    const int group = require_group(text_of(group_of(dimension.name)));
    require(nc_def_dim(group, text_of(leaf_of(dimension.name)).c_str(), extent, &id),
            dimension.name);
    dimensions_[dimension.name] = id;
    numbers_.push_back(id);
  }
  for (const Attribute& attribute : contents.attributes) {
    write_attribute({file_, NC_GLOBAL}, attribute);
  }
  require(nc_enddef(file_), path);
}

int Writer::require_group(const std::string& path) {
  const auto found = groups_.find(path);
  if (found != groups_.end()) return found->second;
  const int around = require_group(text_of(group_of(path)));
  int group = -1;
  require(nc_def_grp(around, text_of(leaf_of(path)).c_str(), &group), path);
  groups_[path] = group;
  return group;
}

void Writer::copy(const LabelledReader& from, const Variable& variable) {
  forget_errors();
  const int group = require_group(text_of(group_of(variable.name)));
  if (const auto* const same = dynamic_cast<const Reader*>(&from)) {
    const Place place = same->place_of(variable);
    require(nc_copy_var(place.group, place.variable, group), variable.name);
    return;
  }
  std::vector<int> dimensions;
  for (const std::size_t dimension : variable.dimensions) {
    dimensions.push_back(dimensions_.at(from.dataset().dimensions[dimension].name));
  }
  const Variable copied = portable(variable);
  begin_definitions();
  define(copied, dimensions);
  require(nc_enddef(file_), variable.name);
  copy_samples(from, variable, copied);
}

// Copies leave netCDF-4 where it is defined, others where it is written.
void Writer::begin_definitions() {
  const int status = nc_redef(file_);
  if (status != NC_EINDEFINE) require(status, path_);
}

void Writer::define(const std::vector<Variable>& variables) {
  forget_errors();
  begin_definitions();
  for (const Variable& variable : variables) {
    std::vector<int> dimensions;
    for (const std::size_t dimension : variable.dimensions) {
      dimensions.push_back(numbers_[dimension]);
    }
    define(variable, dimensions);
  }
  require(nc_enddef(file_), path_);
}

void Writer::define(const Variable& variable, const std::vector<int>& dimensions) {
  Place place = {require_group(text_of(group_of(variable.name))), -1};
  require(
      nc_def_var(place.group, text_of(leaf_of(variable.name)).c_str(),
                 type_of(variable.name, variable.type),
                 static_cast<int>(dimensions.size()), dimensions.data(), &place.variable),
      variable.name);
  define_storage(place, variable);
  for (const Attribute& attribute : variable.attributes) {
    write_attribute(place, attribute);
  }
  places_[variable.name] = place;
}

void Writer::write(const Variable& variable, const Box& box,
                   std::span<const std::byte> samples) {
  forget_errors();
  const Place place = places_.at(variable.name);
  require(nc_put_vara(place.group, place.variable, box.first.data(), box.extents.data(),
                      samples.data()),
          variable.name);
}

void Writer::close() {
  forget_errors();
  // What cannot be written is told by nc_sync; HDF5 and netCDF-C 4.9 crash when they
  // close a file and cannot write it.
  require(nc_sync(file_), path_);
  require(nc_close(file_), path_);
}

}  // namespace gridgrad::io::netcdf

// io/netcdf/reader.cpp: what a netCDF file holds, and reading it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "reader.hpp"

#include <netcdf_filter.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "../hdf5_filters.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad::io::netcdf {
namespace {

using Name = std::array<char, NC_MAX_NAME + 1>;

NetcdfFormat format_of(int file) {
  int format = 0;
  require(nc_inq_format(file, &format), "format");
  switch (format) {
    case NC_FORMAT_CLASSIC:
      return NetcdfFormat::classic;
    case NC_FORMAT_64BIT_OFFSET:
      return NetcdfFormat::offset64;
    case NC_FORMAT_CDF5:
      return NetcdfFormat::data64;
    case NC_FORMAT_NETCDF4_CLASSIC:
      return NetcdfFormat::netcdf4_classic;
  }
  return NetcdfFormat::netcdf4;
}

std::string name_of(NetcdfFormat format) {
  switch (format) {
    case NetcdfFormat::classic:
      return "netCDF-3 classic";
    case NetcdfFormat::offset64:
      return "netCDF-3 64-bit offset";
    case NetcdfFormat::data64:
      return "netCDF-3 64-bit data";
    case NetcdfFormat::netcdf4:
      return "netCDF-4";
    case NetcdfFormat::netcdf4_classic:
      break;
  }
  return "netCDF-4 classic model";
}

bool is_classic(NetcdfFormat format) {
  return format == NetcdfFormat::classic || format == NetcdfFormat::offset64 ||
         format == NetcdfFormat::data64;
}

std::vector<int> own_dimensions(int group) {
  constexpr int without_those_above = 0;
  int count = 0;
  require(nc_inq_dimids(group, &count, nullptr, without_those_above), "dimensions");
  std::vector<int> ids(static_cast<std::size_t>(count));
  require(nc_inq_dimids(group, &count, ids.data(), without_those_above), "dimensions");
  return ids;
}

std::vector<int> unlimited_ids(int group, NetcdfFormat format) {
  int count = 0;
  if (format == NetcdfFormat::netcdf4) {
    require(nc_inq_unlimdims(group, &count, nullptr), "dimensions");
    std::vector<int> ids(static_cast<std::size_t>(count));
    require(nc_inq_unlimdims(group, &count, ids.data()), "dimensions");
    return ids;
  }
  int id = -1;
  require(nc_inq_unlimdim(group, &id), "dimensions");
  return {id};
}

std::vector<int> groups_of(int group) {
  int count = 0;
  require(nc_inq_grps(group, &count, nullptr), "groups");
  std::vector<int> groups(static_cast<std::size_t>(count));
  require(nc_inq_grps(group, &count, groups.data()), "groups");
  return groups;
}

// Empty where there are none, and for the classic formats.
std::vector<unsigned> filter_ids(Place place) {
  std::size_t count = 0;
  if (nc_inq_var_filter_ids(place.group, place.variable, &count, nullptr) != NC_NOERR) {
    return {};
  }
  std::vector<unsigned> filters(count);
  require(nc_inq_var_filter_ids(place.group, place.variable, &count, filters.data()),
          "filters");
  return filters;
}

std::vector<Filter> filters_of(Place place) {
  std::vector<Filter> filters;
  int has_shuffle = 0;
  int has_deflate = 0;
  int level = 0;
  if (nc_inq_var_deflate(place.group, place.variable, &has_shuffle, &has_deflate,
                         &level) != NC_NOERR) {
    return {};
  }
  if (has_shuffle != 0) filters.push_back({"shuffle"});
  for (const unsigned id : filter_ids(place)) {
    const std::string name = hdf5_filter_name(id);
    if (name == "shuffle") continue;
    filters.push_back({name, name == "deflate" ? level : 0});
  }
  return filters;
}

Storage storage_of(Place place, std::size_t rank) {
  int kind = NC_CONTIGUOUS;
  std::vector<std::size_t> chunks(rank);
  if (rank == 0 || nc_inq_var_chunking(place.group, place.variable, &kind,
                                       chunks.data()) != NC_NOERR) {
    return {};
  }
  if (kind == NC_CHUNKED) {
    keep_no_chunks(place);
  } else {
    chunks.clear();
  }
  return {std::move(chunks), filters_of(place)};
}

// HDF5 says so only in the middle of reading, and not which filter it misses.
void require_filters(Place place, const std::string& name) {
  for (const unsigned id : filter_ids(place)) {
    if (nc_inq_filter_avail(place.group, id) != NC_ENOFILTER) continue;
    throw Error(ErrorCode::unsupported, name, hdf5_filter_refusal(id));
  }
}

// netCDF-C takes such names for addresses on the network or for other formats.
void require_local(const std::string& path) {
  if (path.find("://") == std::string::npos && path.find('#') == std::string::npos) {
    return;
  }
  throw Error(ErrorCode::unsupported, path, "only local files without '#' in the name");
}

}  // namespace

Reader::Reader(const std::string& path) {
  require_local(path);
  static_cast<void>(File::open(path));
  forget_errors();
  require(nc_open(path.c_str(), NC_NOWRITE, &file_), path);
  try {
    describe();
    require_samples(path);
  } catch (...) {
    nc_close(file_);
    throw;
  }
}

Reader::~Reader() {
  nc_close(file_);
}

void Reader::describe() {
  dataset_.format = format_of(file_);
  dataset_.format_name = name_of(dataset_.format);
  describe_group(file_, "");
  dataset_.attributes = read_attributes({file_, NC_GLOBAL});
}

void Reader::describe_group(int group, const std::string& prefix) {
  describe_dimensions(group, prefix);
  int count = 0;
  require(nc_inq_nvars(group, &count), "variables");
  for (int variable = 0; variable < count; ++variable) {
    describe_variable({group, variable}, prefix);
  }
  if (dataset_.format != NetcdfFormat::netcdf4) return;
  for (const int inner : groups_of(group)) {
    Name name = {};
    require(nc_inq_grpname(inner, name.data()), "groups");
    dataset_.groups.push_back(
        {prefix + name.data(), read_attributes({inner, NC_GLOBAL})});
    describe_group(inner, prefix + name.data() + "/");
  }
}

void Reader::describe_dimensions(int group, const std::string& prefix) {
  const std::vector<int> unlimited = unlimited_ids(group, dataset_.format);
  for (const int id : own_dimensions(group)) {
    Name name = {};
    std::size_t extent = 0;
    require(nc_inq_dim(group, id, name.data(), &extent), "dimensions");
    const bool is_unlimited = std::ranges::find(unlimited, id) != unlimited.end();
    dataset_.dimensions.push_back({prefix + name.data(), extent, is_unlimited});
    dimension_ids_.push_back(id);
  }
}

void Reader::describe_variable(Place place, const std::string& prefix) {
  Name name = {};
  nc_type type = NC_NAT;
  int rank = 0;
  require(nc_inq_var(place.group, place.variable, name.data(), &type, &rank, nullptr,
                     nullptr),
          "variables");
  std::vector<int> ids(static_cast<std::size_t>(rank));
  require(nc_inq_vardimid(place.group, place.variable, ids.data()), name.data());
  Variable description{prefix + name.data(), element_of(type), {}, {}};
  for (const int id : ids) {
    const auto at = std::ranges::find(dimension_ids_, id) - dimension_ids_.begin();
    description.dimensions.push_back(static_cast<std::size_t>(at));
  }
  description.attributes = read_attributes(place);
  description.storage = storage_of(place, ids.size());
  if (ids.size() > max_rank) description.type.reset();
  dataset_.variables.push_back(std::move(description));
  places_.push_back(place);
}

// netCDF-C reads zeros beyond the end of a classic file, and does not say so.
void Reader::require_samples(const std::string& path) const {
  if (!is_classic(dataset_.format)) return;
  std::uint64_t needed = 0;
  for (const Variable& variable : dataset_.variables) {
    std::uint64_t bytes = variable.type ? size_of(*variable.type) : 1;  // or characters
    for (const std::size_t extent : extents_of(dataset_, variable)) bytes *= extent;
    needed += bytes;
  }
  const std::uint64_t size = *File::open(path).size();
  if (size >= needed) return;
  throw Error(ErrorCode::io, path,
              "truncated: its variables need " + std::to_string(needed) +
                  " bytes, the file has " + std::to_string(size));
}

Place Reader::place_of(const Variable& variable) const {
  const auto found =
      std::ranges::find(dataset_.variables, variable.name, &Variable::name);
  const Place place =
      places_[static_cast<std::size_t>(found - dataset_.variables.begin())];
  require_filters(place, variable.name);
  return place;
}

void Reader::read_into(const Variable& variable, const Box& box,
                       std::span<std::byte> samples) const {
  forget_errors();
  const Place place = place_of(variable);
  require(nc_get_vara(place.group, place.variable, box.first.data(), box.extents.data(),
                      samples.data()),
          variable.name);
}

}  // namespace gridgrad::io::netcdf

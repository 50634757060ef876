// io/netcdf_module.cpp: the only file that sees netCDF-C
//
// SPDX-License-Identifier: BSD-3-Clause

#include "netcdf_module.hpp"

#include <netcdf.h>
#include <netcdf_filter.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/strided_view.hpp"
#include "gridgrad/version.hpp"

namespace gridgrad::io {
namespace {

void require(int status, const std::string& argument) {
  if (status == NC_NOERR) return;
  throw Error(ErrorCode::io, argument, nc_strerror(status));
}

struct TypeName {
  nc_type type;
  ElementType element;
};

constexpr std::array<TypeName, 10> types = {{{NC_BYTE, ElementType::int8},
                                             {NC_SHORT, ElementType::int16},
                                             {NC_INT, ElementType::int32},
                                             {NC_INT64, ElementType::int64},
                                             {NC_UBYTE, ElementType::uint8},
                                             {NC_USHORT, ElementType::uint16},
                                             {NC_UINT, ElementType::uint32},
                                             {NC_UINT64, ElementType::uint64},
                                             {NC_FLOAT, ElementType::float32},
                                             {NC_DOUBLE, ElementType::float64}}};

std::optional<ElementType> element_of(nc_type type) {
  for (const TypeName& known : types) {
    if (known.type == type) return known.element;
  }
  return std::nullopt;
}

nc_type type_of(const std::string& name, const std::optional<ElementType>& element) {
  for (const TypeName& known : types) {
    if (known.element == element) return known.type;
  }
  throw Error(ErrorCode::unsupported, name,
              "netCDF has neither complex nor 16-bit floating numbers");
}

template <class T>
constexpr nc_type type_for() {
  for (const TypeName& known : types) {
    if (known.element == element_type<T>()) return known.type;
  }
  return NC_NAT;
}

// Where an attribute stands: a variable of the file, or NC_GLOBAL.
struct Place {
  int file;
  int variable;
};

std::vector<std::string> read_texts(Place place, const std::string& name,
                                    std::size_t count) {
  std::vector<char*> raw(count);
  require(nc_get_att_string(place.file, place.variable, name.c_str(), raw.data()), name);
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const char* text : raw) texts.emplace_back(text == nullptr ? "" : text);
  nc_free_string(count, raw.data());
  return texts;
}

template <class T>
AttributeValue read_numbers(Place place, const std::string& name, std::size_t count) {
  std::vector<T> numbers(count);
  require(nc_get_att(place.file, place.variable, name.c_str(), numbers.data()), name);
  return numbers;
}

template <std::size_t... K>
std::optional<AttributeValue> read_numbers_of(nc_type type, Place place,
                                              const std::string& name, std::size_t count,
                                              std::index_sequence<K...>) {
  std::optional<AttributeValue> value;
  const auto try_type = [&]<class Numbers>(std::type_identity<Numbers>) {
    if constexpr (!std::is_same_v<Numbers, std::string> &&
                  !std::is_same_v<Numbers, std::vector<std::string>>) {
      using T = typename Numbers::value_type;
      if (type == type_for<T>()) value = read_numbers<T>(place, name, count);
    }
  };
  (try_type(std::type_identity<std::variant_alternative_t<K, AttributeValue>>()), ...);
  return value;
}

// Nothing for a type of the file's own.
std::optional<AttributeValue> read_attribute(Place place, const std::string& name) {
  nc_type type = NC_NAT;
  std::size_t count = 0;
  require(nc_inq_att(place.file, place.variable, name.c_str(), &type, &count), name);
  if (type == NC_CHAR) {
    std::string text(count, '\0');
    require(nc_get_att_text(place.file, place.variable, name.c_str(), text.data()), name);
    // Fortran and C programs leave a closing zero behind.
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
  }
  if (type == NC_STRING) return read_texts(place, name, count);
  return read_numbers_of(type, place, name, count,
                         std::make_index_sequence<std::variant_size_v<AttributeValue>>());
}

std::vector<Attribute> read_attributes(Place place) {
  int count = 0;
  require(nc_inq_varnatts(place.file, place.variable, &count), "attributes");
  std::vector<Attribute> attributes;
  for (int k = 0; k < count; ++k) {
    std::array<char, NC_MAX_NAME + 1> name = {};
    require(nc_inq_attname(place.file, place.variable, k, name.data()), "attributes");
    if (auto value = read_attribute(place, name.data())) {
      attributes.push_back({name.data(), std::move(*value)});
    }
  }
  return attributes;
}

void write_attribute(Place place, const Attribute& attribute) {
  const char* const name = attribute.name.c_str();
  const int status = std::visit(
      [&]<class Value>(const Value& value) {
        if constexpr (std::is_same_v<Value, std::string>) {
          return nc_put_att_text(place.file, place.variable, name, value.size(),
                                 value.data());
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          std::vector<const char*> raw;
          raw.reserve(value.size());
          for (const std::string& text : value) raw.push_back(text.c_str());
          return nc_put_att_string(place.file, place.variable, name, raw.size(),
                                   raw.data());
        } else {
          return nc_put_att(place.file, place.variable, name,
                            type_for<typename Value::value_type>(), value.size(),
                            value.data());
        }
      },
      attribute.value);
  require(status, attribute.name);
}

int variable_id(int file, const std::string& name) {
  int variable = -1;
  require(nc_inq_varid(file, name.c_str(), &variable), name);
  return variable;
}

Variable describe_variable(int file, int variable, const std::vector<int>& dimensions) {
  std::array<char, NC_MAX_NAME + 1> name = {};
  nc_type type = NC_NAT;
  int rank = 0;
  require(nc_inq_var(file, variable, name.data(), &type, &rank, nullptr, nullptr),
          "variables");
  std::vector<int> ids(static_cast<std::size_t>(rank));
  require(nc_inq_vardimid(file, variable, ids.data()), name.data());
  Variable description{name.data(), element_of(type), {}, {}};
  for (const int id : ids) {
    const auto place = std::ranges::find(dimensions, id) - dimensions.begin();
    description.dimensions.push_back(static_cast<std::size_t>(place));
  }
  description.attributes = read_attributes({file, variable});
  if (ids.size() > max_rank) description.type.reset();
  return description;
}

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

int open(const std::string& path) {
  int file = -1;
  require(nc_open(path.c_str(), NC_NOWRITE, &file), path);
  return file;
}

std::vector<int> dimension_ids(int file) {
  int count = 0;
  require(nc_inq_dimids(file, &count, nullptr, 0), "dimensions");
  std::vector<int> ids(static_cast<std::size_t>(count));
  require(nc_inq_dimids(file, &count, ids.data(), 0), "dimensions");
  return ids;
}

std::vector<int> unlimited_ids(int file, NetcdfFormat format) {
  int count = 0;
  if (format == NetcdfFormat::netcdf4) {
    require(nc_inq_unlimdims(file, &count, nullptr), "dimensions");
    std::vector<int> ids(static_cast<std::size_t>(count));
    require(nc_inq_unlimdims(file, &count, ids.data()), "dimensions");
    return ids;
  }
  int id = -1;
  require(nc_inq_unlimdim(file, &id), "dimensions");
  return {id};
}

Dataset describe(int file) {
  Dataset dataset;
  dataset.format = format_of(file);
  const std::vector<int> ids = dimension_ids(file);
  const std::vector<int> unlimited = unlimited_ids(file, dataset.format);
  for (const int id : ids) {
    std::array<char, NC_MAX_NAME + 1> name = {};
    std::size_t extent = 0;
    require(nc_inq_dim(file, id, name.data(), &extent), "dimensions");
    const bool is_unlimited = std::ranges::find(unlimited, id) != unlimited.end();
    dataset.dimensions.push_back({name.data(), extent, is_unlimited});
  }
  int count = 0;
  require(nc_inq_nvars(file, &count), "variables");
  for (int variable = 0; variable < count; ++variable) {
    dataset.variables.push_back(describe_variable(file, variable, ids));
  }
  dataset.attributes = read_attributes({file, NC_GLOBAL});
  return dataset;
}

// HDF5 says so only in the middle of reading, and not which filter it misses.
void require_filters(int file, int variable, const std::string& name) {
  std::size_t count = 0;
  if (nc_inq_var_filter_ids(file, variable, &count, nullptr) != NC_NOERR) return;
  std::vector<unsigned> filters(count);
  require(nc_inq_var_filter_ids(file, variable, &count, filters.data()), name);
  for (const unsigned filter : filters) {
    if (nc_inq_filter_avail(file, filter) != NC_ENOFILTER) continue;
    throw Error(ErrorCode::unsupported, name,
                "compressed with HDF5 filter " + std::to_string(filter) +
                    ", which is not installed (see HDF5_PLUGIN_PATH)");
  }
}

void read(int file, const std::string& name, void* samples) {
  const int variable = variable_id(file, name);
  require_filters(file, variable, name);
  require(nc_get_var(file, variable, samples), name);
}

int create(const std::string& path, const Dataset& contents) {
  int file = -1;
  require(nc_create(path.c_str(), NC_CLOBBER | creation_mode(contents.format), &file),
          path);
  // Every sample is written, so filling first would write them twice.
  require(nc_set_fill(file, NC_NOFILL, nullptr), path);
  for (const Dimension& dimension : contents.dimensions) {
    const std::size_t extent = dimension.is_unlimited ? NC_UNLIMITED : dimension.extent;
    require(nc_def_dim(file, dimension.name.c_str(), extent, nullptr), dimension.name);
  }
  for (const Attribute& attribute : contents.attributes) {
    write_attribute({file, NC_GLOBAL}, attribute);
  }
  require(nc_enddef(file), path);
  return file;
}

void copy(int from, const std::string& name, int to) {
  const int variable = variable_id(from, name);
  require_filters(from, variable, name);
  require(nc_copy_var(from, variable, to), name);
}

void define(int file, const std::vector<Variable>& variables) {
  require(nc_redef(file), "variables");
  for (const Variable& variable : variables) {
    std::vector<int> dimensions;
    for (const std::size_t dimension : variable.dimensions) {
      dimensions.push_back(static_cast<int>(dimension));
    }
    int id = -1;
    require(nc_def_var(file, variable.name.c_str(), type_of(variable.name, variable.type),
                       static_cast<int>(dimensions.size()), dimensions.data(), &id),
            variable.name);
    for (const Attribute& attribute : variable.attributes) {
      write_attribute({file, id}, attribute);
    }
  }
  require(nc_enddef(file), "variables");
}

// nc_put_var would take the extent of an unlimited dimension from the file, where it is
// 0.
void write(int file, const std::string& name, std::span<const std::size_t> extents,
           const void* samples) {
  const std::vector<std::size_t> start(extents.size(), 0);
  require(
      nc_put_vara(file, variable_id(file, name), start.data(), extents.data(), samples),
      name);
}

void close(int file, const std::string& path) {
  require(nc_close(file), path);
}

void abandon(int file) {
  nc_close(file);
}

constexpr NetcdfFunctions table = {version, open,   describe, read,  create,
                                   copy,    define, write,    close, abandon};

}  // namespace
}  // namespace gridgrad::io

extern "C" __attribute__((visibility("default"))) const gridgrad::io::NetcdfFunctions*
gridgrad_netcdf_functions() {
  return &gridgrad::io::table;
}

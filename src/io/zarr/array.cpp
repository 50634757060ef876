// io/zarr/array.cpp: metadata checked once, before they are believed
//
// SPDX-License-Identifier: BSD-3-Clause

#include "array.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include "attributes.hpp"
#include "chunk_grid.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad::io::zarr {
namespace {

// No array has more samples: their bytes must have numbers, too.
constexpr std::size_t most_samples = std::size_t{1} << 58;

void require_countable(const std::vector<std::size_t>& extents, const char* what,
                       const std::string& where) {
  std::size_t count = 1;
  for (const std::size_t extent : extents) {
    if (extent != 0 && count > most_samples / extent) {
      throw Error(ErrorCode::io, where,
                  std::string(what) + " " + text_of(extents) +
                      " has more samples than a store can have");
    }
    count *= std::max<std::size_t>(extent, 1);
  }
}

void read_shapes(const Json& shape, const Json& chunk, const std::string& where,
                 Array& array) {
  array.extents = counts_of(shape, "shape", where);
  array.chunk = counts_of(chunk, "chunk shape", where);
  if (array.extents.size() != array.chunk.size()) {
    throw Error(ErrorCode::io, where,
                "shape " + text_of(shape) + " and chunk shape " + text_of(chunk) +
                    " have other numbers of axes");
  }
  for (std::size_t axis = 0; axis < array.chunk.size(); ++axis) {
    if (array.chunk[axis] == 0 && array.extents[axis] == 0) array.chunk[axis] = 1;
    if (array.chunk[axis] != 0) continue;
    throw Error(ErrorCode::io, where, "chunk shape " + text_of(chunk) + " has a 0");
  }
  require_countable(array.extents, "shape", where);
  require_countable(array.chunk, "chunk shape", where);
}

void read_names(const Json* names, const std::string& where, Array& array) {
  array.dimension_names.resize(array.extents.size());
  if (names == nullptr || names->is_null()) return;
  if (!names->is_array() || names->size() != array.extents.size()) {
    throw Error(ErrorCode::io, where,
                "names of dimensions " + text_of(*names) + " do not fit " +
                    std::to_string(array.extents.size()) + " axes");
  }
  for (std::size_t axis = 0; axis < names->size(); ++axis) {
    const Json& name = (*names)[axis];
    if (name.is_string() && !name.get_ref<const std::string&>().empty()) {
      array.dimension_names[axis] = name.get<std::string>();
    } else if (!name.is_null() && !name.is_string()) {
      throw Error(ErrorCode::io, where,
                  "dimension name " + text_of(name) + " is no text");
    }
  }
}

void add_fill_attribute(const Sample& fill, Array& array) {
  if (auto value = attribute_of(fill, *array.type.element)) {
    array.attributes.push_back({"_FillValue", std::move(*value)});
  }
}

// Not a time, in both versions and in memory.
void mark_no_time(Array& array) {
  if (find_attribute(array.attributes, "units") == nullptr) {
    array.attributes.push_back({"units", array.type.units});
  }
  Sample not_a_time = {};
  constexpr auto number = std::numeric_limits<std::int64_t>::min();
  std::memcpy(not_a_time.data(), &number, sizeof number);
  add_fill_attribute(not_a_time, array);
}

ChunkKeys keys_of(bool has_prefix, const Json* separator, char usual,
                  const std::string& where) {
  if (separator == nullptr) return {has_prefix, usual};
  if (*separator == "/" || *separator == ".") {
    return {has_prefix, separator->get_ref<const std::string&>().front()};
  }
  throw Error(ErrorCode::io, where,
              "separator " + text_of(*separator) + " is neither / nor .");
}

// Names that xarray and netCDF-C put among the attributes, or beside them.
const Json* names_2(const Node& node) {
  if (const Json* const names = find_member(node.attributes, "_ARRAY_DIMENSIONS")) {
    return names;
  }
  const Json* const netcdf = find_member(node.described, "_NCZARR_ARRAY");
  return netcdf == nullptr ? nullptr : find_member(*netcdf, "dimrefs");
}

// netCDF-C names dimensions by their whole path: "/group/x".
void keep_leaves(Array& array) {
  for (auto& name : array.dimension_names) {
    if (name && name->starts_with('/')) name = std::string(leaf_of(*name));
  }
}

bool is_hidden_2(const std::string& name) {
  return name == "_ARRAY_DIMENSIONS" || name.starts_with("_nc") ||
         name.starts_with("_NC");
}

// Of an attribute that is one number of the type; others are attributes like any.
std::optional<Sample> fill_in(const Json& attribute, ElementType type) {
  const bool is_list_of_one = attribute.is_array() && attribute.size() == 1;
  const Json& value = is_list_of_one ? attribute[0] : attribute;
  return value.is_null() ? std::nullopt : find_sample(decoded_fill(value), type);
}

void read_attributes(const Node& node, int version, Array& array) {
  for (const auto& [name, value] : node.attributes.items()) {
    if (version == 2 && is_hidden_2(name)) continue;
    const bool is_read_as_fill =
        name == "_FillValue" && array.type.element && fill_in(value, *array.type.element);
    if (!is_read_as_fill) array.attributes.push_back(attribute_from(name, value));
  }
}

// xarray takes the fill value of Zarr 2 for missing samples where the axes have names,
// and the attribute of Zarr 3.
void read_fill(const Node& node, int version, Array& array) {
  if (!array.type.element) return;
  const ElementType type = *array.type.element;
  const Json& fill = member(node.described, "fill_value", node.where);
  if (!array.type.units.empty()) {
    if (fill.is_number_integer()) array.fill = sample_of(fill, type, node.where);
    return mark_no_time(array);
  }
  array.fill = sample_of(fill, type, node.where);
  const Json* const attribute = find_member(node.attributes, "_FillValue");
  if (attribute != nullptr) {
    if (const auto missing = fill_in(*attribute, type)) {
      add_fill_attribute(*missing, array);
    }
  } else if (version == 2 && !fill.is_null() && names_2(node) != nullptr) {
    add_fill_attribute(array.fill, array);
  }
}

void read_storage_2(const Node& node, Array& array) {
  array.chain = chain_2(node.described, array.extents.size(), node.where);
  array.chain.is_big_endian = array.type.is_big_endian;
}

Array array_2(const Node& node) {
  const Json& described = node.described;
  Array array;
  array.directory = node.directory;
  read_shapes(member(described, "shape", node.where),
              member(described, "chunks", node.where), node.where, array);
  array.type = data_type_2(member(described, "dtype", node.where), node.where);
  read_names(names_2(node), node.where, array);
  keep_leaves(array);
  array.keys =
      keys_of(false, find_member(described, "dimension_separator"), '.', node.where);
  return array;
}

Array array_3(const Node& node) {
  const Json& described = node.described;
  Array array;
  array.directory = node.directory;
  const Json configuration =
      configuration_in(member(described, "chunk_grid", node.where));
  const Json* const chunk = find_member(configuration, "chunk_shape");
  const Json& shape = member(described, "shape", node.where);
  // Of another grid it is not known; the refusal says so.
  read_shapes(shape, chunk == nullptr ? shape : *chunk, node.where, array);
  array.type = data_type_3(member(described, "data_type", node.where), node.where);
  read_names(find_member(described, "dimension_names"), node.where, array);
  return array;
}

// What stands beside the members that are known may be needed to read the samples.
void require_understood(const Node& node) {
  constexpr std::array<std::string_view, 11> known = {
      "zarr_format",     "node_type",           "shape",
      "data_type",       "chunk_grid",          "fill_value",
      "attributes",      "chunk_key_encoding",  "codecs",
      "dimension_names", "storage_transformers"};
  for (const auto& [name, value] : node.described.items()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const Json* const must = find_member(value, "must_understand");
    if (must != nullptr && *must == false) continue;
    throw Error(ErrorCode::unsupported, node.where,
                "extension " + name + " is not known");
  }
  const Json* const transformers = find_member(node.described, "storage_transformers");
  if (transformers == nullptr || transformers->empty()) return;
  if (!transformers->is_array()) {
    throw Error(ErrorCode::io, node.where,
                "storage_transformers " + text_of(*transformers) + " is not a list");
  }
  throw Error(
      ErrorCode::unsupported, node.where,
      "storage transformer " + name_in((*transformers)[0], node.where) + " is not known");
}

void read_storage_3(const Node& node, Array& array) {
  const Json& described = node.described;
  require_understood(node);
  const std::string grid =
      name_in(member(described, "chunk_grid", node.where), node.where);
  if (grid != "regular") {
    throw Error(ErrorCode::unsupported, node.where,
                "chunk grid " + grid + " is not known; regular is");
  }
  const Json& encoding = member(described, "chunk_key_encoding", node.where);
  const std::string keys = name_in(encoding, node.where);
  if (keys != "default" && keys != "v2") {
    throw Error(ErrorCode::unsupported, node.where,
                "chunk key encoding " + keys + " is not known; default and v2 are");
  }
  const Json configuration = configuration_in(encoding);
  array.keys = keys_of(keys == "default", find_member(configuration, "separator"),
                       keys == "default" ? '/' : '.', node.where);
  array.chain = chain_3(member(described, "codecs", node.where), array.chunk, node.where);
}

}  // namespace

Array array_of(const Node& node, int version) {
  Array array = version == 2 ? array_2(node) : array_3(node);
  if (array.extents.size() > max_rank) array.type.element.reset();
  read_attributes(node, version, array);
  read_fill(node, version, array);
  try {
    if (version == 2) {
      read_storage_2(node, array);
    } else {
      read_storage_3(node, array);
    }
  } catch (const Error& error) {
    // Other arrays of the store can be read.
    if (error.code() != ErrorCode::unsupported) throw;
    array.refusal = error;
  }
  return array;
}

Storage storage_of(const Array& array) {
  const CodecChain* chain = &array.chain;
  std::vector<std::size_t> chunk = array.chunk;
  std::vector<std::size_t> order(chunk.size());
  for (std::size_t axis = 0; axis < order.size(); ++axis) order[axis] = axis;
  while (chain->shards != nullptr) {
    order = stored_order(*chain, order);
    const std::vector<std::size_t>& inner = chain->shards->chunk;
    for (std::size_t axis = 0; axis < order.size(); ++axis) {
      chunk[order[axis]] = inner[axis];
    }
    chain = &chain->shards->chain;
  }
  std::vector<Filter> filters = filters_of(chain->codecs);
  std::vector<std::size_t> fitted = fitted_chunk(chunk, array.extents);
  // Parts of it are read alone, as if there were no chunks.
  const bool is_plain = filters.empty() && chain->order.empty();
  if (is_plain && fitted == array.extents) fitted.clear();
  return {std::move(fitted), std::move(filters)};
}

std::string chunk_path(const std::string& directory, const ChunkKeys& keys,
                       const std::vector<std::size_t>& index) {
  std::string path = directory + "/";
  if (keys.has_prefix) path += "c";
  if (!keys.has_prefix && index.empty()) path += "0";
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    if (axis > 0 || keys.has_prefix) path += keys.separator;
    path += std::to_string(index[axis]);
  }
  return path;
}

}  // namespace gridgrad::io::zarr

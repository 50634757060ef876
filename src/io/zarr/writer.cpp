// io/zarr/writer.cpp: metadata of each array as it is made, those of all at the end
//
// SPDX-License-Identifier: BSD-3-Clause

#include "writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "dimensions.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "newer_array.hpp"

namespace gridgrad::io::zarr {
namespace {

namespace fs = std::filesystem;

void make_directory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw Error(ErrorCode::io, path, error.message());
}

Json bytes_codec(std::size_t unit) {
  Json codec = {{"name", "bytes"}, {"configuration", Json::object()}};
  if (unit > 1) {
    const bool is_little = std::endian::native == std::endian::little;
    codec["configuration"]["endian"] = is_little ? "little" : "big";
  }
  return codec;
}

Json codecs_json(const ArrayLayout& layout) {
  Json codecs = Json::array({bytes_codec(layout.format.unit)});
  for (const ByteCodec& codec : layout.codecs) {
    codecs.push_back(json_of(codec, layout.format.bytes));
  }
  return codecs;
}

Json names_json(const std::vector<Dimension>& dimensions, const std::string& array) {
  Json names = Json::array();
  for (const Dimension& dimension : dimensions) {
    names.push_back(name_within(dimension.name, array));
  }
  return names;
}

Json group_json(const Json& attributes) {
  Json group;
  group["zarr_format"] = 3;
  group["node_type"] = "group";
  group["attributes"] = attributes;
  return group;
}

Json array_json(const ArrayLayout& layout, ElementType type, const std::string& name) {
  Json array;
  array["zarr_format"] = 3;
  array["node_type"] = "array";
  array["shape"] = layout.extents;
  array["data_type"] = name_of(type, name);
  array["chunk_grid"]["name"] = "regular";
  array["chunk_grid"]["configuration"]["chunk_shape"] = layout.chunk;
  array["chunk_key_encoding"]["name"] = "default";
  array["chunk_key_encoding"]["configuration"]["separator"] = "/";
  array["fill_value"] = default_fill(type);
  array["codecs"] = codecs_json(layout);
  return array;
}

// Nothing said: as zarr-python does it.
std::vector<ByteCodec> codecs_for(const Variable& variable) {
  const Storage& storage = variable.storage;
  if (storage.chunks.empty() && storage.filters.empty()) return {{Coding::zstd}};
  return codecs_of(storage.filters, variable.name);
}

ArrayLayout layout_of(const Variable& variable, const std::vector<Dimension>& dimensions,
                      const std::string& directory) {
  const ElementType type = *variable.type;
  ArrayLayout layout;
  layout.directory = directory;
  for (const Dimension& dimension : dimensions)
    layout.extents.push_back(dimension.extent);
  layout.chunk = variable.storage.chunks.size() == layout.extents.size()
                     ? fitted_chunk(variable.storage.chunks, layout.extents)
                     : default_chunk(layout.extents, size_of(type));
  layout.codecs = codecs_for(variable);
  layout.format = format_of(type, sample_of(default_fill(type), type, variable.name));
  return layout;
}

std::vector<Dimension> dimensions_of(const std::vector<Dimension>& all,
                                     const Variable& variable) {
  std::vector<Dimension> dimensions;
  for (const std::size_t place : variable.dimensions) dimensions.push_back(all[place]);
  return dimensions;
}

constexpr std::array<std::string_view, 3> metadata_files = {"zarr.json", ".zarray",
                                                            ".zattrs"};

void copy_chunk(const std::string& from, const std::string& to) {
  constexpr std::size_t at_once = std::size_t{1} << 20;
  File source = File::open(from);
  File copy = File::create(to);
  std::vector<std::byte> bytes(std::min<std::uint64_t>(*source.size(), at_once));
  while (const std::size_t count = source.read(bytes)) {
    copy.write(std::span(bytes).first(count));
  }
}

bool is_chunk(const fs::directory_entry& entry, std::error_code& error) {
  const std::string name = entry.path().filename();
  return entry.is_regular_file(error) &&
         std::ranges::find(metadata_files, name) == metadata_files.end();
}

// Of an array, in directories or not. The standard library's copy does not say that a
// disk is full.
void copy_chunks_in(const std::string& from, const std::string& to) {
  make_directory(to);
  std::error_code error;
  for (fs::directory_iterator place(from, error); place != fs::directory_iterator();) {
    const std::string path = place->path();
    const std::string copy = to + "/" + place->path().filename().string();
    const bool is_file = is_chunk(*place, error);
    if (error) throw Error(ErrorCode::io, path, error.message());
    if (is_file) copy_chunk(path, copy);
    if (place->is_directory(error)) copy_chunks_in(path, copy);
    place.increment(error);
  }
  if (error) throw Error(ErrorCode::io, from, error.message());
}

void write_json(const std::string& path, const Json& value) {
  const std::string text = text_of(value) + "\n";
  File::create(path).write(std::as_bytes(std::span(text)));
}

}  // namespace

Writer::Writer(const std::string& path, const Dataset& contents,
               const LabelledReader& like)
    : path_(path), dimensions_(contents.dimensions) {
  if (const auto* const same = dynamic_cast<const Reader*>(&like)) {
    originals_ = same->originals();
  }
  attributes_ = json_of(contents.attributes);
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) make_directory(path);
  if (fs::is_empty(path, ignored)) return;
  throw Error(ErrorCode::io, path, "is not empty; a Zarr store needs a new directory");
}

void Writer::copy(const LabelledReader& from, const Variable& variable) {
  const auto* const same = dynamic_cast<const Reader*>(&from);
  const bool is_same_version = same != nullptr && same->hierarchy().version == 3;
  if (is_same_version || (same != nullptr && !variable.type)) {
    return copy_chunks(*same, variable);
  }
  const Variable copied = portable(variable);
  define(copied, dimensions_of(from.dataset().dimensions, variable));
  copy_samples(from, variable, copied);
}

// As they are: compressed, in shards, or of types that are not numbers.
void Writer::copy_chunks(const Reader& from, const Variable& variable) {
  const Node& node = from.node_of(variable);
  const bool is_older = from.hierarchy().version == 2;
  Json described = is_older ? newer_array(node, from.array_of(variable)) : node.described;
  described["dimension_names"] =
      names_json(dimensions_of(from.dataset().dimensions, variable), variable.name);
  if (is_older) described["attributes"] = json_of(variable.attributes);
  make_group_of(variable.name);
  copy_chunks_in(node.directory, directory_of(variable.name));
  write_metadata(variable.name, described);
}

void Writer::define(const std::vector<Variable>& variables) {
  for (const Variable& variable : variables) {
    define(variable, dimensions_of(dimensions_, variable));
  }
}

void Writer::define(const Variable& variable, const std::vector<Dimension>& dimensions) {
  make_group_of(variable.name);
  const std::string directory = directory_of(variable.name);
  make_directory(directory);
  ArrayLayout layout = layout_of(variable, dimensions, directory);
  Json described = array_json(layout, *variable.type, variable.name);
  described["dimension_names"] = names_json(dimensions, variable.name);
  described["attributes"] = json_of(variable.attributes);
  write_metadata(variable.name, described);
  arrays_.emplace(variable.name, ArrayWriter(std::move(layout)));
}

void Writer::write(const Variable& variable, const Box& box,
                   std::span<const std::byte> samples) {
  arrays_.at(variable.name).write(box, samples);
}

// What is written is synced by whoever publishes the store, all of it at once.
void Writer::close() {
  Json root = group_json(attributes_);
  root["consolidated_metadata"]["kind"] = "inline";
  root["consolidated_metadata"]["must_understand"] = false;
  root["consolidated_metadata"]["metadata"] = consolidated_;
  write_json(path_ + "/zarr.json", root);
}

void Writer::make_group_of(const std::string& name) {
  const std::size_t slash = name.rfind('/');
  if (slash == std::string::npos) return;
  const std::string group = name.substr(0, slash);
  if (!groups_.insert(group).second) return;
  make_group_of(group);
  make_directory(directory_of(group));
  write_metadata(group, group_json(Json::object()));
}

void Writer::write_metadata(const std::string& name, const Json& described) {
  write_json(directory_of(name) + "/zarr.json", described);
  consolidated_[name] = described;
}

Json Writer::json_of(const std::vector<Attribute>& attributes) const {
  Json object = Json::object();
  for (const Attribute& attribute : attributes) {
    object[attribute.name] = attribute.name == "_FillValue"
                                 ? encoded_fill(attribute.value)
                                 : originals_.json_of(attribute);
  }
  return object;
}

std::string Writer::directory_of(const std::string& name) const {
  return path_ + "/" + name;
}

}  // namespace gridgrad::io::zarr

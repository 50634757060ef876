// io/zarr/reader.cpp: what a store holds, and boxes of it from the chunks that they meet
//
// SPDX-License-Identifier: BSD-3-Clause

#include "reader.hpp"

#include <algorithm>
#include <filesystem>

#include "chunk_grid.hpp"
#include "chunk_reader.hpp"
#include "dimensions.hpp"
#include "parallel.hpp"

namespace gridgrad::io::zarr {
namespace {

// The variable of a store that is one array.
std::string stem_of(const std::string& path) {
  namespace fs = std::filesystem;
  fs::path absolute = fs::absolute(path).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  return absolute.stem();
}

}  // namespace

Reader::Reader(const std::string& path) : hierarchy_(read_hierarchy(path)) {
  dataset_.format_name = "Zarr v" + std::to_string(hierarchy_.version);
  originals_.add(hierarchy_.attributes);
  for (const auto& [name, value] : hierarchy_.attributes.items()) {
    dataset_.attributes.push_back(attribute_from(name, value));
  }
  for (Node& node : hierarchy_.nodes) {
    if (node.name.empty()) node.name = stem_of(path);
    Array array = zarr::array_of(node, hierarchy_.version);
    originals_.add(node.attributes);
    Variable variable{node.name, array.type.element, {}, array.attributes};
    variable.dimensions = add_dimensions(node.name, array.dimension_names, array.extents,
                                         dataset_.dimensions);
    if (!array.refusal) variable.storage = storage_of(array);
    dataset_.variables.push_back(std::move(variable));
    arrays_.push_back(std::move(array));
  }
}

std::size_t Reader::place_of(const Variable& variable) const {
  const auto found =
      std::ranges::find(dataset_.variables, variable.name, &Variable::name);
  return static_cast<std::size_t>(found - dataset_.variables.begin());
}

const Node& Reader::node_of(const Variable& variable) const {
  return hierarchy_.nodes[place_of(variable)];
}

const Array& Reader::array_of(const Variable& variable) const {
  return arrays_[place_of(variable)];
}

void Reader::require_readable(const Variable& variable) const {
  const Array& array = array_of(variable);
  if (array.refusal) throw Error(*array.refusal);
}

void Reader::read_into(const Variable& variable, const Box& box,
                       std::span<std::byte> samples) const {
  const Array& array = array_of(variable);
  require_readable(variable);
  const SampleFormat format = format_of(*array.type.element, array.fill);
  const ChunkShape shape = {array.chunk, array.chain, format};
  const Place target = {samples.data(), byte_strides(box.extents, format.bytes)};
  const ChunkParts parts(array.chunk, box);
  each_in_parallel(parts.count(), [&](std::size_t number) {
    const ChunkPart one = parts[number];
    const Place place = at(target, one.place);
    const std::string path = chunk_path(array.directory, array.keys, one.index);
    if (const auto chunk = ByteSource::open(path)) {
      read_part(*chunk, shape, one.part, place);
    } else {
      fill_samples(one.part.extents, place, format);
    }
  });
}

}  // namespace gridgrad::io::zarr

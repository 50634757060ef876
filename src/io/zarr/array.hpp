// io/zarr/array.hpp: what the metadata of an array say
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "codec_chain.hpp"
#include "data_type.hpp"
#include "gridgrad/error.hpp"
#include "hierarchy.hpp"

namespace gridgrad::io::zarr {

// The names of the files that chunks have.
struct ChunkKeys {
  bool has_prefix = true;  // "c", of Zarr 3
  char separator = '/';
};

struct Array {
  std::string directory;
  DataType type;
  std::vector<std::size_t> extents;
  std::vector<std::size_t> chunk;  // as long; each at least 1
  CodecChain chain;
  ChunkKeys keys;
  Sample fill = {};  // of chunks that are not there
  std::vector<std::optional<std::string>> dimension_names;  // one for each axis
  std::vector<Attribute> attributes;                        // with _FillValue
  std::optional<Error> refusal;  // why its samples cannot be read
};

// Throws Error: io for what no array can have. What is only not known is the refusal.
[[nodiscard]] Array array_of(const Node& node, int version);

// The chunks that are read alone, and the filters they went through.
[[nodiscard]] Storage storage_of(const Array& array);

[[nodiscard]] std::string chunk_path(const std::string& directory, const ChunkKeys& keys,
                                     const std::vector<std::size_t>& index);

}  // namespace gridgrad::io::zarr

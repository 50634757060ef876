// io/zarr/codec_chain.hpp: how the samples of a chunk became bytes
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "byte_codec.hpp"

namespace gridgrad::io::zarr {

struct Shards;

// In the order of writing: axes, samples to bytes, bytes to bytes.
struct CodecChain {
  std::vector<std::size_t> order;  // axis k of what is stored is axis order[k]; empty: k
  bool is_big_endian = false;
  std::shared_ptr<const Shards> shards = {};  // the samples are in chunks of their own
  std::vector<ByteCodec> codecs = {};
};

// A chunk of chunks, with an index of where each lies.
struct Shards {
  std::vector<std::size_t> chunk;
  CodecChain chain;
  bool has_checksum = false;  // of the index
  bool is_index_first = false;
  bool is_index_big_endian = false;
};

// Of a `.zarray`. Throws Error: unsupported, naming the codec or filter.
[[nodiscard]] CodecChain chain_2(const Json& array, std::size_t rank,
                                 const std::string& where);

// Of the codecs of a chunk of these extents. Throws Error: unsupported, naming the codec;
// io (an order that is none, chunks that do not divide a shard).
[[nodiscard]] CodecChain chain_3(const Json& codecs,
                                 const std::vector<std::size_t>& chunk,
                                 const std::string& where);

// `values` of each axis, in the order in which the axes are stored.
template <class T>
[[nodiscard]] std::vector<T> stored_order(const CodecChain& chain,
                                          const std::vector<T>& values) {
  if (chain.order.empty()) return values;
  std::vector<T> stored;
  for (const std::size_t axis : chain.order) stored.push_back(values[axis]);
  return stored;
}

}  // namespace gridgrad::io::zarr

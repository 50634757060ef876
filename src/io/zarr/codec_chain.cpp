// io/zarr/codec_chain.cpp: lists of codecs, which nest
//
// SPDX-License-Identifier: BSD-3-Clause

#include "codec_chain.hpp"

#include <algorithm>
#include <numeric>

#include "gridgrad/error.hpp"

namespace gridgrad::io::zarr {
namespace {

bool equals(const Json& object, const char* name, double number) {
  const Json* const found = find_member(object, name);
  return found == nullptr || (found->is_number() && *found == number);
}

// A filter that leaves the bytes as they are.
bool is_trivial(const std::string& id, const Json& filter) {
  if (id == "shuffle") {
    return find_member(filter, "elementsize") != nullptr &&
           equals(filter, "elementsize", 1);
  }
  if (id != "fixedscaleoffset") return false;
  const Json* const from = find_member(filter, "dtype");
  const Json* const to = find_member(filter, "astype");
  return equals(filter, "offset", 0) && equals(filter, "scale", 1) &&
         (to == nullptr || (from != nullptr && *from == *to));
}

void require_trivial_filters(const Json& array, const std::string& where) {
  const Json* const filters = find_member(array, "filters");
  if (filters == nullptr || filters->is_null()) return;
  if (!filters->is_array()) throw Error(ErrorCode::io, where, "filters is not a list");
  for (const Json& filter : *filters) {
    const Json* const id = find_member(filter, "id");
    const std::string name =
        id != nullptr && id->is_string() ? id->get<std::string>() : text_of(filter);
    if (is_trivial(name, filter)) continue;
    throw Error(ErrorCode::unsupported, where,
                "filter " + name + " is not known; only arrays without filters are read");
  }
}

// Those of two transpositions, one after the other.
void transpose(const std::vector<std::size_t>& order, CodecChain& chain) {
  chain.order = stored_order({order}, chain.order);
}

void add_transpose(const Json& configuration, std::size_t rank, const std::string& where,
                   CodecChain& chain) {
  const std::vector<std::size_t> order =
      counts_of(member(configuration, "order", where), "order", where);
  std::vector<std::size_t> axes(rank);
  std::iota(axes.begin(), axes.end(), 0);
  if (!std::ranges::is_permutation(order, axes)) {
    throw Error(
        ErrorCode::io, where,
        "transpose has other than each of " + std::to_string(rank) + " axes once");
  }
  if (chain.order.empty()) chain.order = axes;
  transpose(order, chain);
}

bool is_big(const Json& configuration, const std::string& where) {
  const Json* const endian = find_member(configuration, "endian");
  if (endian == nullptr || *endian == "little" || endian->is_null()) return false;
  if (*endian == "big") return true;
  throw Error(ErrorCode::io, where,
              "endian " + text_of(*endian) + "; little and big are accepted");
}

// An index has a size that is known, so that nothing compresses it.
void read_index_codecs(const Json& codecs, const std::string& where, Shards& shards) {
  if (!codecs.is_array()) throw Error(ErrorCode::io, where, "index_codecs is no list");
  for (const Json& codec : codecs) {
    const std::string name = name_in(codec, where);
    if (name == "bytes") {
      shards.is_index_big_endian = is_big(configuration_in(codec), where);
    } else if (name == "crc32c" && !shards.has_checksum) {
      shards.has_checksum = true;
    } else {
      throw Error(ErrorCode::unsupported, where,
                  "codec " + name + " of the index of shards is not known");
    }
  }
}

std::shared_ptr<const Shards> shards_of(const Json& configuration,
                                        const std::vector<std::size_t>& shard,
                                        const std::string& where) {
  auto shards = std::make_shared<Shards>();
  shards->chunk =
      counts_of(member(configuration, "chunk_shape", where), "chunk_shape", where);
  bool divides = shards->chunk.size() == shard.size();
  for (std::size_t axis = 0; divides && axis < shard.size(); ++axis) {
    divides = shards->chunk[axis] > 0 && shard[axis] % shards->chunk[axis] == 0;
  }
  if (!divides) {
    throw Error(ErrorCode::io, where,
                "chunks of shape " + text_of(shards->chunk) +
                    " do not divide shards of " + text_of(shard));
  }
  shards->chain = chain_3(member(configuration, "codecs", where), shards->chunk, where);
  read_index_codecs(member(configuration, "index_codecs", where), where, *shards);
  const Json* const location = find_member(configuration, "index_location");
  shards->is_index_first = location != nullptr && *location == "start";
  if (location != nullptr && *location != "start" && *location != "end") {
    throw Error(ErrorCode::io, where, "index_location is neither start nor end");
  }
  return shards;
}

}  // namespace

CodecChain chain_2(const Json& array, std::size_t rank, const std::string& where) {
  require_trivial_filters(array, where);
  CodecChain chain;
  const Json& order = member(array, "order", where);
  if (order != "C" && order != "F") {
    throw Error(ErrorCode::io, where, "order " + text_of(order) + " is neither C nor F");
  }
  if (order == "F") {
    for (std::size_t axis = rank; axis-- > 0;) chain.order.push_back(axis);
  }
  const Json& compressor = member(array, "compressor", where);
  if (!compressor.is_null()) chain.codecs.push_back(codec_2(compressor, where));
  return chain;
}

CodecChain chain_3(const Json& codecs, const std::vector<std::size_t>& chunk,
                   const std::string& where) {
  if (!codecs.is_array()) throw Error(ErrorCode::io, where, "codecs is not a list");
  CodecChain chain;
  bool has_bytes = false;
  for (const Json& codec : codecs) {
    const std::string name = name_in(codec, where);
    const Json configuration = configuration_in(codec);
    if (name == "transpose" && !has_bytes) {
      add_transpose(configuration, chunk.size(), where, chain);
    } else if (name == "bytes" && !has_bytes) {
      chain.is_big_endian = is_big(configuration, where);
      has_bytes = true;
    } else if (name == "sharding_indexed" && !has_bytes) {
      chain.shards = shards_of(configuration, stored_order(chain, chunk), where);
      has_bytes = true;
    } else {
      const ByteCodec known = codec_3(codec, where);
      if (!has_bytes) throw Error(ErrorCode::io, where, name + " stands before bytes");
      chain.codecs.push_back(known);
    }
  }
  if (!has_bytes) throw Error(ErrorCode::io, where, "codecs have none that makes bytes");
  return chain;
}

}  // namespace gridgrad::io::zarr

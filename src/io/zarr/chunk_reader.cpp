// io/zarr/chunk_reader.cpp: codecs undone, shards opened
//
// SPDX-License-Identifier: BSD-3-Clause

#include "chunk_reader.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <ranges>
#include <utility>

#include "chunk_grid.hpp"
#include "crc32c.hpp"
#include "gridgrad/error.hpp"
#include "parallel.hpp"

namespace gridgrad::io::zarr {
namespace {

constexpr bool is_host_big_endian = std::endian::native == std::endian::big;

[[noreturn]] void refuse_size(const ByteSource& source, std::size_t found,
                              std::size_t expected) {
  throw Error(ErrorCode::io, source.name(),
              "corrupt chunk: " + std::to_string(found) + " bytes; it has " +
                  std::to_string(expected));
}

// Undoes the codecs that work on bytes. What lies between two of them may be a little
// longer than the end.
Bytes decoded(const ByteSource& source, const std::vector<ByteCodec>& codecs,
              std::size_t size) {
  Bytes bytes = source.read();
  for (std::size_t k = codecs.size(); k-- > 0;) {
    constexpr std::size_t overhead = std::size_t{1} << 16;
    const std::size_t most = k == 0 ? size : size + size / 8 + overhead;
    bytes = decode(codecs[k], bytes.span(), {most, source.name()});
  }
  return bytes;
}

Box whole_but_first_axis(const ChunkShape& shape, const Box& part) {
  Box slab = whole(shape.extents);
  if (!part.first.empty()) {
    slab.first[0] = part.first[0];
    slab.extents[0] = part.extents[0];
  }
  return slab;
}

// The bytes of a slab of a chunk that nothing compressed.
Bytes read_slab(const ByteSource& source, const ChunkShape& shape, const Box& slab) {
  const std::size_t sample_bytes = shape.format.bytes;
  const std::size_t expected = size_of(whole(shape.extents)) * sample_bytes;
  if (source.size() != expected) refuse_size(source, source.size(), expected);
  const std::size_t bytes = size_of(slab) * sample_bytes;
  if (slab.first.empty()) return source.read();
  const std::size_t row = bytes / slab.extents[0];
  return source.read(row * slab.first[0], bytes);
}

Bytes read_whole(const ByteSource& source, const ChunkShape& shape) {
  const std::size_t expected = size_of(whole(shape.extents)) * shape.format.bytes;
  Bytes bytes = decoded(source, shape.chain.codecs, expected);
  if (bytes.size() != expected) refuse_size(source, bytes.size(), expected);
  return bytes;
}

void read_samples(const ByteSource& source, const ChunkShape& shape, const Box& part,
                  const Place& target) {
  const bool is_plain = shape.chain.codecs.empty();
  const Box held = is_plain ? whole_but_first_axis(shape, part) : whole(shape.extents);
  const Bytes bytes =
      is_plain ? read_slab(source, shape, held) : read_whole(source, shape);
  if (shape.chain.is_big_endian != is_host_big_endian) {
    turn_bytes(bytes.span(), shape.format.unit);
  }
  std::vector<std::size_t> first = part.first;
  if (!first.empty()) first[0] -= held.first[0];
  const Place all = {bytes.data(), byte_strides(held.extents, shape.format.bytes)};
  copy_samples(part.extents, at(all, first), target, shape.format.bytes);
}

// Where the chunks of a shard lie in it.
class ShardIndex {
 public:
  ShardIndex(const ByteSource& shard, const Shards& shards,
             const std::vector<std::size_t>& extents)
      : counts_(chunk_counts(extents, shards.chunk)) {
    const std::size_t count = size_of(whole(counts_));
    const std::size_t checksum = shards.has_checksum ? checksum_bytes : 0;
    constexpr std::size_t entry_bytes = 2 * sizeof(std::uint64_t);
    if (count > shard.size() / entry_bytes ||
        count * entry_bytes + checksum > shard.size()) {
      throw Error(ErrorCode::io, shard.name(),
                  "corrupt shard: " + std::to_string(shard.size()) +
                      " bytes do not hold the index of " + std::to_string(count) +
                      " chunks");
    }
    const std::size_t bytes = count * entry_bytes + checksum;
    const std::uint64_t first = shards.is_index_first ? 0 : shard.size() - bytes;
    const ByteSource index = shard.part(shard.name() + " (index)", first, bytes);
    std::vector<ByteCodec> codecs;
    if (shards.has_checksum) codecs.push_back({Coding::crc32c});
    const Bytes entries = decoded(index, codecs, count * entry_bytes);
    if (shards.is_index_big_endian != is_host_big_endian) {
      turn_bytes(entries.span(), sizeof(std::uint64_t));
    }
    entries_.resize(2 * count);
    std::memcpy(entries_.data(), entries.data(), count * entry_bytes);
  }

  // Nothing for a chunk that is not there.
  [[nodiscard]] std::optional<ByteSource> find(
      const ByteSource& shard, const std::vector<std::size_t>& index) const {
    const std::size_t number = linear(index, counts_);
    const std::uint64_t first = entries_[2 * number];
    const std::uint64_t size = entries_[2 * number + 1];
    constexpr std::uint64_t absent = std::numeric_limits<std::uint64_t>::max();
    if (first == absent && size == absent) return std::nullopt;
    std::string name = shard.name() + " (chunk";
    for (const std::size_t along : index) name += " " + std::to_string(along);
    name += ")";
    if (first > shard.size() || size > shard.size() - first) {
      throw Error(ErrorCode::io, name, "corrupt shard: the chunk lies beyond its end");
    }
    return shard.part(std::move(name), first, size);
  }

 private:
  std::vector<std::size_t> counts_;
  std::vector<std::uint64_t> entries_;  // first byte and number of bytes of each
};

// A shard that is itself compressed has to be read whole.
ByteSource plain_shard(const ByteSource& source, const ChunkShape& shape) {
  if (shape.chain.codecs.empty()) return source;
  constexpr std::size_t most_of_one_index = std::size_t{1} << 24;
  const std::size_t samples = size_of(whole(shape.extents)) * shape.format.bytes;
  return {source.name(),
          decoded(source, shape.chain.codecs, 2 * samples + most_of_one_index)};
}

void read_shard(const ByteSource& source, const ChunkShape& shape, const Box& part,
                const Place& target) {
  const Shards& shards = *shape.chain.shards;
  const ByteSource shard = plain_shard(source, shape);
  const ShardIndex index(shard, shards, shape.extents);
  const ChunkShape inner = {shards.chunk, shards.chain, shape.format};
  const ChunkParts parts(shards.chunk, part);
  each_in_parallel(parts.count(), [&](std::size_t number) {
    const ChunkPart one = parts[number];
    const Place place = at(target, one.place);
    if (const auto chunk = index.find(shard, one.index)) {
      read_part(*chunk, inner, one.part, place);
    } else {
      fill_samples(one.part.extents, place, shape.format);
    }
  });
}

}  // namespace

void read_part(const ByteSource& source, const ChunkShape& shape, const Box& part,
               const Place& target) {
  const CodecChain& chain = shape.chain;
  const ChunkShape stored = {stored_order(chain, shape.extents), chain, shape.format};
  const Box stored_part = {stored_order(chain, part.first),
                           stored_order(chain, part.extents)};
  const Place stored_target = {target.first, stored_order(chain, target.strides)};
  if (chain.shards != nullptr) {
    read_shard(source, stored, stored_part, stored_target);
  } else {
    read_samples(source, stored, stored_part, stored_target);
  }
}

}  // namespace gridgrad::io::zarr

// io/zarr/byte_codec.hpp: codecs that turn bytes into fewer bytes, or checked ones
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "gridgrad/io/dataset.hpp"
#include "json.hpp"

namespace gridgrad::io::zarr {

enum class Coding { zlib, gzip, zstd, blosc, crc32c };

enum class Shuffle { none, bytes, bits };

struct ByteCodec {
  Coding coding = Coding::zstd;
  int level = 0;
  bool has_checksum = false;       // of zstd
  std::string compressor = "lz4";  // of blosc
  Shuffle shuffle = Shuffle::none;

  friend bool operator==(const ByteCodec&, const ByteCodec&) = default;
};

// What a chunk is and how large it may become: what messages and limits need.
struct Decoding {
  std::size_t most_bytes;
  const std::string& chunk;
};

// Throws Error, naming the chunk: io (corrupt, or more than `most_bytes`), unsupported (a
// compressor that blosc was built without).
[[nodiscard]] Bytes decode(const ByteCodec& codec, std::span<const std::byte> bytes,
                           const Decoding& decoding);

// `sample_bytes` is the distance of what a shuffle brings together.
[[nodiscard]] Bytes encode(const ByteCodec& codec, std::span<const std::byte> bytes,
                           std::size_t sample_bytes);

// Of the compressor of a Zarr 2 array. Throws Error: unsupported, naming it.
[[nodiscard]] ByteCodec codec_2(const Json& compressor, const std::string& where);

// Of a codec of Zarr 3 that works on bytes. Throws Error: unsupported, naming it.
[[nodiscard]] ByteCodec codec_3(const Json& codec, const std::string& where);

[[nodiscard]] Json json_of(const ByteCodec& codec, std::size_t sample_bytes);

[[nodiscard]] std::vector<Filter> filters_of(const std::vector<ByteCodec>& codecs);

// Codecs that compress like these filters. Throws Error: unsupported, naming `variable`
// and the filter that Zarr has not.
[[nodiscard]] std::vector<ByteCodec> codecs_of(const std::vector<Filter>& filters,
                                               const std::string& variable);

}  // namespace gridgrad::io::zarr

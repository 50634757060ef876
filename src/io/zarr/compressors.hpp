// io/zarr/compressors.hpp: one function each way for each library
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "byte_codec.hpp"

namespace gridgrad::io::zarr {

enum class Wrapping { zlib, gzip };

[[nodiscard]] Bytes inflated(Wrapping wrapping, std::span<const std::byte> bytes,
                             const Decoding& decoding);
[[nodiscard]] Bytes deflated(const ByteCodec& codec, std::span<const std::byte> bytes);

[[nodiscard]] Bytes zstd_decoded(std::span<const std::byte> bytes,
                                 const Decoding& decoding);
[[nodiscard]] Bytes zstd_encoded(const ByteCodec& codec,
                                 std::span<const std::byte> bytes);

[[nodiscard]] Bytes blosc_decoded(std::span<const std::byte> bytes,
                                  const Decoding& decoding);
[[nodiscard]] Bytes blosc_encoded(const ByteCodec& codec,
                                  std::span<const std::byte> bytes,
                                  std::size_t sample_bytes);

// Throws Error: io, naming the chunk.
[[noreturn]] void refuse_corrupt(const Decoding& decoding, const char* format,
                                 const std::string& reason);

}  // namespace gridgrad::io::zarr

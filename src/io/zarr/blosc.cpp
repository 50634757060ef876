// io/zarr/blosc.cpp: c-blosc, whose chunks have at most 2 GiB
//
// SPDX-License-Identifier: BSD-3-Clause

#include <blosc.h>

#include <algorithm>
#include <string_view>

#include "compressors.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::io::zarr {
namespace {

constexpr int threads_of_its_own = 1;

// Whether blosc was built with the library of what wrote `bytes`.
void require_compressor(std::span<const std::byte> bytes, const Decoding& decoding) {
  const char* const name = blosc_cbuffer_complib(bytes.data());
  constexpr std::string_view families[] = {"BloscLZ", "LZ4", "Snappy", "Zlib", "Zstd"};
  constexpr const char* compressors[] = {"blosclz", "lz4", "snappy", "zlib", "zstd"};
  const auto* const found =
      std::ranges::find(families, std::string_view(name == nullptr ? "" : name));
  if (found == std::end(families)) {
    refuse_corrupt(decoding, "blosc", "a compressor that blosc does not know");
  }
  const char* const compressor = compressors[found - std::begin(families)];
  if (blosc_compname_to_compcode(compressor) >= 0) return;
  throw Error(
      ErrorCode::unsupported, decoding.chunk,
      std::string("compressed by ") + compressor + ", which blosc was built without");
}

}  // namespace

Bytes blosc_decoded(std::span<const std::byte> bytes, const Decoding& decoding) {
  std::size_t size = 0;
  if (bytes.size() < BLOSC_MIN_HEADER_LENGTH ||
      blosc_cbuffer_validate(bytes.data(), bytes.size(), &size) != 0) {
    refuse_corrupt(decoding, "blosc", "truncated, or no header of blosc");
  }
  if (size > decoding.most_bytes) {
    refuse_corrupt(decoding, "blosc", "longer than a chunk is");
  }
  require_compressor(bytes, decoding);
  Bytes result(size);
  const int done = blosc_decompress_ctx(bytes.data(), result.data(), result.size(),
                                        threads_of_its_own);
  if (done < 0 || static_cast<std::size_t>(done) != size) {
    refuse_corrupt(decoding, "blosc", "cannot be decompressed");
  }
  return result;
}

Bytes blosc_encoded(const ByteCodec& codec, std::span<const std::byte> bytes,
                    std::size_t sample_bytes) {
  if (bytes.size() > BLOSC_MAX_BUFFERSIZE) {
    throw Error(ErrorCode::unsupported, "chunk",
                std::to_string(bytes.size()) + " bytes; blosc compresses at most " +
                    std::to_string(BLOSC_MAX_BUFFERSIZE));
  }
  constexpr std::size_t chosen_by_blosc = 0;
  constexpr int hardest = 9;
  Bytes result(bytes.size() + BLOSC_MAX_OVERHEAD);
  const int size = blosc_compress_ctx(
      std::clamp(codec.level, 0, hardest), static_cast<int>(codec.shuffle), sample_bytes,
      bytes.size(), bytes.data(), result.data(), result.size(), codec.compressor.c_str(),
      chosen_by_blosc, threads_of_its_own);
  if (size <= 0) {
    throw Error(ErrorCode::unsupported, "compression",
                "blosc was built without " + codec.compressor);
  }
  result.shorten(static_cast<std::size_t>(size));
  return result;
}

}  // namespace gridgrad::io::zarr

// io/zarr/zstd.cpp: zstd, with contexts that are kept from chunk to chunk
//
// SPDX-License-Identifier: BSD-3-Clause

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <new>

#include "compressors.hpp"

namespace gridgrad::io::zarr {
namespace {

// A block of 128 KiB of one byte takes four.
constexpr std::size_t most_ratio = std::size_t{1} << 15;
constexpr std::size_t block_bytes = std::size_t{1} << 17;

template <class Context, std::size_t (*release)(Context*)>
struct Release {
  void operator()(Context* context) const { release(context); }
};

using Compression = std::unique_ptr<ZSTD_CCtx, Release<ZSTD_CCtx, ZSTD_freeCCtx>>;
using Decompression = std::unique_ptr<ZSTD_DCtx, Release<ZSTD_DCtx, ZSTD_freeDCtx>>;

template <class Context>
Context made(Context context) {
  if (context == nullptr) throw std::bad_alloc();
  return context;
}

// What a chunk may become: its header tells where it can.
std::size_t room_for(std::span<const std::byte> bytes, const Decoding& decoding) {
  const unsigned long long told = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (told == ZSTD_CONTENTSIZE_ERROR) {
    refuse_corrupt(decoding, "zstd", "no header of zstd");
  }
  if (told != ZSTD_CONTENTSIZE_UNKNOWN && told > decoding.most_bytes) {
    refuse_corrupt(decoding, "zstd", "longer than a chunk is");
  }
  return std::min(decoding.most_bytes, bytes.size() * most_ratio + block_bytes);
}

}  // namespace

Bytes zstd_decoded(std::span<const std::byte> bytes, const Decoding& decoding) {
  static thread_local const Decompression context(made(ZSTD_createDCtx()));
  Bytes result(room_for(bytes, decoding));
  const std::size_t size = ZSTD_decompressDCtx(context.get(), result.data(),
                                               result.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0) {
    refuse_corrupt(decoding, "zstd", ZSTD_getErrorName(size));
  }
  result.shorten(size);
  return result;
}

Bytes zstd_encoded(const ByteCodec& codec, std::span<const std::byte> bytes) {
  static thread_local const Compression context(made(ZSTD_createCCtx()));
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, codec.level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, codec.has_checksum ? 1 : 0);
  Bytes result(ZSTD_compressBound(bytes.size()));
  const std::size_t size = ZSTD_compress2(context.get(), result.data(), result.size(),
                                          bytes.data(), bytes.size());
  // The room is enough; only memory can fail.
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();
  result.shorten(size);
  return result;
}

}  // namespace gridgrad::io::zarr

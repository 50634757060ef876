// io/zarr/deflate.cpp: zlib, whose counts have 32 bits
//
// SPDX-License-Identifier: BSD-3-Clause

#include <zlib.h>

#include <algorithm>
#include <new>

#include "compressors.hpp"

namespace gridgrad::io::zarr {
namespace {

constexpr int zlib_window = 15;
constexpr int gzip_window = 15 + 16;
constexpr std::size_t most_at_once = std::size_t{1} << 30;

// Deflate cannot make less than one byte out of so many.
constexpr std::size_t most_ratio = 1032;

// Runs `step` on parts that zlib can count until it says other than Z_OK, or stands
// still.
template <class Step>
int run(z_stream& zlib, std::span<const std::byte>& from, std::span<std::byte>& to,
        Step&& step) {
  int status = Z_OK;
  bool is_moving = true;
  while (status == Z_OK && is_moving) {
    const std::size_t in = std::min(from.size(), most_at_once);
    const std::size_t out = std::min(to.size(), most_at_once);
    // zlib's interface is older than const.
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(from.data()));
    zlib.avail_in = static_cast<uInt>(in);
    zlib.next_out = reinterpret_cast<Bytef*>(to.data());
    zlib.avail_out = static_cast<uInt>(out);
    const bool is_last = in == from.size();
    status = step(is_last ? Z_FINISH : Z_NO_FLUSH);
    is_moving = zlib.avail_in != in || zlib.avail_out != out;
    from = from.subspan(in - zlib.avail_in);
    to = to.subspan(out - zlib.avail_out);
    if (status == Z_BUF_ERROR && is_moving) status = Z_OK;
  }
  return status;
}

class Inflation {
 public:
  explicit Inflation(Wrapping wrapping) {
    const int window = wrapping == Wrapping::gzip ? gzip_window : zlib_window;
    if (inflateInit2(&zlib, window) != Z_OK) throw std::bad_alloc();
  }
  ~Inflation() { inflateEnd(&zlib); }
  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;

  z_stream zlib = {};
};

class Deflation {
 public:
  explicit Deflation(const ByteCodec& codec) {
    constexpr int usual_memory = 8;
    const int window = codec.coding == Coding::gzip ? gzip_window : zlib_window;
    const int level = std::clamp(codec.level, -1, Z_BEST_COMPRESSION);
    if (deflateInit2(&zlib, level, Z_DEFLATED, window, usual_memory,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Deflation() { deflateEnd(&zlib); }
  Deflation(const Deflation&) = delete;
  Deflation& operator=(const Deflation&) = delete;

  z_stream zlib = {};
};

}  // namespace

Bytes inflated(Wrapping wrapping, std::span<const std::byte> bytes,
               const Decoding& decoding) {
  const char* const format = wrapping == Wrapping::gzip ? "gzip" : "zlib";
  const std::size_t room = std::min(decoding.most_bytes, bytes.size() * most_ratio);
  // One byte more, so that what is too long is seen.
  Bytes result(room + 1);
  std::span<std::byte> rest = result.span();
  while (!bytes.empty()) {
    Inflation inflation(wrapping);
    const int status = run(inflation.zlib, bytes, rest,
                           [&](int) { return inflate(&inflation.zlib, Z_NO_FLUSH); });
    if (rest.empty()) refuse_corrupt(decoding, format, "longer than a chunk is");
    if (status != Z_STREAM_END) {
      const char* const reason = inflation.zlib.msg;
      refuse_corrupt(decoding, format, reason == nullptr ? "truncated" : reason);
    }
    // Files of gzip may follow each other.
    if (wrapping == Wrapping::zlib) break;
  }
  if (!bytes.empty()) refuse_corrupt(decoding, format, "followed by other bytes");
  result.shorten(result.size() - rest.size());
  return result;
}

Bytes deflated(const ByteCodec& codec, std::span<const std::byte> bytes) {
  Deflation deflation(codec);
  Bytes result(deflateBound(&deflation.zlib, bytes.size()));
  std::span<std::byte> rest = result.span();
  // The room is enough, so that this always ends well.
  static_cast<void>(run(deflation.zlib, bytes, rest,
                        [&](int flush) { return deflate(&deflation.zlib, flush); }));
  result.shorten(result.size() - rest.size());
  return result;
}

}  // namespace gridgrad::io::zarr

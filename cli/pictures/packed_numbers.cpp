// cli/pictures/packed_numbers.cpp: numbers as text inside a page
//
// SPDX-License-Identifier: BSD-3-Clause

#include "packed_numbers.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

namespace gridgrad::cli {
namespace {

using Bytes = std::vector<unsigned char>;

template <class Bits, class Number>
Bytes planes_of(std::span<const Number> numbers) {
  Bytes planes(numbers.size_bytes());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Bits bits = std::bit_cast<Bits>(numbers[i]);
    for (std::size_t plane = 0; plane < sizeof(Bits); ++plane) {
      planes[plane * numbers.size() + i] =
          static_cast<unsigned char>(bits >> (8 * plane));
    }
  }
  return planes;
}

// Hands over all bytes in as many parts as counts of zlib need, which have 32 bits.
class Deflation {
 public:
  Deflation() {
    if (deflateInit(&stream_, Z_DEFAULT_COMPRESSION) != Z_OK) throw std::bad_alloc();
  }
  ~Deflation() { deflateEnd(&stream_); }
  Deflation(const Deflation&) = delete;
  Deflation& operator=(const Deflation&) = delete;

  Bytes of(const Bytes& all) {
    std::size_t taken = 0;
    do {
      const std::size_t part =
          std::min<std::size_t>(all.size() - taken, std::numeric_limits<uInt>::max());
      // zlib reads only, though it does not say so.
      stream_.next_in = const_cast<unsigned char*>(all.data() + taken);
      stream_.avail_in = static_cast<uInt>(part);
      taken += part;
      run(taken == all.size() ? Z_FINISH : Z_NO_FLUSH);
    } while (taken < all.size());
    return std::move(deflated_);
  }

 private:
  void run(int flush) {
    constexpr std::size_t room = 1 << 16;
    do {
      const std::size_t size = deflated_.size();
      deflated_.resize(size + room);
      stream_.next_out = deflated_.data() + size;
      stream_.avail_out = room;
      deflate(&stream_, flush);
      deflated_.resize(deflated_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  z_stream stream_ = {};
  Bytes deflated_;
};

std::string base64(const Bytes& bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t start = 0; start < bytes.size(); start += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - start);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < count ? bytes[start + i] : 0u);
    for (std::size_t i = 0; i <= count; ++i) text += digits[bits >> (18 - 6 * i) & 63];
    text.append(3 - count, '=');
  }
  return text;
}

}  // namespace

std::string packed(std::span<const float> numbers) {
  return base64(Deflation().of(planes_of<std::uint32_t>(numbers)));
}

std::string packed(std::span<const double> numbers) {
  return base64(Deflation().of(planes_of<std::uint64_t>(numbers)));
}

}  // namespace gridgrad::cli

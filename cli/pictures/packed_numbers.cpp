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
#include <utility>
#include <vector>

#include <zlib.h>

#include "pixels.hpp"

namespace gridgrad::cli {
namespace {

using Bytes = std::vector<std::byte>;

template <class Bits, class Number>
Bytes planes_of(std::span<const Number> numbers) {
  Bytes planes(numbers.size_bytes());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Bits bits = std::bit_cast<Bits>(numbers[i]);
    for (std::size_t plane = 0; plane < sizeof(Bits); ++plane) {
      planes[plane * numbers.size() + i] = static_cast<std::byte>(bits >> (8 * plane));
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

  // A copy: zlib reads only, but does not say so.
  Bytes of(Bytes all) {
    std::size_t taken = 0;
    do {
      const std::size_t part =
          std::min<std::size_t>(all.size() - taken, std::numeric_limits<uInt>::max());
      stream_.next_in = reinterpret_cast<Bytef*>(all.data() + taken);
      stream_.avail_in = static_cast<uInt>(part);
      taken += part;
      run(taken == all.size() ? Z_FINISH : Z_NO_FLUSH);
    } while (taken < all.size());
    return std::move(deflated_);
  }

 private:
  // As far as zlib comes with the bytes that it has.
  void run(int flush) {
    do {
      stream_.next_out = room_.data();
      stream_.avail_out = static_cast<uInt>(room_.size());
      deflate(&stream_, flush);
      const auto used = std::span(room_).first(room_.size() - stream_.avail_out);
      const auto bytes = std::as_bytes(used);
      deflated_.insert(deflated_.end(), bytes.begin(), bytes.end());
    } while (stream_.avail_out == 0);
  }

  z_stream stream_ = {};
  std::vector<Bytef> room_ = std::vector<Bytef>(1 << 16);
  Bytes deflated_;
};

}  // namespace

std::string packed(std::span<const float> numbers) {
  return base64(Deflation().of(planes_of<std::uint32_t>(numbers)));
}

std::string packed(std::span<const double> numbers) {
  return base64(Deflation().of(planes_of<std::uint64_t>(numbers)));
}

}  // namespace gridgrad::cli

// io/zarr/crc32c.cpp: eight bytes at a time by tables (Kounavis and Berry, 2005)
//
// SPDX-License-Identifier: BSD-3-Clause

#include "crc32c.hpp"

#include <array>

namespace gridgrad::io::zarr {
namespace {

constexpr std::uint32_t polynomial = 0x82f63b78;  // reflected
constexpr std::size_t at_once = 8;

using Table = std::array<std::uint32_t, 256>;

constexpr std::array<Table, at_once> make_tables() {
  std::array<Table, at_once> tables = {};
  for (std::uint32_t byte = 0; byte < tables[0].size(); ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) {
      rest = (rest & 1) != 0 ? (rest >> 1) ^ polynomial : rest >> 1;
    }
    tables[0][byte] = rest;
  }
  for (std::size_t k = 1; k < at_once; ++k) {
    for (std::size_t byte = 0; byte < tables[0].size(); ++byte) {
      const std::uint32_t before = tables[k - 1][byte];
      tables[k][byte] = (before >> 8) ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

constexpr std::array<Table, at_once> tables = make_tables();

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes) noexcept {
  std::uint32_t rest = ~std::uint32_t{0};
  const auto byte_at = [&](std::size_t k) {
    return std::to_integer<std::uint32_t>(bytes[k]);
  };
  for (; bytes.size() >= at_once; bytes = bytes.subspan(at_once)) {
    std::uint32_t next = 0;
    for (std::size_t k = 0; k < at_once; ++k) {
      const std::uint32_t before = k < sizeof rest ? (rest >> (8 * k)) & 0xff : 0;
      next ^= tables[at_once - 1 - k][byte_at(k) ^ before];
    }
    rest = next;
  }
  for (; !bytes.empty(); bytes = bytes.subspan(1)) {
    rest = (rest >> 8) ^ tables[0][(rest ^ byte_at(0)) & 0xff];
  }
  return ~rest;
}

}  // namespace gridgrad::io::zarr

// io/zarr/crc32c.hpp: the checksum of Castagnoli, after the bytes that it is of
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gridgrad::io::zarr {

inline constexpr std::size_t checksum_bytes = 4;

[[nodiscard]] std::uint32_t crc32c(std::span<const std::byte> bytes) noexcept;

}  // namespace gridgrad::io::zarr

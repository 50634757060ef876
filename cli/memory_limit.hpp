// cli/memory_limit.hpp: how much memory the work may take
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gridgrad::cli {

// The bytes that "512MiB", "2GB", "1.5g" or "1000000" are: k, M, G and T are powers of
// 1000, with an i of 1024, in letters of any case. Nothing for other words, and for 0.
[[nodiscard]] std::optional<std::uint64_t> bytes_of(std::string_view size);

// What was asked for, else a quarter of what is free, or of what a control group leaves.
[[nodiscard]] std::uint64_t memory_limit(std::optional<std::uint64_t> asked);

}  // namespace gridgrad::cli

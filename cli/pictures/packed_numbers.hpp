// cli/pictures/packed_numbers.hpp: numbers as text inside a page
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <span>
#include <string>

namespace gridgrad::cli {

// The first bytes (the least significant) of all numbers, then the second bytes and so
// on, which are more alike than neighbours are; deflated (RFC 1950), in base64 (RFC
// 4648). NaN, infinity and the sign of zero survive. viewer/numbers.js takes it apart.
[[nodiscard]] std::string packed(std::span<const float> numbers);
[[nodiscard]] std::string packed(std::span<const double> numbers);

}  // namespace gridgrad::cli

// io/npy_dtype.hpp: NumPy's names of element types
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>

#include "gridgrad/io/npy.hpp"

namespace gridgrad::io {

inline constexpr const char* accepted_dtypes =
    "accepted: f2 f4 f8 c8 c16 i1 i2 i4 i8 u1 u2 u4 u8";

// Fills the type, byte order and ticks of `header` from a dtype such as "<f8"; throws for
// those that are not numbers.
void resolve_dtype(const std::string& dtype, const std::string& file, NpyHeader& header);

// "<f8" and the like, in this machine's byte order; throws for bfloat16.
[[nodiscard]] std::string dtype_of(ElementType type);

}  // namespace gridgrad::io

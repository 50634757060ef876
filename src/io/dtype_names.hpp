// io/dtype_names.hpp: NumPy's names of element types, which Zarr 2 has, too
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <string_view>

#include "gridgrad/element.hpp"

namespace gridgrad::io {

struct Dtype {
  std::string_view name;  // without the byte order
  ElementType type;
};

inline constexpr std::array<Dtype, 13> dtypes = {{{"f2", ElementType::float16},
                                                  {"f4", ElementType::float32},
                                                  {"f8", ElementType::float64},
                                                  {"c8", ElementType::complex64},
                                                  {"c16", ElementType::complex128},
                                                  {"i1", ElementType::int8},
                                                  {"i2", ElementType::int16},
                                                  {"i4", ElementType::int32},
                                                  {"i8", ElementType::int64},
                                                  {"u1", ElementType::uint8},
                                                  {"u2", ElementType::uint16},
                                                  {"u4", ElementType::uint32},
                                                  {"u8", ElementType::uint64}}};

}  // namespace gridgrad::io

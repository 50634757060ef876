// io/zarr/data_type.hpp: types of samples, and the fill values of each
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "gridgrad/io/dataset.hpp"
#include "json.hpp"

namespace gridgrad::io::zarr {

struct DataType {
  std::optional<ElementType> element;  // nothing: not numbers
  bool is_big_endian = false;          // said by the type in Zarr 2, by a codec in Zarr 3
  std::string units;                   // of times, which are kept as int64
};

// Of "<f4" and the like. Throws Error: io if it is no type.
[[nodiscard]] DataType data_type_2(const Json& type, const std::string& where);

// Of "float32" and the like.
[[nodiscard]] DataType data_type_3(const Json& type, const std::string& where);

// The name in Zarr 3. Throws Error: unsupported for bfloat16.
[[nodiscard]] std::string name_of(ElementType type, const std::string& where);

// One sample, as it is in memory; the rest zero.
using Sample = std::array<std::byte, 16>;

// Of a number, its bits ("0x7fc00000"), "NaN", "Infinity", "-Infinity", a pair of such,
// or null (zero). Nothing for what the type does not hold.
[[nodiscard]] std::optional<Sample> find_sample(const Json& value, ElementType type);

// The same. Throws Error: io instead of returning nothing.
[[nodiscard]] Sample sample_of(const Json& value, ElementType type,
                               const std::string& where);

// NaN for floating types, else 0: what xarray gives to arrays.
[[nodiscard]] Json default_fill(ElementType type);

// One number in the type of the samples; nothing for types that attributes do not have.
[[nodiscard]] std::optional<AttributeValue> attribute_of(const Sample& sample,
                                                         ElementType type);

}  // namespace gridgrad::io::zarr

// io/zarr/newer_array.hpp: metadata of Zarr 3 for the chunks of an array of Zarr 2
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "array.hpp"

namespace gridgrad::io::zarr {

// Of booleans and text, whose chunks can be kept as they are: the bytes of both versions
// are the same. Without names of dimensions and attributes. Throws Error: unsupported for
// other types and codecs.
[[nodiscard]] Json newer_array(const Node& node, const Array& array);

}  // namespace gridgrad::io::zarr

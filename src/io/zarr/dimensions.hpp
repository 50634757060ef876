// io/zarr/dimensions.hpp: arrays that share their axes, by the names of these
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io::zarr {

// Adds the dimensions of an array to those of the dataset; returns their places in it.
//
// Axes of one name in one group, or in groups around it, are one dimension if their
// extents agree; else another one, "x_1", is made. Those without a name are "dim_0", ...
[[nodiscard]] std::vector<std::size_t> add_dimensions(
    const std::string& array, const std::vector<std::optional<std::string>>& names,
    const std::vector<std::size_t>& extents, std::vector<Dimension>& dimensions);

// What a dimension of the dataset is called from within the group of an array.
[[nodiscard]] std::string_view name_within(std::string_view dimension,
                                           std::string_view array);

}  // namespace gridgrad::io::zarr

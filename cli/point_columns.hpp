// cli/point_columns.hpp: which column of a table is which axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "times.hpp"

namespace gridgrad::cli {

// An axis along which points lie, and what columns may be called, besides its name.
struct PointAxis {
  std::string name;
  std::vector<std::string> aliases;  // in small letters
  std::optional<Clock> clock;
};

// The column of each axis: that of its name, else of its name but for letter case, else
// of an alias, which is said aloud. Throws Error: bad_argument where none or several are.
[[nodiscard]] std::vector<std::size_t> point_columns(
    const std::vector<PointAxis>& axes, const std::vector<std::string>& columns,
    Notes notes);

}  // namespace gridgrad::cli

// cli/numpy_print.hpp: arrays as NumPy prints them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "gridgrad/marked_view.hpp"

namespace gridgrad::cli {

// What str(array) gives in NumPy 2.3 with default options, for a result type (floating or
// complex) and rank >= 1. Above 1000 samples only those at the ends are read.
[[nodiscard]] std::string numpy_text(const AnyField& field);

}  // namespace gridgrad::cli

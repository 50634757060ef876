// selected_rows.hpp: the rows that are left where samples are missing
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <span>

#include "row_table.hpp"

namespace gridgrad {

// The rows of a table that apply to a line whose samples with a mark other than 0 are
// missing: rows that read one give way to those on a run of samples, or to rows without
// taps, as the table's rule says. Throws Error: bad_shape unless there is one mark per
// sample; bad_argument if the table has no rule.
[[nodiscard]] RowTable selected_rows(const RowTable& table,
                                     std::span<const std::uint8_t> mask);

}  // namespace gridgrad

// gridgrad/io/text.hpp: rows of numbers in a text file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>

#include "gridgrad/io/any_array.hpp"

namespace gridgrad::io {

/// Reads one row per line. Numbers are separated by semicolons, else by commas, else by
/// blanks, as the first row is; empty lines and lines that begin with '#' are skipped.
///
/// Returns float64, or int64 if every number is an integer of that type (time stamps keep
/// all their digits). One row or one column is one-dimensional.
///
/// Throws Error: io naming file, line and column: not a number, outside the range of the
/// type, rows of different length, no number at all.
[[nodiscard]] AnyArray read_text(const std::string& path);

/// The same from memory; `name` stands in messages.
[[nodiscard]] AnyArray parse_text(std::string_view text, const std::string& name);

}  // namespace gridgrad::io

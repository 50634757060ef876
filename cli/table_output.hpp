// cli/table_output.hpp: results as columns of a table
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::cli {

enum class TableKind { csv, npy };

// From the suffix; CSV if results are printed. Throws Error: unsupported for others.
[[nodiscard]] TableKind table_kind(const Destination& destination);

// A name as it stands in a header, in quotes if it needs them.
[[nodiscard]] std::string quoted(const std::string& name, char separator);

// Throws Error: bad_argument naming `input`, which has the columns, if one is named so.
void require_new_name(const std::string& input, const std::vector<std::string>& columns,
                      const std::string& result);

// A separator and the number in as few digits as tell it apart, or nothing for NaN.
void append_cell(double number, char separator, std::string& text);

void write_text(io::File& file, std::string_view text);

}  // namespace gridgrad::cli

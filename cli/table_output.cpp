// cli/table_output.cpp: cells as RFC 4180 has them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "table_output.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <span>

#include <fmt/compile.h>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {

TableKind table_kind(const Destination& destination) {
  if (destination.path.empty()) return TableKind::csv;
  if (destination.path == "-") return TableKind::npy;
  const std::string suffix = std::filesystem::path(destination.path).extension().string();
  if (suffix == ".csv") return TableKind::csv;
  if (suffix == ".npy") return TableKind::npy;
  throw Error(ErrorCode::unsupported, "output",
              destination.path + " given; .csv, .npy and - are accepted");
}

std::string quoted(const std::string& name, char separator) {
  if (name.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) {
    return name;
  }
  std::string text = "\"";
  for (const char letter : name) {
    if (letter == '"') text += '"';
    text += letter;
  }
  return text + "\"";
}

void require_new_name(const std::string& input, const std::vector<std::string>& columns,
                      const std::string& result) {
  if (std::ranges::find(columns, result) == columns.end()) return;
  throw Error(ErrorCode::bad_argument, input,
              "column " + result +
                  " is there already, and a result has this name; another name is "
                  "needed");
}

void append_cell(double number, char separator, std::string& text) {
  text += separator;
  if (std::isnan(number)) return;
  constexpr std::size_t longest = 32;
  std::array<char, longest> digits;
  text.append(digits.data(), fmt::format_to(digits.data(), FMT_COMPILE("{}"), number));
}

void write_text(io::File& file, std::string_view text) {
  file.write(std::as_bytes(std::span(text)));
}

}  // namespace gridgrad::cli

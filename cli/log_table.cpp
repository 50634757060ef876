// cli/log_table.cpp: columns by their names, then row after row
//
// SPDX-License-Identifier: BSD-3-Clause

#include "log_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "array_input.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/csv.hpp"
#include "suggestion.hpp"
#include "table_output.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

void require_header(const io::CsvReader& reader) {
  if (reader.cells()[0].starts_with("\x93NUMPY")) refuse_variables();
  const bool has_names = !std::ranges::all_of(
      reader.cells(), [](auto cell) { return number_of(cell).has_value(); });
  if (has_names) return;
  throw Error(ErrorCode::bad_argument, "variable",
              "the first row of " + reader.name() +
                  " holds numbers; a header that names the columns is needed");
}

std::size_t column_of(const char* argument, const std::string& name,
                      const std::vector<std::string>& names) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    throw Error(ErrorCode::bad_argument, argument,
                "'" + name + "' given; the columns are " + joined(names) +
                    suggestion(name, names));
  }
  if (std::ranges::count(names, name) > 1) {
    throw Error(ErrorCode::bad_argument, argument,
                "several columns are named " + name + "; another name is needed");
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t stamp_column(const Selection& selection,
                         const std::vector<std::string>& names) {
  if (selection.axes.size() == 1) return column_of("axis", selection.axes[0], names);
  const std::string given = selection.axes.empty() ? "none" : joined(selection.axes);
  throw Error(ErrorCode::bad_argument, "axis",
              given + " given; -x needs one column, of the stamps: " + joined(names));
}

std::vector<std::size_t> value_columns(const Selection& selection, std::size_t stamps,
                                       const std::vector<std::string>& names) {
  if (selection.variables.empty()) {
    throw Error(
        ErrorCode::bad_argument, "variable",
        "none given; -v needs columns to differentiate, some of " + joined(names));
  }
  std::vector<std::size_t> columns;
  for (const std::string& name : selection.variables) {
    const std::size_t column = column_of("variable", name, names);
    if (column == stamps) {
      throw Error(ErrorCode::bad_argument, "variable",
                  name + " is the axis; another column is needed");
    }
    if (std::ranges::find(columns, column) != columns.end()) {
      throw Error(ErrorCode::bad_argument, "variable", name + " given twice");
    }
    columns.push_back(column);
  }
  return columns;
}

// Quotes that are doubled in the file are one of a name.
std::string name_in(std::string_view cell) {
  std::string name;
  for (std::size_t k = 0; k < cell.size(); ++k) {
    name += cell[k];
    if (cell.substr(k, 2) == "\"\"") ++k;
  }
  return name;
}

PointHeader header_of(io::CsvReader& reader) {
  if (!reader.next()) {
    throw Error(ErrorCode::io, reader.name(),
                "has no row; a header that names the columns is needed");
  }
  require_header(reader);
  PointHeader header;
  for (const std::string_view cell : reader.cells())
    header.names.push_back(name_in(cell));
  header.text = reader.text();
  header.separator = reader.separator();
  header.line_end = reader.line_end();
  return header;
}

// d{column}_d{stamp}, d2{column}_d{stamp}2.
std::string result_name(const std::string& column, const std::string& stamp, int order) {
  const std::string power = order == 1 ? "" : std::to_string(order);
  return "d" + power + column + "_d" + stamp + power;
}

}  // namespace

std::vector<std::string> LogColumns::value_names() const {
  std::vector<std::string> names;
  names.reserve(values.size());
  for (const std::size_t column : values) names.push_back(header.names[column]);
  return names;
}

std::vector<std::string> LogColumns::result_names(int order) const {
  std::vector<std::string> names;
  for (const std::string& column : value_names()) {
    names.push_back(result_name(column, stamp_name(), order));
    require_new_name(input, header.names, names.back());
  }
  return names;
}

std::string LogColumns::header_with(const std::vector<std::string>& results) const {
  std::string text = header.text;
  for (const std::string& name : results) {
    text += header.separator + quoted(name, header.separator);
  }
  return text + header.line_end;
}

void LogColumns::require_width(const io::CsvReader& reader) const {
  const std::size_t cells = reader.cells().size();
  if (cells == header.names.size()) return;
  throw Error(
      ErrorCode::io, fmt::format("{}:{}", reader.name(), reader.line()),
      fmt::format("{} cells where the first row has {}", cells, header.names.size()));
}

LogColumns log_columns(io::CsvReader& reader, const Selection& selection) {
  LogColumns columns = {reader.name(), header_of(reader), 0, {}};
  columns.stamps = stamp_column(selection, columns.header.names);
  columns.values = value_columns(selection, columns.stamps, columns.header.names);
  return columns;
}

void ValueColumn::add(const io::CsvReader& reader, std::string_view cell) {
  const std::size_t sign = cell.starts_with('+') ? 1 : 0;
  const char* const end = cell.data() + cell.size();
  std::int64_t integer = 0;
  const auto [stop, error] = std::from_chars(cell.data() + sign, end, integer);
  const bool is_whole = stop == end && stop != cell.data() + sign;
  if (is_whole && error == std::errc::result_out_of_range) {
    refuse_cell(reader, name_, fmt::format("{} is beyond 63 bits and a sign", cell));
  }
  if (is_whole && has_integers_) return integers_.push_back(integer);
  if (is_whole) {
    require_exact(reader, integer);
    return numbers_.push_back(static_cast<double>(integer));
  }
  if (has_integers_) take_numbers(reader);
  const auto number = number_of(cell);
  if (!number && !is_missing(cell)) {
    refuse_cell(reader, name_, fmt::format("'{}' is not a number", cell));
  }
  numbers_.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
  if (std::isnan(numbers_.back())) ++missing_;
}

void ValueColumn::take_numbers(const io::CsvReader& reader) {
  numbers_.reserve(integers_.size() + 1);
  for (const std::int64_t integer : integers_) {
    require_exact(reader, integer);
    numbers_.push_back(static_cast<double>(integer));
  }
  integers_ = {};
  has_integers_ = false;
}

void ValueColumn::require_exact(const io::CsvReader& reader, std::int64_t integer) const {
  if (-most_exact <= integer && integer <= most_exact) return;
  refuse_cell(reader, name_,
              fmt::format("{} is beyond 2^53, and the column has cells that are missing "
                          "or not whole",
                          integer));
}

bool has_header(const std::string& path) {
  const auto is_number_like = [](std::string_view cell) {
    constexpr std::string_view starts = "0123456789+-.";
    return is_missing(cell) || number_of(cell) || starts.find(cell[0]) != starts.npos;
  };
  io::CsvReader reader(io::File::open(path));
  return reader.next() && reader.cells().size() > 1 &&
         std::ranges::none_of(reader.cells(), is_number_like);
}

LogTable read_log(const FieldCommand& command, RowText kept) {
  io::CsvReader reader(io::File::open(command.input));
  const LogColumns columns = log_columns(reader, command.selection);
  LogTable table = {columns,
                    PointBlock(kept),
                    {},
                    Stamps(columns.stamp_name(), command.log.time_unit),
                    {}};
  for (const std::string& name : columns.value_names()) table.values.emplace_back(name);
  while (reader.next()) {
    columns.require_width(reader);
    table.stamps.add(reader, reader.cells()[columns.stamps]);
    for (std::size_t k = 0; k < columns.values.size(); ++k) {
      table.values[k].add(reader, reader.cells()[columns.values[k]]);
    }
    if (kept == RowText::kept) table.rows.text += reader.text();
    table.rows.end_row();
    table.lines.push_back(reader.line());
  }
  return table;
}

}  // namespace gridgrad::cli

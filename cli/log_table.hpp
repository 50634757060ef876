// cli/log_table.hpp: a table with a header, held as a whole
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "command.hpp"
#include "points.hpp"
#include "stamps.hpp"

namespace gridgrad::cli {

// The largest of the integers that float64 has all of.
constexpr std::int64_t most_exact = std::int64_t{1} << 53;

// Numbers of a column: integers while all cells are, else float64 with NaN for what is
// missing. Only one of the two vectors is filled.
class ValueColumn {
 public:
  explicit ValueColumn(std::string name) : name_(std::move(name)) {}

  // The cell of the row that was read. Throws Error: io for what is no number, and for
  // integers that float64 does not hold where others are not integers.
  void add(const io::CsvReader& reader, std::string_view cell);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool has_integers() const noexcept { return has_integers_; }
  [[nodiscard]] const std::vector<std::int64_t>& integers() const { return integers_; }
  [[nodiscard]] const std::vector<double>& numbers() const { return numbers_; }
  [[nodiscard]] std::size_t missing() const noexcept { return missing_; }

 private:
  void take_numbers(const io::CsvReader& reader);
  void require_exact(const io::CsvReader& reader, std::int64_t integer) const;

  std::string name_;
  bool has_integers_ = true;
  std::size_t missing_ = 0;
  std::vector<std::int64_t> integers_;
  std::vector<double> numbers_;
};

// Those that a command names.
struct LogColumns {
  std::string input;  // as messages call it
  PointHeader header;
  std::size_t stamps = 0;
  std::vector<std::size_t> values;

  [[nodiscard]] const std::string& stamp_name() const { return header.names[stamps]; }
  [[nodiscard]] std::vector<std::string> value_names() const;

  // Of the derivatives of that order. Throws Error: bad_argument if a column has one.
  [[nodiscard]] std::vector<std::string> result_names(int order) const;

  // The header followed by `results`, with its line end.
  [[nodiscard]] std::string header_with(const std::vector<std::string>& results) const;

  // Throws Error: io unless the row that was read is as wide as the header.
  void require_width(const io::CsvReader& reader) const;
};

// Reads the header. Throws Error: bad_argument naming the columns there are; io.
[[nodiscard]] LogColumns log_columns(io::CsvReader& reader, const Selection& selection);

struct LogTable {
  LogColumns columns;
  PointBlock rows;                 // their text, if it is kept
  std::vector<std::size_t> lines;  // that they begin in
  Stamps stamps;
  std::vector<ValueColumn> values;
};

// Whether the first row of a text file has several cells, none of which is, or begins as,
// a number.
[[nodiscard]] bool has_header(const std::string& path);

// Reads the column of stamps and those of values that the command names. Throws Error:
// bad_argument naming the columns there are; io.
[[nodiscard]] LogTable read_log(const FieldCommand& command, RowText kept);

}  // namespace gridgrad::cli

// gridgrad/io/csv.hpp: the rows of a table in a text file, one at a time
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/file.hpp"

namespace gridgrad::io {

/// Reads a table as RFC 4180 has it: cells in quotes may hold separators, line ends and
/// doubled quotes; lines end with LF or CRLF. Separators are those of the first row:
/// tabs, else semicolons, else commas. Empty lines and lines that begin with '#' are
/// skipped, a byte order mark before the first too.
///
/// Memory does not depend on the number of rows. What it returns is valid until the next
/// call of `next`. A row is complete as soon as its line end is there: no more is read of
/// a pipe before the row is returned.
class CsvReader {
 public:
  /// `file` stands at its beginning. `before_reading` is called each time before more is
  /// read of it, which may take as long as it takes others to write: what they wait for
  /// must be written then.
  explicit CsvReader(File file, std::function<void()> before_reading = {});

  /// Reads the next row; false at the end. Throws Error: io naming file and line: a quote
  /// that is not closed or that text follows, a row of more than 16 MiB.
  [[nodiscard]] bool next();

  /// The row as it stands in the file, without its line end.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// Its cells without the quotes and the blanks around them. Quotes that are doubled in
  /// the file are so here.
  [[nodiscard]] std::span<const std::string_view> cells() const noexcept {
    return cells_;
  }

  /// The number of the line that it begins in, from 1.
  [[nodiscard]] std::size_t line() const noexcept { return line_; }

  [[nodiscard]] char separator() const noexcept { return separator_; }

  /// "\n", or "\r\n" if the row ended so.
  [[nodiscard]] std::string_view line_end() const noexcept { return line_end_; }

  /// What messages call the file.
  [[nodiscard]] const std::string& name() const noexcept { return file_.name(); }

 private:
  [[nodiscard]] bool skip_lines();
  void read_more();
  void skip_byte_order_mark();
  [[nodiscard]] bool parse_row();
  [[nodiscard]] bool find_separator();
  [[nodiscard]] bool parse_cell(std::size_t& at);
  [[nodiscard]] bool parse_quoted(std::size_t& at);
  void end_row(std::size_t at);
  [[noreturn]] void refuse(const std::string& message) const;

  File file_;
  std::function<void()> before_reading_;
  std::string buffer_;
  std::size_t first_ = 0;  // of the buffer that is not read yet
  std::size_t bytes_ = 0;  // of the file that are in the buffer
  bool is_at_end_ = false;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
  std::size_t quoted_line_ends_ = 0;  // of the row
  char separator_ = '\0';
  std::string_view text_;
  std::string_view line_end_;
  std::vector<std::string_view> cells_;
};

}  // namespace gridgrad::io

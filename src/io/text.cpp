// io/text.cpp: one pass over the characters, numbers kept as integers while all are
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class Table {
 public:
  explicit Table(const std::string& name) : name_(name) {}

  void add_line(std::string_view line) {
    ++line_;
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos || line[first] == '#') return;
    if (rows_ == 0) separator_ = separator_of(line);
    const std::size_t before = numbers_.size();
    add_cells(line);
    const std::size_t cells = numbers_.size() - before;
    if (rows_ == 0) columns_ = cells;
    if (cells != columns_) {
      throw Error(ErrorCode::io, name_ + ":" + std::to_string(line_),
                  std::to_string(cells) + " numbers where the rows above have " +
                      std::to_string(columns_));
    }
    ++rows_;
  }

  [[nodiscard]] AnyArray array() const {
    if (rows_ == 0) throw Error(ErrorCode::io, name_, "holds no number");
    if (integers_.size() == numbers_.size()) return array_of(integers_);
    return array_of(numbers_);
  }

 private:
  static char separator_of(std::string_view line) {
    if (line.find(';') != std::string_view::npos) return ';';
    return line.find(',') != std::string_view::npos ? ',' : ' ';
  }

  void add_cells(std::string_view line) {
    std::size_t start = separator_ == ' ' ? line.find_first_not_of(blanks) : 0;
    while (start != std::string_view::npos) {
      const std::size_t end = separator_ == ' ' ? line.find_first_of(blanks, start)
                                                : line.find(separator_, start);
      add_cell(line.substr(start, end - start), start);
      if (end == std::string_view::npos) return;
      start = separator_ == ' ' ? line.find_first_not_of(blanks, end) : end + 1;
    }
  }

  void add_cell(std::string_view cell, std::size_t start) {
    const std::size_t lead = std::min(cell.find_first_not_of(blanks), cell.size());
    cell.remove_prefix(lead);
    cell = cell.substr(0, cell.find_last_not_of(blanks) + 1);
    std::string_view digits = cell;
    if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-')
      digits.remove_prefix(1);
    const char* const end = digits.data() + digits.size();
    double number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error == std::errc::result_out_of_range && stop == end) {
      refuse(cell, start + lead, "is outside the range of float64");
    }
    if (error != std::errc() || stop != end) {
      refuse(cell, start + lead,
             "is not a number; rows of numbers separated by commas, semicolons or "
             "blanks are accepted, and lines that begin with #");
    }
    keep_integer(digits);
    numbers_.push_back(number);
  }

  void keep_integer(std::string_view digits) {
    if (integers_.size() != numbers_.size()) return;
    std::int64_t integer = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, integer);
    if (error == std::errc() && stop == end) integers_.push_back(integer);
  }

  [[noreturn]] void refuse(std::string_view cell, std::size_t start,
                           const std::string& why) const {
    throw Error(ErrorCode::io,
                name_ + ":" + std::to_string(line_) + ":" + std::to_string(start + 1),
                "'" + std::string(cell) + "' " + why);
  }

  template <class T>
  [[nodiscard]] AnyArray array_of(const std::vector<T>& samples) const {
    const bool is_line = rows_ == 1 || columns_ == 1;
    const std::vector<std::size_t> extents =
        is_line ? std::vector{samples.size()} : std::vector{rows_, columns_};
    Array<T> array{std::span<const std::size_t>(extents)};
    std::ranges::copy(samples, array.data());
    return array;
  }

  const std::string& name_;
  std::size_t line_ = 0;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  char separator_ = ' ';
  std::vector<double> numbers_;
  std::vector<std::int64_t> integers_;
};

std::string contents(const std::string& path) {
  constexpr std::size_t bytes_at_once = 1 << 20;
  File file = File::open(path);
  std::string text;
  std::size_t got = bytes_at_once;
  while (got == bytes_at_once) {
    const std::size_t before = text.size();
    text.resize(before + bytes_at_once);
    got = file.read(std::as_writable_bytes(std::span(text).subspan(before)));
    text.resize(before + got);
  }
  return text;
}

}  // namespace

AnyArray parse_text(std::string_view text, const std::string& name) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Table table(name);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    table.add_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return table.array();
}

AnyArray read_text(const std::string& path) {
  return parse_text(contents(path), path);
}

}  // namespace gridgrad::io

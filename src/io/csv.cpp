// io/csv.cpp: rows are parsed where they lie, again from their start where the buffer
// ends
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/csv.hpp"

#include <algorithm>
#include <utility>

#include "gridgrad/error.hpp"

namespace gridgrad::io {
namespace {

constexpr std::size_t bytes_at_once = std::size_t{1} << 20;
constexpr std::size_t longest_row = std::size_t{16} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\r';
}

// Tabs and line ends are not blanks of a cell: they may end it.
std::string_view trimmed(std::string_view cell) {
  if (cell.ends_with('\r')) cell.remove_suffix(1);
  const std::size_t first = std::min(cell.find_first_not_of(' '), cell.size());
  cell.remove_prefix(first);
  return cell.substr(0, cell.find_last_not_of(' ') + 1);
}

}  // namespace

CsvReader::CsvReader(File file, std::function<void()> before_reading)
    : file_(std::move(file)),
      before_reading_(std::move(before_reading)),
      line_end_("\n") {}

bool CsvReader::next() {
  if (!skip_lines()) return false;
  line_ = next_line_;
  while (!parse_row()) {
    if (bytes_ - first_ > longest_row) {
      refuse("a row of more than 16 MiB; is a quote not closed?");
    }
    read_more();
  }
  return true;
}

bool CsvReader::skip_lines() {
  for (;;) {
    std::size_t at = first_;
    while (at < bytes_ && is_blank(buffer_[at])) ++at;
    const bool is_comment = at < bytes_ && buffer_[at] == '#';
    if (at < bytes_ && buffer_[at] != '\n' && !is_comment) return true;
    while (at < bytes_ && buffer_[at] != '\n') ++at;
    if (at < bytes_) {
      first_ = at + 1;
      ++next_line_;
    } else if (is_at_end_) {
      return false;
    } else {
      read_more();
    }
  }
}

void CsvReader::read_more() {
  if (before_reading_) before_reading_();
  const bool is_first = buffer_.empty();
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(first_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(bytes_), buffer_.begin());
  bytes_ -= first_;
  first_ = 0;
  buffer_.resize(std::max(buffer_.size(), bytes_ + bytes_at_once));
  const std::size_t got =
      file_.read_some(std::as_writable_bytes(std::span(buffer_).subspan(bytes_)));
  is_at_end_ = got == 0;
  bytes_ += got;
  if (is_first) skip_byte_order_mark();
}

// The first bytes may be a part of it.
void CsvReader::skip_byte_order_mark() {
  const auto read = [&] { return std::string_view(buffer_).substr(0, bytes_); };
  while (!is_at_end_ && bytes_ < byte_order_mark.size() &&
         byte_order_mark.starts_with(read())) {
    read_more();
  }
  if (read().starts_with(byte_order_mark)) first_ = byte_order_mark.size();
}

bool CsvReader::parse_row() {
  if (separator_ == '\0' && !find_separator()) return false;
  cells_.clear();
  quoted_line_ends_ = 0;
  std::size_t at = first_;
  for (;; ++at) {
    if (!parse_cell(at)) return false;
    if (at == bytes_ || buffer_[at] == '\n') break;
  }
  end_row(at);
  return true;
}

bool CsvReader::find_separator() {
  bool has_semicolon = false;
  bool is_quoted = false;
  std::size_t at = first_;
  for (; at < bytes_ && (is_quoted || buffer_[at] != '\n'); ++at) {
    if (buffer_[at] == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (buffer_[at] == '\t') separator_ = '\t';
    has_semicolon = has_semicolon || buffer_[at] == ';';
  }
  if (at == bytes_ && !is_at_end_) {
    separator_ = '\0';
    return false;
  }
  if (separator_ == '\0') separator_ = has_semicolon ? ';' : ',';
  return true;
}

// Leaves `at` where the cell ends: at a separator, a line end, or the end of the file.
// Returns false if that is not in the buffer yet.
bool CsvReader::parse_cell(std::size_t& at) {
  const std::size_t first = at;
  while (at < bytes_ && buffer_[at] == ' ') ++at;
  if (at < bytes_ && buffer_[at] == '"') return parse_quoted(at);
  const std::string_view read = std::string_view(buffer_).substr(0, bytes_);
  const char separator = separator_;
  while (at < read.size() && read[at] != separator && read[at] != '\n') ++at;
  if (at == bytes_ && !is_at_end_) return false;
  cells_.push_back(trimmed(read.substr(first, at - first)));
  return true;
}

bool CsvReader::parse_quoted(std::size_t& at) {
  const std::size_t first = ++at;
  for (;; at += 2) {
    at = std::min(buffer_.find('"', at), bytes_);
    if (at == bytes_ && is_at_end_) refuse("a quote that is not closed");
    if (at + 1 >= bytes_ && !is_at_end_) return false;
    if (at + 1 >= bytes_ || buffer_[at + 1] != '"') break;
  }
  cells_.push_back(std::string_view(buffer_).substr(first, at - first));
  quoted_line_ends_ += static_cast<std::size_t>(std::ranges::count(cells_.back(), '\n'));
  ++at;
  while (at < bytes_ && (buffer_[at] == ' ' || buffer_[at] == '\r')) ++at;
  if (at == bytes_) return is_at_end_;
  if (buffer_[at] == separator_ || buffer_[at] == '\n') return true;
  refuse("text after the quote that closes cell " + std::to_string(cells_.size()) +
         "; a quote within quotes is doubled");
}

void CsvReader::end_row(std::size_t at) {
  text_ = std::string_view(buffer_).substr(first_, at - first_);
  next_line_ += quoted_line_ends_;
  if (at < bytes_) {
    ++next_line_;
    const bool has_return = text_.ends_with('\r');
    line_end_ = has_return ? "\r\n" : "\n";
    if (has_return) text_.remove_suffix(1);
  }
  first_ = std::min(at + 1, bytes_);
}

void CsvReader::refuse(const std::string& message) const {
  throw Error(ErrorCode::io, name() + ":" + std::to_string(line_), message);
}

}  // namespace gridgrad::io

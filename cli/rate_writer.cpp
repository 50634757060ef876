// cli/rate_writer.cpp: cells behind the row that they belong to
//
// SPDX-License-Identifier: BSD-3-Clause

#include "rate_writer.hpp"

#include <cstddef>
#include <utility>

#include "table_output.hpp"

namespace gridgrad::cli {

RateWriter::RateWriter(const LogColumns& columns, const std::vector<std::string>& results,
                       std::optional<io::File> file)
    : file_(std::move(file)),
      separator_(columns.header.separator),
      line_end_(columns.header.line_end),
      header_(columns.header_with(results)) {}

void RateWriter::begin() {
  text_ += header_;
  header_.clear();
}

void RateWriter::row(std::string_view text, std::span<const double> rates) {
  constexpr std::size_t bytes_at_once = std::size_t{1} << 20;
  if (!file_) {
    numbers_.insert(numbers_.end(), rates.begin(), rates.end());
    return;
  }
  begin();
  text_ += text;
  for (const double rate : rates) append_cell(rate, separator_, text_);
  text_ += line_end_;
  if (text_.size() >= bytes_at_once) flush();
}

void RateWriter::flush() {
  if (file_ && !text_.empty()) write_text(*file_, text_);
  text_.clear();
}

}  // namespace gridgrad::cli

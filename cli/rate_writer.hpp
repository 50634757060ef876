// cli/rate_writer.hpp: rows of a log and their rates, as they come
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/file.hpp"
#include "log_table.hpp"

namespace gridgrad::cli {

// Text for a file or a stream, in pieces; without one the rates alone, as numbers.
class RateWriter {
 public:
  RateWriter(const LogColumns& columns, const std::vector<std::string>& results,
             std::optional<io::File> file);

  // The header, unless it has been written; `row` does so, too.
  void begin();

  // Missing rates are NaN.
  void row(std::string_view text, std::span<const double> rates);

  // Writes what there is so far.
  void flush();

  [[nodiscard]] const std::vector<double>& numbers() const noexcept { return numbers_; }

 private:
  std::optional<io::File> file_;
  char separator_;
  std::string line_end_;
  std::string header_;  // empty once it is written
  std::string text_;
  std::vector<double> numbers_;
};

}  // namespace gridgrad::cli

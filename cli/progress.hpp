// cli/progress.hpp: how far long work has come, on one line of standard error
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "command.hpp"

namespace gridgrad::cli {

// Share done, throughput and time left. By default only on a terminal, and only when the
// work has taken longer than a second. The line is taken away at the end.
class ProgressLine {
 public:
  // `bytes` of results are to come.
  ProgressLine(Progress progress, Notes notes, std::uint64_t bytes);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // So many more bytes are done.
  void add(std::uint64_t bytes);

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] std::string text(double seconds) const;

  bool is_shown_;
  bool is_waiting_;
  bool has_line_ = false;
  std::uint64_t bytes_;
  std::uint64_t done_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = {};
};

// "1.5 GB".
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace gridgrad::cli

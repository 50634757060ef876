// cli/progress.cpp: written over itself ten times a second
//
// SPDX-License-Identifier: BSD-3-Clause

#include "progress.hpp"

#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include <fmt/core.h>

namespace gridgrad::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds patience = 1s;
constexpr std::chrono::milliseconds between_lines = 100ms;

// Takes the rest of the line away.
constexpr std::string_view clear_to_end = "\x1b[K";

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  constexpr long minute = 60;
  constexpr long hour = 60 * minute;
  if (whole < minute) return fmt::format("{} s", whole);
  if (whole < hour) return fmt::format("{}:{:02}", whole / minute, whole % minute);
  return fmt::format("{}:{:02}:{:02}", whole / hour, whole % hour / minute,
                     whole % minute);
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 5> units = {"B", "kB", "MB", "GB", "TB"};
  constexpr double step = 1000;
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= step && unit + 1 < units.size()) {
    size /= step;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes)
                   : fmt::format("{:.{}f} {}", size, size < 10 ? 1 : 0, units[unit]);
}

ProgressLine::ProgressLine(Progress progress, Notes notes, std::uint64_t bytes)
    : is_shown_(progress == Progress::always ||
                (progress == Progress::automatic && notes == Notes::shown &&
                 ::isatty(STDERR_FILENO) == 1)),
      is_waiting_(progress == Progress::automatic),
      bytes_(bytes) {}

ProgressLine::~ProgressLine() {
  if (has_line_) std::fprintf(stderr, "\r%s", clear_to_end.data());
}

void ProgressLine::add(std::uint64_t bytes) {
  done_ += bytes;
  if (!is_shown_) return;
  const Clock::time_point now = Clock::now();
  if (is_waiting_ && now - begin_ < patience) return;
  if (now - last_ < between_lines && done_ < bytes_) return;
  last_ = now;
  has_line_ = true;
  const std::string line = text(std::chrono::duration<double>(now - begin_).count());
  std::fprintf(stderr, "\r%s%s", line.c_str(), clear_to_end.data());
  std::fflush(stderr);
}

std::string ProgressLine::text(double seconds) const {
  const double share =
      bytes_ == 0 ? 1 : static_cast<double>(done_) / static_cast<double>(bytes_);
  const double rate = static_cast<double>(done_) / std::max(seconds, 1e-9);
  const double left = share > 0 ? seconds * (1 - share) / share : 0;
  return fmt::format("{:3.0f} % of {}, {}/s, {} left", std::floor(100 * share),
                     size_text(bytes_), size_text(static_cast<std::uint64_t>(rate)),
                     duration_text(left));
}

}  // namespace gridgrad::cli

// cli/memory_limit.cpp: what the system says is free
//
// SPDX-License-Identifier: BSD-3-Clause

#include "memory_limit.hpp"
#include "words.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>

namespace gridgrad::cli {
namespace {

constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

// MemAvailable counts what the system would give up for a program, unlike MemFree.
std::uint64_t free_memory() {
  std::ifstream file("/proc/meminfo");
  std::string line;
  while (std::getline(file, line)) {
    constexpr std::string_view name = "MemAvailable:";
    constexpr std::uint64_t kibibyte = 1024;
    if (line.starts_with(name)) return std::stoull(line.substr(name.size())) * kibibyte;
  }
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page <= 0) return unknown;
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
}

std::uint64_t number_in(const char* path) {
  std::uint64_t number = unknown;
  std::ifstream(path) >> number;
  return number == 0 ? unknown : number;
}

// Of version 2; "max" is no number.
std::uint64_t left_by_control_group() {
  const std::uint64_t most = number_in("/sys/fs/cgroup/memory.max");
  const std::uint64_t used = number_in("/sys/fs/cgroup/memory.current");
  return most == unknown || used == unknown ? unknown : most - std::min(used, most);
}

// 0 for an unknown unit.
double worth(std::string_view unit) {
  constexpr std::string_view letters = "kmgt";
  std::string small = lower(std::string(unit));
  if (small.ends_with('b')) small.pop_back();
  const double base = small.ends_with('i') ? 1024 : 1000;
  if (small.ends_with('i')) small.pop_back();
  if (small.empty()) return base == 1000 ? 1 : 0;
  const std::size_t power = letters.find(small);
  const bool is_letter = small.size() == 1 && power != std::string_view::npos;
  return is_letter ? std::pow(base, power + 1) : 0;
}

}  // namespace

std::optional<std::uint64_t> bytes_of(std::string_view size) {
  double number = 0;
  const char* const end = size.data() + size.size();
  const auto [unit, error] = std::from_chars(size.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  const double bytes = number * worth({unit, end});
  constexpr double most = 0x1p63;
  if (!(bytes >= 1 && bytes < most)) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

std::uint64_t memory_limit(std::optional<std::uint64_t> asked) {
  constexpr std::uint64_t share = 4;
  return asked ? *asked : std::min(free_memory(), left_by_control_group()) / share;
}

}  // namespace gridgrad::cli

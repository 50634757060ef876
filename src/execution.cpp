// execution.cpp: the number of threads a process may use
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/execution.hpp"

#include <oneapi/tbb/info.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace gridgrad {
namespace {

std::size_t read_default() noexcept {
  const char* set = std::getenv("GRIDGRAD_NUM_THREADS");
  const std::string_view text = set == nullptr ? "" : set;
  std::size_t threads = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), threads);
  if (parsed.ptr == text.data() + text.size() && threads > 0) return threads;
  return static_cast<std::size_t>(oneapi::tbb::info::default_concurrency());
}

}  // namespace

std::size_t default_threads() noexcept {
  static const std::size_t threads = read_default();
  return threads;
}

}  // namespace gridgrad

// kernels/targets.cpp: Highway's list of targets by name
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/targets.hpp"

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace gridgrad::kernels {
namespace {

// The bit of the target in use; 0 before ensure_target has run.
std::atomic<std::int64_t> chosen = 0;

std::int64_t best_of(std::int64_t targets) {
  return targets & -targets;
}

}  // namespace

std::vector<std::string> targets() {
  std::vector<std::string> names;
  hwy::SetSupportedTargetsForTest(0);
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

std::string chosen_target() {
  ensure_target();
  return hwy::TargetName(chosen);
}

bool choose_target(std::string_view name) {
  hwy::SetSupportedTargetsForTest(0);
  std::int64_t found = name.empty() ? best_of(hwy::SupportedTargets() & HWY_TARGETS) : 0;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (hwy::TargetName(target) == name) found = target;
  }
  if (found == 0) return false;
  chosen = found;
  hwy::GetChosenTarget().Update(found);
  return true;
}

void ensure_target() noexcept {
  static const bool is_chosen = [] {
    const char* asked = std::getenv("GRIDGRAD_TARGET");
    return (asked != nullptr && choose_target(asked)) || choose_target("");
  }();
  static_cast<void>(is_chosen);
}

void flush_streams() noexcept {
  hwy::FlushStream();
}

}  // namespace gridgrad::kernels

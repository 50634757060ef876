// threads.cpp: what the threads of a call see of each other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "threads.hpp"

#include <atomic>
#include <cfenv>

#include "arena.hpp"

namespace gridgrad {
namespace {

// Floating-point exceptions of the current thread that are worth a warning.
constexpr int noted = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW;

// What oneTBB orders is said again in atomics: the thread sanitizer does not see into its
// binary, and takes what follows for a race.
struct SharedParts {
  void (*part)(void* context, Range range);
  void* context;
  std::atomic<bool> is_ready = false;
  std::atomic<std::size_t> done = 0;
  std::atomic<int> raised = 0;  // floating-point exceptions

  static void run(void* shared_parts, Range range) {
    auto& shared = *static_cast<SharedParts*>(shared_parts);
    static_cast<void>(shared.is_ready.load(std::memory_order_acquire));
    std::feclearexcept(noted);
    shared.part(shared.context, range);
    shared.raised.fetch_or(std::fetestexcept(noted), std::memory_order_relaxed);
    shared.done.fetch_add(1, std::memory_order_acq_rel);
  }
};

}  // namespace

void for_each_part(std::size_t count, std::size_t threads,
                   void (*part)(void* context, Range range), void* context) {
  if (threads <= 1) return part(context, {0, count});
  SharedParts shared = {part, context};
  const int raised_before = std::fetestexcept(noted);
  shared.is_ready.store(true, std::memory_order_release);
  run_in_arena(count, threads, SharedParts::run, &shared);
  static_cast<void>(shared.done.load(std::memory_order_acquire));
  std::feraiseexcept(raised_before | shared.raised.load(std::memory_order_relaxed));
}

}  // namespace gridgrad

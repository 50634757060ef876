// threads.cpp: what the threads of a call see of each other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "threads.hpp"

#include <atomic>

#include "arena.hpp"

namespace gridgrad {
namespace {

// What oneTBB orders is said again in atomics: the thread sanitizer does not see into its
// binary, and takes what follows for a race.
struct SharedParts {
  void (*part)(void* context, Range range);
  void* context;
  std::atomic<bool> is_ready = false;
  std::atomic<std::size_t> done = 0;

  static void run(void* shared_parts, Range range) {
    auto& shared = *static_cast<SharedParts*>(shared_parts);
    static_cast<void>(shared.is_ready.load(std::memory_order_acquire));
    shared.part(shared.context, range);
    shared.done.fetch_add(1, std::memory_order_acq_rel);
  }
};

}  // namespace

void for_each_part(std::size_t count, std::size_t threads,
                   void (*part)(void* context, Range range), void* context) {
  if (threads <= 1) return part(context, {0, count});
  SharedParts shared = {part, context};
  shared.is_ready.store(true, std::memory_order_release);
  run_in_arena(count, threads, SharedParts::run, &shared);
  static_cast<void>(shared.done.load(std::memory_order_acquire));
}

}  // namespace gridgrad

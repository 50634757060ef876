// arena.cpp: oneTBB, which survives fork and composes with the caller's own threads
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arena.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <memory>
#include <optional>

namespace gridgrad {
namespace {

namespace tbb = oneapi::tbb;

// Kept from call to call: workers that have left an arena take longer to come back than a
// derivative of a few megabytes takes. One per calling thread, lest callers wait for each
// other.
std::shared_ptr<tbb::task_arena> arena_of_thread(std::size_t threads) {
  static thread_local std::shared_ptr<tbb::task_arena> arena;
  const auto wanted = static_cast<int>(threads);
  if (arena == nullptr || arena->max_concurrency() != wanted) {
    arena = std::make_shared<tbb::task_arena>(wanted);
  }
  return arena;
}

}  // namespace

void run_in_arena(std::size_t count, std::size_t threads,
                  void (*part)(void* context, Range range), void* context) {
  using Part = tbb::blocked_range<std::size_t>;
  // More threads than processors are had only so; oneTBB would say on stderr that it
  // ignores the rest.
  using Limit = tbb::global_control;
  std::optional<Limit> limit;
  if (threads > Limit::active_value(Limit::max_allowed_parallelism)) {
    limit.emplace(Limit::max_allowed_parallelism, threads);
  }
  const std::shared_ptr<tbb::task_arena> arena = arena_of_thread(threads);
  arena->execute([&] {
    const auto run = [&](const Part& range) {
      part(context, {range.begin(), range.end()});
    };
    tbb::parallel_for(Part(0, count), run, tbb::auto_partitioner());
  });
}

}  // namespace gridgrad

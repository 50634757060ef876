// threads.cpp: oneTBB, which survives fork and composes with the caller's own threads
//
// SPDX-License-Identifier: BSD-3-Clause

#include "threads.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <optional>

namespace gridgrad {

void for_each_part(std::size_t count, std::size_t threads,
                   void (*part)(void* context, Range range), void* context) {
  if (threads <= 1) return part(context, {0, count});
  namespace tbb = oneapi::tbb;
  using Part = tbb::blocked_range<std::size_t>;
  // More threads than processors are had only so; oneTBB would say on stderr that it
  // ignores the rest.
  using Limit = tbb::global_control;
  std::optional<Limit> limit;
  if (threads > Limit::active_value(Limit::max_allowed_parallelism)) {
    limit.emplace(Limit::max_allowed_parallelism, threads);
  }
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] {
    const auto run = [&](const Part& range) {
      part(context, {range.begin(), range.end()});
    };
    tbb::parallel_for(Part(0, count), run, tbb::static_partitioner());
  });
}

}  // namespace gridgrad

// io/zarr/parallel.cpp: oneTBB, and errors that do not depend on its order
//
// SPDX-License-Identifier: BSD-3-Clause

#include "parallel.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <mutex>
#include <optional>

#include "gridgrad/error.hpp"

namespace gridgrad::io::zarr {
namespace {

namespace tbb = oneapi::tbb;

class FirstError {
 public:
  void take(std::size_t number, const Error& error) {
    const std::lock_guard lock(mutex_);
    if (error_ && number_ < number) return;
    number_ = number;
    error_ = error;
  }

  void rethrow() const {
    if (error_) throw Error(*error_);
  }

 private:
  std::mutex mutex_;
  std::size_t number_ = 0;
  std::optional<Error> error_;
};

}  // namespace

void each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (count == 1) return work(0);
  FirstError first;
  const auto run = [&](std::size_t number) {
    try {
      work(number);
    } catch (const Error& error) {
      first.take(number, error);
    }
  };
  // Without isolation, a thread that waits for the last chunk could begin another tile.
  tbb::this_task_arena::isolate(
      [&] { tbb::parallel_for(std::size_t{0}, count, run, tbb::simple_partitioner()); });
  first.rethrow();
}

}  // namespace gridgrad::io::zarr

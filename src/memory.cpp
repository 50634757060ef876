// memory.cpp: large blocks that wait for the next result
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/memory.hpp"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <unordered_map>
#include <vector>

namespace gridgrad {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t huge_page = 2 * mebibyte;
constexpr std::size_t least_recycled = 4 * mebibyte;
constexpr std::align_val_t cache_line{64};

std::size_t usual_limit() noexcept {
  constexpr std::size_t most = 4096 * mebibyte;
  constexpr std::size_t share = 8;
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page <= 0) return most;
  return std::min(
      most, static_cast<std::size_t>(pages) / share * static_cast<std::size_t>(page));
}

void* fresh(std::size_t bytes) {
  void* const memory = ::operator new (bytes, std::align_val_t{huge_page});
#ifdef MADV_HUGEPAGE
  // A refusal costs speed only.
  static_cast<void>(::madvise(memory, bytes, MADV_HUGEPAGE));
#endif
  return memory;
}

struct FreeFresh {
  void operator()(void* memory) const noexcept {
    ::operator delete (memory, std::align_val_t{huge_page});
  }
};

class LargeBlocks {
 public:
  // Never destroyed: results of static storage duration may outlive every static object.
  static LargeBlocks& all() {
    static auto& blocks = *new LargeBlocks();
    return blocks;
  }

  void* take(std::size_t bytes) {
    bytes = (bytes + huge_page - 1) / huge_page * huge_page;
    const std::lock_guard lock(mutex_);
    waiting_.reserve(in_use_.size() + waiting_.size() + 1);
    const auto fitting = smallest_fitting(bytes);
    if (fitting == waiting_.end()) {
      std::unique_ptr<void, FreeFresh> memory(fresh(bytes));
      in_use_.emplace(memory.get(), bytes);
      return memory.release();
    }
    void* const memory = fitting->memory;
    in_use_.emplace(memory, fitting->bytes);
    bytes_waiting_ -= fitting->bytes;
    waiting_.erase(fitting);
    return memory;
  }

  // False if the memory is not one of these blocks.
  bool give_back(void* memory) noexcept {
    const std::lock_guard lock(mutex_);
    const auto block = in_use_.find(memory);
    if (block == in_use_.end()) return false;
    waiting_.push_back({memory, block->second});  // reserved by take()
    bytes_waiting_ += block->second;
    in_use_.erase(block);
    free_above(limit_);
    return true;
  }

  void limit(std::size_t bytes) noexcept {
    const std::lock_guard lock(mutex_);
    limit_ = bytes;
    free_above(limit_);
  }

  void release() noexcept {
    const std::lock_guard lock(mutex_);
    free_above(0);
  }

  std::size_t bytes_waiting() noexcept {
    const std::lock_guard lock(mutex_);
    return bytes_waiting_;
  }

 private:
  struct Block {
    void* memory;
    std::size_t bytes;
  };
  using Waiting = std::vector<Block>;
  using InUse = std::unordered_map<void*, std::size_t>;

  // A thread that forks holds the mutex meanwhile, so that the child finds it free.
  LargeBlocks() {
    ::pthread_atfork([] { all().mutex_.lock(); }, [] { all().mutex_.unlock(); },
                     [] { all().mutex_.unlock(); });
  }

  // A quarter more than was asked for will do.
  Waiting::iterator smallest_fitting(std::size_t bytes) {
    auto best = waiting_.end();
    for (auto block = waiting_.begin(); block != waiting_.end(); ++block) {
      const bool fits = block->bytes >= bytes && block->bytes <= bytes + bytes / 4;
      if (fits && (best == waiting_.end() || block->bytes < best->bytes)) best = block;
    }
    return best;
  }

  void free_above(std::size_t bytes) noexcept {
    auto block = waiting_.begin();
    for (; bytes_waiting_ > bytes; ++block) {
      FreeFresh()(block->memory);
      bytes_waiting_ -= block->bytes;
    }
    waiting_.erase(waiting_.begin(), block);
  }

  std::mutex mutex_;
  Waiting waiting_;  // the oldest first
  InUse in_use_;
  std::size_t bytes_waiting_ = 0;
  std::size_t limit_ = usual_limit();
};

}  // namespace

void* allocate(std::size_t bytes) {
  if (bytes >= least_recycled) return LargeBlocks::all().take(bytes);
  return ::operator new(bytes, cache_line);
}

void deallocate(void* memory) noexcept {
  const bool may_be_large = reinterpret_cast<std::uintptr_t>(memory) % huge_page == 0;
  if (memory != nullptr && may_be_large && LargeBlocks::all().give_back(memory)) return;
  ::operator delete(memory, cache_line);
}

void recycle_at_most(std::size_t bytes) noexcept {
  LargeBlocks::all().limit(bytes);
}

std::size_t recycled_memory() noexcept {
  return LargeBlocks::all().bytes_waiting();
}

void release_memory() noexcept {
  LargeBlocks::all().release();
}

}  // namespace gridgrad

// io/zarr/bytes.cpp: a short list of memory that waits for the next chunk
//
// SPDX-License-Identifier: BSD-3-Clause

#include "bytes.hpp"

#include <algorithm>
#include <array>
#include <mutex>

namespace gridgrad::io::zarr {
namespace {

// Beyond these the system takes memory back.
constexpr std::size_t most_waiting = 8;
constexpr std::size_t most_bytes_waiting = std::size_t{16} << 20;

// Smaller memory the C library keeps itself.
constexpr std::size_t least_kept = std::size_t{128} << 10;

class Waiting {
 public:
  // Never destroyed: chunks may outlive every static object.
  static Waiting& all() {
    static auto& waiting = *new Waiting();
    return waiting;
  }

  // Null if none is large enough without waste.
  ChunkMemory take(std::size_t size) {
    const std::lock_guard lock(mutex_);
    for (std::size_t k = 0; k < count_; ++k) {
      const ChunkMemory memory = memories_[k];
      if (memory.capacity < size || memory.capacity / 2 > size) continue;
      std::swap(memories_[k], memories_[--count_]);
      bytes_ -= memory.capacity;
      return memory;
    }
    return {nullptr, 0};
  }

  bool keep(ChunkMemory memory) {
    const std::lock_guard lock(mutex_);
    if (memory.capacity < least_kept || count_ == most_waiting ||
        memory.capacity > most_bytes_waiting - bytes_) {
      return false;
    }
    memories_[count_++] = memory;
    bytes_ += memory.capacity;
    return true;
  }

 private:
  std::mutex mutex_;
  std::array<ChunkMemory, most_waiting> memories_ = {};
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

ChunkMemory take_memory(std::size_t size) {
  const ChunkMemory waiting = Waiting::all().take(size);
  if (waiting.first != nullptr) return waiting;
  return {new std::byte[size], size};
}

void give_back(ChunkMemory memory) noexcept {
  if (!Waiting::all().keep(memory)) delete[] memory.first;
}

}  // namespace gridgrad::io::zarr

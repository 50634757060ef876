// io/zarr/bytes.hpp: memory whose bytes are not set before they are written
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace gridgrad::io::zarr {

// Memory of chunks is used again by the next ones, some MiB of it: fresh memory costs as
// much as decoding. From any thread. Throws std::bad_alloc.
struct ChunkMemory {
  std::byte* first;
  std::size_t capacity;
};
[[nodiscard]] ChunkMemory take_memory(std::size_t size);
void give_back(ChunkMemory memory) noexcept;

struct GiveBack {
  std::size_t capacity = 0;
  void operator()(std::byte* first) const noexcept { give_back({first, capacity}); }
};

// Move-only.
class Bytes {
 public:
  Bytes() = default;
  explicit Bytes(std::size_t size) : size_(size) {
    const ChunkMemory memory = take_memory(size);
    data_ = {memory.first, GiveBack{memory.capacity}};
  }

  [[nodiscard]] std::byte* data() const noexcept { return data_.get(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::span<std::byte> span() const noexcept { return {data(), size_}; }

  // Keeps the first `size` bytes.
  void shorten(std::size_t size) noexcept { size_ = size; }

 private:
  std::unique_ptr<std::byte[], GiveBack> data_;
  std::size_t size_ = 0;
};

}  // namespace gridgrad::io::zarr

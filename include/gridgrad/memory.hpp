// gridgrad/memory.hpp: memory of results, used again by the next ones
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/api.hpp"

namespace gridgrad {

/// Memory for `bytes` bytes, not initialised, aligned to a cache line; throws
/// std::bad_alloc.
///
/// From 4 MiB on it is aligned to 2 MiB and asks the system for huge pages, and when it
/// is given back it waits for the next result of about its size: memory that is touched
/// for the first time costs several times what it costs to write it again.
///
/// These functions may be called by any thread, and in a child after fork.
[[nodiscard]] GRIDGRAD_API void* allocate(std::size_t bytes);

/// Gives back what `allocate` gave; null is allowed.
GRIDGRAD_API void deallocate(void* memory) noexcept;

/// Lets at most so many bytes wait; 0 = none. What is too much is returned to the system
/// at once, the oldest first. Before the first call: an eighth of the physical memory, at
/// most 4 GiB.
GRIDGRAD_API void recycle_at_most(std::size_t bytes) noexcept;

/// Bytes that wait.
[[nodiscard]] GRIDGRAD_API std::size_t recycled_memory() noexcept;

/// Returns all that waits to the system.
GRIDGRAD_API void release_memory() noexcept;

}  // namespace gridgrad

// arena.hpp: parts of a call on the threads of oneTBB
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/difference.hpp"

namespace gridgrad {

// What for_each_part() of threads.hpp does on more than one thread.
void run_in_arena(std::size_t count, std::size_t threads,
                  void (*part)(void* context, Range range), void* context);

}  // namespace gridgrad

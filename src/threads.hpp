// threads.hpp: the one place where work is split over threads
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/difference.hpp"

namespace gridgrad {

// Calls part(context, range) for disjoint ranges that cover [0, count), on at most
// `threads` threads, and returns when all are done. Neighbouring indices go to the same
// thread. The caller's thread has the floating-point exceptions of all raised then.
void for_each_part(std::size_t count, std::size_t threads,
                   void (*part)(void* context, Range range), void* context);

}  // namespace gridgrad

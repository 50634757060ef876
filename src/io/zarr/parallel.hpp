// io/zarr/parallel.hpp: chunks on all threads
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>

namespace gridgrad::io::zarr {

// Calls work(0) ... work(count - 1), on all processors. May be called from
// within `work`. Throws the Error of the lowest number that had one, after all are done.
void each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace gridgrad::io::zarr

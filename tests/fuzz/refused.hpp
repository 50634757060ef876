// tests/fuzz/refused.hpp: what bad input may lead to, and nothing else
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdlib>
#include <string_view>

#include "gridgrad/error.hpp"

namespace gridgrad::test {

// Calls `read`, which may refuse its input in one line.
template <class Read>
void read_or_refuse(Read&& read) {
  try {
    read();
  } catch (const Error& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
}

}  // namespace gridgrad::test

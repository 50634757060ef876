// tests/fuzz/memory_file.hpp: bytes that are opened as a file is
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace gridgrad::test {

// A path that leads to these bytes until the next call.
inline std::string path_of_bytes(const std::uint8_t* bytes, std::size_t size) {
  static const int descriptor = memfd_create("fuzz", 0);
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, bytes, size, 0) != static_cast<ssize_t>(size)) {
    std::abort();
  }
  return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace gridgrad::test

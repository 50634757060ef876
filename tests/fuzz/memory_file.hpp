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

// A file without a name that lives as long as this.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("fuzz", MFD_CLOEXEC)) {}
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] std::string path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
  }

  // Makes these bytes all that it holds.
  void fill(const std::uint8_t* bytes, std::size_t size) const {
    if (ftruncate(descriptor_, 0) != 0 ||
        pwrite(descriptor_, bytes, size, 0) != static_cast<ssize_t>(size)) {
      std::abort();
    }
  }

 private:
  int descriptor_;
};

// A path that leads to these bytes until the next call.
inline std::string path_of_bytes(const std::uint8_t* bytes, std::size_t size) {
  static const MemoryFile file;
  file.fill(bytes, size);
  return file.path();
}

}  // namespace gridgrad::test

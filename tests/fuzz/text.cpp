// tests/fuzz/text.cpp: rows of numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/text.hpp"

#include "memory_file.hpp"
#include "refused.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  const std::string path = test::path_of_bytes(bytes, size);
  test::read_or_refuse([&] {
    const io::AnyArray numbers = io::read_text(path);
    if (io::extents_of(numbers).empty()) std::abort();
  });
  return 0;
}

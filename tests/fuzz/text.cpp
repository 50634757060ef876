// tests/fuzz/text.cpp: rows of numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/text.hpp"

#include <cstdint>

#include "memory_file.hpp"
#include "refused.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  // A file is read by the mebibyte, which takes far longer than its few numbers.
  const bool is_file = size % 8 == 0;
  test::read_or_refuse([&] {
    const io::AnyArray numbers = is_file ? io::read_text(test::path_of_bytes(bytes, size))
                                         : io::parse_text(text, "text");
    if (io::extents_of(numbers).empty()) std::abort();
  });
  return 0;
}

// tests/fuzz/csv.cpp: tables, one row after the other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/csv.hpp"

#include "memory_file.hpp"
#include "refused.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  const std::string path = test::path_of_bytes(bytes, size);
  test::read_or_refuse([&] {
    io::CsvReader reader(io::File::open(path));
    std::size_t line = 0;
    while (reader.next()) {
      if (reader.line() <= line || reader.cells().empty()) std::abort();
      line = reader.line();
      const std::string_view row = reader.text();
      for (const std::string_view cell : reader.cells()) {
        const bool is_inside = cell.data() >= row.data() &&
                               cell.data() + cell.size() <= row.data() + row.size();
        if (!cell.empty() && !is_inside) std::abort();
      }
    }
  });
  return 0;
}

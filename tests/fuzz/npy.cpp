// tests/fuzz/npy.cpp: .npy files, header and samples
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/npy.hpp"

#include "memory_file.hpp"
#include "refused.hpp"

namespace gridgrad::test {
namespace {

void read_by_rows(const std::string& path) {
  io::NpyReader reader(io::File::open(path));
  const auto& header = reader.header();
  if (header.extents.empty() || header.order != io::MemoryOrder::c) return;
  constexpr std::size_t rows_at_once = 3;
  for (std::size_t rows = 0; rows < header.extents[0];) {
    const std::size_t got = io::extents_of(reader.read_rows(rows_at_once))[0];
    if (got == 0) std::abort();
    rows += got;
    if (rows > 3 * rows_at_once) return;  // rows without samples may be very many
  }
}

}  // namespace
}  // namespace gridgrad::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  const std::string path = test::path_of_bytes(bytes, size);
  test::read_or_refuse([&] {
    io::NpyReader reader(io::File::open(path));
    const io::AnyArray samples = reader.read();
    if (io::type_of(samples) != reader.header().type) std::abort();
  });
  test::read_or_refuse([&] { test::read_by_rows(path); });
  return 0;
}

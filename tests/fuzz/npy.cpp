// tests/fuzz/npy.cpp: .npy files, header and samples
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/npy.hpp"

#include <algorithm>

#include "memory_file.hpp"
#include "refused.hpp"

namespace gridgrad::test {
namespace {

bool have_same_bits(const io::AnyArray& one, const io::AnyArray& other) {
  const auto first = io::bytes_of(one);
  const auto second = io::bytes_of(other);
  return io::type_of(one) == io::type_of(other) &&
         std::ranges::equal(io::extents_of(one), io::extents_of(other)) &&
         std::ranges::equal(first, second);
}

// What was read, written, and read again is the same.
void read_and_write(const std::string& path) {
  io::NpyReader reader(io::File::open(path));
  const io::AnyArray samples = reader.read();
  if (io::type_of(samples) != reader.header().type) std::abort();
  static const MemoryFile copy;
  const auto extents = io::extents_of(samples);
  io::NpyWriter(io::File::rewrite(copy.path()), io::type_of(samples), extents,
                reader.header().order)
      .write(io::whole(reader.stored_extents()), io::bytes_of(samples));
  if (io::File::open(copy.path()).size() !=
      io::npy_bytes(io::type_of(samples), extents)) {
    std::abort();
  }
  if (!have_same_bits(samples, io::NpyReader(io::File::open(copy.path())).read())) {
    std::abort();
  }
}

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

// A box of the middle must hold what lies there in the whole.
void read_box(const std::string& path) {
  const io::NpyReader reader(io::File::open(path));
  const std::size_t size = size_of(reader.header().type);
  io::Box box = io::whole(reader.stored_extents());
  for (std::size_t k = 0; k < box.first.size(); ++k) {
    if (box.extents[k] < 2) continue;
    box.first[k] = 1;
    --box.extents[k];
  }
  std::vector<std::byte> samples(size_of(box) * size);
  reader.read(box, samples);
}

}  // namespace
}  // namespace gridgrad::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  const std::string path = test::path_of_bytes(bytes, size);
  test::read_or_refuse([&] { test::read_and_write(path); });
  test::read_or_refuse([&] { test::read_by_rows(path); });
  test::read_or_refuse([&] { test::read_box(path); });
  return 0;
}

// tests/fuzz/geotiff.cpp: tags of TIFF files, and the strips and tiles they lead to
//
// SPDX-License-Identifier: BSD-3-Clause

#include "labelled.hpp"
#include "memory_file.hpp"

#include "io/geotiff/reader.hpp"
#include "io/geotiff/tags.hpp"
#include "io/geotiff/writer.hpp"

namespace gridgrad::test {
namespace {

using io::geotiff::Reader;
using io::geotiff::Writer;

// Where the samples lie, and what they are.
void require_same(const Reader& reader, const Reader& copy) {
  const io::Dataset& one = reader.dataset();
  const io::Dataset& other = copy.dataset();
  if (one.variables.size() != other.variables.size()) std::abort();
  for (std::size_t k = 0; k < one.variables.size(); ++k) {
    if (one.variables[k].name != other.variables[k].name) std::abort();
    const io::AnyArray samples = reader.read(one.variables[k]);
    const io::AnyArray copied = copy.read(other.variables[k]);
    if (!std::ranges::equal(io::bytes_of(samples), io::bytes_of(copied))) std::abort();
  }
}

// As results are written, with the samples of the file in their place.
void write_copy(const Reader& reader) {
  constexpr std::size_t most_samples = 10'000;
  constexpr std::size_t most_variables = 64;
  const io::Dataset& dataset = reader.dataset();
  if (dataset.variables.size() > most_variables) return;
  std::vector<io::Variable> bands;
  for (const io::Variable& variable : dataset.variables) {
    if (!reader.is_coordinate(variable)) bands.push_back(variable);
  }
  const io::Box box = io::whole(io::extents_of(dataset, bands.front()));
  if (io::size_of(box) * bands.size() > most_samples) return;
  static const MemoryFile file;
  file.fill(nullptr, 0);
  Writer writer(file.path(), dataset, reader);
  writer.define(bands);
  for (const io::Variable& band : bands) {
    const io::AnyArray samples = reader.read(band, box);
    writer.write(band, box, io::bytes_of(samples));
  }
  writer.close();
  require_same(reader, Reader(file.path()));
}

}  // namespace
}  // namespace gridgrad::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  io::geotiff::register_tags();
  const std::string path = test::path_of_bytes(bytes, size);
  test::read_or_refuse([&] {
    const io::geotiff::Reader reader(path);
    test::read_variables(reader);
    test::write_copy(reader);
  });
  return 0;
}

// tests/fuzz/zarr.cpp: metadata of Zarr stores, and the chunks they lead to
//
// SPDX-License-Identifier: BSD-3-Clause

#include <oneapi/tbb/global_control.h>

#include "labelled.hpp"
#include "store.hpp"

#include "io/zarr/reader.hpp"
#include "io/zarr/writer.hpp"

namespace gridgrad::test {
namespace {

using io::zarr::Reader;
using io::zarr::Writer;

// What must be so of a copy of any store.
void require_same_variables(const io::Dataset& one, const io::Dataset& other) {
  for (const io::Variable& variable : one.variables) {
    const io::Variable* const copy = io::find_variable(other, variable.name);
    if (copy == nullptr || copy->type != variable.type) std::abort();
    if (io::extents_of(one, variable) != io::extents_of(other, *copy)) std::abort();
  }
}

std::string result_of(const io::Variable& variable) {
  return variable.name + "_result";
}

// Arrays under other names, as results are: stored as the arrays are.
std::vector<io::Variable> results_of(const io::Dataset& dataset) {
  std::vector<io::Variable> results;
  for (io::Variable variable : dataset.variables) {
    if (!variable.type) continue;
    variable.name = result_of(variable);
    results.push_back(std::move(variable));
  }
  return results;
}

void require_same_samples(const Reader& reader, const Reader& copy) {
  for (const io::Variable& variable : reader.dataset().variables) {
    if (!variable.type) continue;
    const io::AnyArray samples = reader.read(variable);
    for (const std::string& name : {variable.name, result_of(variable)}) {
      const io::Variable* const found = io::find_variable(copy.dataset(), name);
      if (found == nullptr) std::abort();
      const io::AnyArray copied = copy.read(*found);
      if (!std::ranges::equal(io::bytes_of(samples), io::bytes_of(copied))) std::abort();
    }
  }
}

// Arrays as they are, as other variables of a field that was differentiated, and results.
void write_copy(const Reader& reader, const Directory& directory) {
  const io::Dataset& dataset = reader.dataset();
  directory.clear();
  Writer writer(directory.path(), dataset, reader);
  for (const io::Variable& variable : dataset.variables) {
    if (variable.type) reader.require_readable(variable);
    const std::vector<std::size_t> extents = io::extents_of(dataset, variable);
    if (extents != cut(extents)) return;
    writer.copy(reader, variable);
  }
  const std::vector<io::Variable> results = results_of(dataset);
  writer.define(results);
  for (const io::Variable& result : results) {
    const std::string name = result.name.substr(0, result.name.rfind('_'));
    const io::Variable& variable = *io::find_variable(dataset, name);
    const io::Box box = io::whole(io::extents_of(dataset, variable));
    writer.write(result, box, io::bytes_of(reader.read(variable, box)));
  }
  writer.close();
  const Reader copy(directory.path());
  require_same_variables(dataset, copy.dataset());
  require_same_samples(reader, copy);
}

}  // namespace
}  // namespace gridgrad::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  using oneapi::tbb::global_control;
  // What a fuzzer learns of an input is to depend on nothing else.
  static const global_control one_thread(global_control::max_allowed_parallelism, 1);
  static const test::Directory store;
  static const test::Directory copy;
  test::write_files(store, {reinterpret_cast<const char*>(bytes), size});
  test::read_or_refuse([&] {
    const io::zarr::Reader reader(store.path());
    test::read_variables(reader);
    test::write_copy(reader, copy);
  });
  return 0;
}

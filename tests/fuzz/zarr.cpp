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
  if (one.variables.size() != other.variables.size()) std::abort();
  for (const io::Variable& variable : one.variables) {
    const io::Variable* const copy = io::find_variable(other, variable.name);
    if (copy == nullptr || copy->type != variable.type) std::abort();
    if (io::extents_of(one, variable) != io::extents_of(other, *copy)) std::abort();
  }
}

// Arrays as they are, as other variables of a field that was differentiated.
void write_copy(const Reader& reader, const Directory& directory) {
  directory.clear();
  Writer writer(directory.path(), reader.dataset(), reader);
  for (const io::Variable& variable : reader.dataset().variables) {
    reader.require_readable(variable);
    const io::Box box = io::whole(io::extents_of(reader.dataset(), variable));
    if (box.extents != cut(box.extents)) return;
    writer.copy(reader, variable);
  }
  writer.close();
  require_same_variables(reader.dataset(), Reader(directory.path()).dataset());
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

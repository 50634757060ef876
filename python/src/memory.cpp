// memory.cpp: the memory that results recycle
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/memory.hpp"

#include "topics.hpp"

namespace gridgrad::python {

namespace nb = nanobind;
using namespace nb::literals;

void bind_memory(nb::module_& module) {
  module.def("recycle_at_most", recycle_at_most, "bytes"_a,
             "Let at most so many bytes of released results wait for the next ones.\n\n"
             "0 is none. What is too much is returned to the system at once. Before the\n"
             "first call it is an eighth of the physical memory, at most 4 GiB.");
  module.def("recycled_memory", recycled_memory, "Bytes that wait.");
  module.def("release_memory", release_memory, "Return all that waits to the system.");
}

}  // namespace gridgrad::python

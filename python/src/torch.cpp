// torch.cpp: the operators of gridgrad.torch.gradient
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/peer.hpp"

#include <string>

#include "arrays.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

// `spacing` is a number, or an array of coordinates whose type is that of the weights.
Difference difference_of(nb::handle spacing, std::size_t extent, int edge_order,
                         nb::handle sample) {
  const ElementType computing = view_of(sample, "sample").type();
  PeerSpacing distances;
  if (is_array(spacing)) {
    distances.coordinates = doubles_of(spacing);
    distances.type = view_of(spacing, "spacing").type();
  } else {
    distances.distance = nb::cast<double>(spacing);
  }
  const Unlocked unlocked;
  return torch_difference(distances, extent, edge_order, computing);
}

}  // namespace

void bind_torch(nb::module_& module) {
  module.def(
      "torch_difference", difference_of, "spacing"_a, "extent"_a, "edge_order"_a,
      "sample"_a,
      "torch.gradient along one axis, for fields of the type of the array `sample`.");
}

}  // namespace gridgrad::python

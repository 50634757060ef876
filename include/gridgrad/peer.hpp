// gridgrad/peer.hpp: the gradients of NumPy and torch, to the bit
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/element.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// Distances between samples as `numpy.gradient` and `torch.gradient` take them.
struct PeerSpacing {
  /// The distance between neighbours, unless there are coordinates.
  double distance = 1;
  /// One per sample.
  std::vector<double> coordinates = {};
  /// The type that held the distance or the coordinates: float16, float32 or float64.
  /// None for a number of the language's own, which takes on the type of the samples.
  std::optional<ElementType> type = {};
};

/// One component of a gradient: an axis of the field and the distances along it.
struct PeerAlong {
  std::size_t axis;
  PeerSpacing spacing = {};
};

/// The components of `numpy.gradient(field, ..., edge_order=edge_order)`: the same
/// operations in the same order and in the types that NumPy 2 does them in, in one pass
/// over the field. Bits differ from NumPy's in two cases only: differences of 64-bit
/// integers beyond 2^53, which NumPy rounds before it subtracts, and complex numbers,
/// where an infinite part leaves the other one alone and the sign of a zero may differ.
///
///   field       any rank, any strides; not bfloat16
///   along       0 <= axis < rank; of the extent of the axis where there are coordinates
///   out         one per component: the shape of the field, element type `Result` of it
///   edge_order  1 or 2; axes are longer than that
///
/// Throws Error: bad_axis, bad_shape, bad_type, bad_argument, too_few_samples, all before
/// the first sample is written. Floating-point exceptions are left raised in the thread
/// of the caller, as if it had computed alone.
///
/// Prefer `gradient`: these formulas lose digits on irregular coordinates (they take no
/// differences of samples), and a constant has a derivative that is not exactly 0 there.
GRIDGRAD_API void numpy_gradient_into(const AnyField& field,
                                      std::span<const PeerAlong> along,
                                      std::span<const AnyOutput> out, int edge_order = 1,
                                      Execution execution = {});

/// The operator of `torch.gradient` along one axis, to be applied to fields of float or
/// double (or complex of these) as `computing` says; then the bits are those of torch on
/// a CPU, but for complex fields, as above. Coordinates are not treated as equally spaced
/// even if they are.
///
/// Throws Error: as above.
[[nodiscard]] GRIDGRAD_API Difference torch_difference(const PeerSpacing& spacing,
                                                       std::size_t extent, int edge_order,
                                                       ElementType computing);

}  // namespace gridgrad

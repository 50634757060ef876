// kernels/patch.hpp: a window of samples becomes a value and its partial derivatives
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>

#include "gridgrad/interpolant.hpp"

namespace gridgrad::kernels {

// Highest derivative that is asked for.
enum class Order : std::uint8_t { value, gradient, hessian };

[[nodiscard]] constexpr std::size_t pair_index(std::size_t a, std::size_t b) noexcept {
  return a * (a + 1) / 2 + b;
}

// The partials of a location: the value, the first derivatives along each axis, and the
// second ones, of index pair_index(a, b) for b <= a.
[[nodiscard]] constexpr std::size_t partials_of(Order order, std::size_t rank) noexcept {
  if (order == Order::value) return 1;
  return order == Order::gradient ? 1 + rank : 1 + rank + pair_index(rank, 0);
}

// One axis of a window of W samples. Sample s has the weights
//
//   value   c0 + (c1 + (c2 + c3 u) u) u
//   first   (c1 + (2 c2 + c3 (3 u)) u) sense
//   second  (2 c2 + c3 (6 u)) sense^2
//
// in the order of the brackets, of its difference from the sample in slot `base`. In a
// window of 2 only c1 is not 0.
struct PatchAxis {
  const double* weights;  // W of each of c0, c1, c2, c3
  std::size_t base;
  double offset;  // u
  double sense;
};

// Contracts the axes of a window into partials. Of 4 or 6 samples: the first axis first,
// sums from the left, those of the last axis in pairs, the base added last, to values
// only. Of 2: the last axis first.
//
//   window   its first sample, of the type of the kernel; the last axis is contiguous,
//            `strides` are of the others
using ContractKernel = void (*)(const PatchAxis* axes, const void* window,
                                const std::ptrdiff_t* strides, double* partials) noexcept;

// Cells of equal width away from the ends of an axis, which share their weights, and
// whose windows consist of samples. Most locations are found here.
struct SharedCells {
  double count;
  double direction;
  // Position of the own sample of the first, less a margin for roundings: no location is
  // taken for one of a lower cell than its own.
  double origin;
  double inverse;  // of the width
  double width;
  double sense;
  const double* positions;  // from that of the first cell on; null if computed:
  double first_position;    // number * width + first_position
  std::ptrdiff_t first;     // number of the first
  const double* weights;
};

// A field whose axes have shared cells, and where the window of the first of them begins.
struct SharedPatches {
  SharedCells axes[4];
  const void* samples;
  std::ptrdiff_t strides[4];
  double level;   // added to values
  bool is_large;  // beyond the nearer caches: worth to be asked for early
};

// Answers one location. False if it may lie elsewhere or a partial is NaN: what is
// written then is of no use.
using AnswerKernel = bool (*)(const SharedPatches& patches, const double* location,
                              const QueryResults& to) noexcept;

// Locations and their results, so far apart.
struct PatchRow {
  const double* locations;
  QueryResults to;
  std::size_t count;
  std::ptrdiff_t location_stride;
  std::ptrdiff_t value_stride;
  std::ptrdiff_t gradient_stride;
  std::ptrdiff_t hessian_stride;
};

// Answers one after the other, and returns the number of those before the first that it
// does not.
using RowKernel = std::size_t (*)(const SharedPatches& patches,
                                  const PatchRow& row) noexcept;

struct PatchKernels {
  ContractKernel contract;       // of samples of the type
  ContractKernel contract_copy;  // of doubles
  AnswerKernel answer;
  RowKernel answer_row;
};

// For windows of 2, 4 or 6 doubles or floats and 1 to 4 axes, on the instruction set in
// use.
[[nodiscard]] PatchKernels patch_kernels_f64(std::size_t window, std::size_t rank,
                                             Order order);
[[nodiscard]] PatchKernels patch_kernels_f32(std::size_t window, std::size_t rank,
                                             Order order);

}  // namespace gridgrad::kernels

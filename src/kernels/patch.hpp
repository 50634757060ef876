// kernels/patch.hpp: a window of samples becomes a value and its partial derivatives
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace gridgrad::kernels {

// Highest derivative that is asked for.
enum class Order : std::uint8_t { value, gradient, hessian };

// One axis of a window of W samples. Sample s has the weights
//
//   value   c0 + (c1 + (c2 + c3 u) u) u
//   first   (c1 + (2 c2 + c3 (3 u)) u) sense
//   second  (2 c2 + c3 (6 u)) sense^2
//
// in the order of the brackets, of its difference from the sample in slot `base`.
struct PatchAxis {
  const double* weights;  // W of each of c0, c1, c2, c3
  std::size_t base;
  double offset;  // u
  double sense;
};

// Contracts the axes of a window, the first first. Sums run over the slots from the left;
// the base sample is added last, to values only. Results are the value, the first
// derivatives, and the second ones at pair_index(a, b), b <= a; those above the order are
// not written.
//
//   window   its first sample, a double or a float; the last axis is contiguous,
//            `strides` are of the others
using PatchKernel = void (*)(const PatchAxis* axes, const void* window,
                             const std::ptrdiff_t* strides, double* partials) noexcept;

// By order.
using PatchKernels = std::array<PatchKernel, 3>;

[[nodiscard]] constexpr std::size_t pair_index(std::size_t a, std::size_t b) noexcept {
  return a * (a + 1) / 2 + b;
}

// Of windows of 4 or 6 doubles or floats and 1 to 4 axes, on the instruction set in use.
[[nodiscard]] PatchKernels patch_kernels_f64(std::size_t window, std::size_t rank);
[[nodiscard]] PatchKernels patch_kernels_f32(std::size_t window, std::size_t rank);

}  // namespace gridgrad::kernels

// patches.hpp: what the queries of an interpolant read
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "cells.hpp"
#include "gridgrad/array.hpp"
#include "gridgrad/interpolant.hpp"
#include "kernels/patch.hpp"

namespace gridgrad {

// Axes of a field that can be interpolated, and of one that a single query can.
inline constexpr std::size_t most_axes = 8;
inline constexpr std::size_t most_query_axes = 4;

// The first sample of a window along each axis; it may be a ghost.
using WindowStart = std::array<std::ptrdiff_t, most_axes>;

// An n-dimensional array of samples with its marks, as queries read it.
struct SampleView {
  const void* first;
  ElementType type;
  std::array<std::ptrdiff_t, most_axes> strides;
  std::ptrdiff_t component_stride;
  std::optional<double> fill;
  const std::uint8_t* mask;
  std::array<std::ptrdiff_t, most_axes> mask_strides;
  std::ptrdiff_t mask_component_stride;

  [[nodiscard]] bool is_marked() const noexcept {
    return fill.has_value() || mask != nullptr;
  }
};

// Copies the window of one component, in C order; NaN stands for a missing sample.
using WindowReader = void (*)(const Patches& patches, const WindowStart& start,
                              std::size_t component, double* window) noexcept;

// Calls f with the samples in a window as a template argument.
template <class F>
decltype(auto) with_window(std::size_t window, F&& f) {
  if (window == linear_window) return f.template operator()<linear_window>();
  if (window == spline_window) return f.template operator()<spline_window>();
  return f.template operator()<widest_window>();
}

class Patches {
 public:
  Patches(const AnyField& field, std::span<const Axis> axes,
          const InterpolantOptions& options, Execution execution);

  // Makes the coefficients of a spline. Throws Error: bad_argument (missing samples).
  void update(Execution execution);

  [[nodiscard]] std::size_t rank() const noexcept { return axes_.size(); }
  [[nodiscard]] std::size_t components() const noexcept { return components_; }

  // Whether the field has an axis of components, of one perhaps.
  [[nodiscard]] bool is_vector() const noexcept { return is_vector_; }
  [[nodiscard]] std::size_t window() const noexcept { return axes_[0].window(); }
  [[nodiscard]] Interpolation interpolation() const noexcept { return interpolation_; }
  [[nodiscard]] const AxisCells& axis(std::size_t a) const noexcept { return axes_[a]; }

  // Extents of the field, without components.
  [[nodiscard]] std::span<const std::size_t> extents() const noexcept { return extents_; }

  // Samples, or the coefficients of a spline.
  [[nodiscard]] const SampleView& samples() const noexcept { return samples_; }

  // Floats or doubles side by side along the last axis, which are read where they are.
  [[nodiscard]] bool is_direct() const noexcept { return is_direct_; }
  [[nodiscard]] WindowReader reader() const noexcept { return reader_; }

  // Of interpolants of up to most_query_axes.
  [[nodiscard]] const kernels::PatchKernels& kernels(
      kernels::Order order) const noexcept {
    return kernels_[static_cast<std::size_t>(order)];
  }

  // What kernels answer by themselves; null if that is nothing.
  [[nodiscard]] const kernels::SharedPatches* shared() const noexcept {
    return shared_ ? &*shared_ : nullptr;
  }

  // What a spline was made relative to, so that of a constant it is 0; else 0.
  [[nodiscard]] double level(std::size_t component) const noexcept {
    return levels_[component];
  }

 private:
  void choose_kernels();
  void note_shared();

  std::vector<AxisCells> axes_;
  std::vector<std::size_t> extents_;
  std::size_t components_ = 1;
  bool is_vector_ = false;
  Interpolation interpolation_;
  SampleView field_;
  SampleView samples_;
  std::optional<Array<double>> coefficients_;
  std::vector<double> levels_;
  bool is_direct_ = false;
  WindowReader reader_ = nullptr;
  std::array<kernels::PatchKernels, 3> kernels_ = {};
  std::optional<kernels::SharedPatches> shared_;
};

}  // namespace gridgrad

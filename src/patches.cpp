// patches.cpp: checks of an interpolant's field, and the coefficients of splines
//
// SPDX-License-Identifier: BSD-3-Clause

#include "patches.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "caches.hpp"
#include "convert.hpp"
#include "message.hpp"
#include "representable.hpp"
#include "spline_coefficients.hpp"
#include "window_reader.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(ErrorCode code, const char* argument,
                         const std::string& message) {
  throw Error(code, argument, message);
}

void check_options(const InterpolantOptions& options) {
  if (options.accuracy == 2 || options.accuracy == 4) return;
  refuse(ErrorCode::bad_argument, "accuracy",
         std::to_string(options.accuracy) + " given; 2 or 4 is accepted");
}

void check_field(const AnyField& field, std::size_t axes) {
  if (axes == 0 || axes > most_axes) {
    refuse(ErrorCode::bad_shape, "axes",
           counted(axes, "axis rule") + " given; 1 to " + std::to_string(most_axes) +
               " are accepted");
  }
  const std::size_t rank = field.extents.size();
  if (rank != axes && rank != axes + 1) {
    refuse(ErrorCode::bad_shape, "field",
           "rank " + std::to_string(rank) + " given for " + counted(axes, "axis rule") +
               "; one rule per axis is needed, a last axis may hold components");
  }
  if (rank == axes + 1 && field.extents[axes] == 0) {
    refuse(ErrorCode::bad_shape, "field", "no components given; at least 1 is needed");
  }
  if (field.type == ElementType::complex64 || field.type == ElementType::complex128) {
    refuse(ErrorCode::bad_type, "field",
           std::string(name(field.type)) +
               " given; real samples are needed, as the two parts by themselves");
  }
}

// The one number that stands for a missing sample.
std::optional<double> fill_of(const AnyField& field, const InterpolantOptions& options) {
  const std::optional<double>& of_field = field.marks.fill;
  const std::optional<double> fill = options.missing ? options.missing : of_field;
  if (!fill || std::isnan(*fill)) return {};  // NaN is missing anyway
  if (of_field && *of_field != *fill) {
    refuse(ErrorCode::bad_argument, "missing",
           text(*fill) + " given for a field filled with " + text(*of_field) +
               "; one number is needed");
  }
  if (!holds(field.type, *fill)) {
    refuse(ErrorCode::bad_argument, "missing",
           text(*fill) + " given; a field of " + std::string(name(field.type)) +
               " needs a value of its type");
  }
  return as_sample(field.type, *fill);
}

SampleView view_of(const AnyField& field, std::size_t axes) {
  SampleView view = {field.data, field.type, {}, 0, {}, field.marks.mask, {}, 0};
  std::copy_n(field.strides.begin(), axes, view.strides.begin());
  if (field.marks.mask != nullptr) {
    std::copy_n(field.marks.mask_strides.begin(), axes, view.mask_strides.begin());
  }
  if (field.extents.size() == axes) return view;
  view.component_stride = field.strides[axes];
  if (field.marks.mask != nullptr) {
    view.mask_component_stride = field.marks.mask_strides[axes];
  }
  return view;
}

}  // namespace

Patches::Patches(const AnyField& field, std::span<const Axis> axes,
                 const InterpolantOptions& options, Execution execution)
    : interpolation_(options.interpolation) {
  check_options(options);
  check_field(field, axes.size());
  field_ = view_of(field, axes.size());
  field_.fill = fill_of(field, options);
  for (std::size_t a = 0; a < axes.size(); ++a) {
    extents_.push_back(field.extents[a]);
    axes_.emplace_back(axes[a], field.extents[a], options, a);
  }
  is_vector_ = field.extents.size() > axes.size();
  if (is_vector_) components_ = field.extents[axes.size()];
  samples_ = field_;
  levels_.assign(components_, 0);
  if (interpolation_ == Interpolation::spline) update(execution);
  reader_ = window_reader(samples_.type, window());
  const bool is_real =
      samples_.type == ElementType::float32 || samples_.type == ElementType::float64;
  is_direct_ = is_real && !samples_.is_marked() && samples_.strides[rank() - 1] == 1;
  if (rank() > most_query_axes) return;
  choose_kernels();
  note_shared();
}

void Patches::choose_kernels() {
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    const auto order = static_cast<kernels::Order>(k);
    kernels_[k] = samples_.type == ElementType::float32
                      ? kernels::patch_kernels_f32(window(), rank(), order)
                      : kernels::patch_kernels_f64(window(), rank(), order);
  }
}

void Patches::note_shared() {
  shared_.reset();
  const bool all_share = std::ranges::all_of(
      axes_, [](const AxisCells& axis) { return axis.shared().cells.count > 0; });
  if (!all_share || !is_direct_ || is_vector_) return;
  kernels::SharedPatches& shared = shared_.emplace();
  shared.level = levels_[0];
  std::ptrdiff_t offset = 0;
  for (std::size_t a = 0; a < rank(); ++a) {
    shared.axes[a] = axes_[a].shared().cells;
    shared.strides[a] = samples_.strides[a];
    offset += axes_[a].shared().window * samples_.strides[a];
  }
  const auto bytes = static_cast<std::ptrdiff_t>(size_of(samples_.type));
  std::size_t size = size_of(samples_.type);
  for (const AxisCells& axis : axes_) size *= axis.extent();
  shared.is_large = size > caches().second_level;
  shared.samples = static_cast<const std::byte*>(samples_.first) + offset * bytes;
}

void Patches::update(Execution execution) {
  if (interpolation_ != Interpolation::spline) return;
  std::vector<std::size_t> shape = {components_};
  for (const AxisCells& axis : axes_) shape.push_back(axis.extent());
  // Not in place: a refusal leaves the old ones.
  Array<double> coefficients{std::span<const std::size_t>(shape)};
  levels_ = solve_spline(*this, field_, coefficients, execution);
  coefficients_ = std::move(coefficients);
  samples_ = {coefficients_->data(), ElementType::float64, {}, 0, {}, nullptr, {}, 0};
  samples_.component_stride = coefficients_->strides()[0];
  std::copy_n(coefficients_->strides().begin() + 1, rank(), samples_.strides.begin());
  if (shared_) note_shared();
}

}  // namespace gridgrad

// gridgrad/marked_view.hpp: a view of samples some of which do not exist
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "gridgrad/strided_view.hpp"

namespace gridgrad {

/// Which samples are missing besides those that are NaN.
struct Marks {
  /// Samples equal to this number, in their own type.
  std::optional<double> fill = {};
  /// One per sample, not 0 where it is missing; null if there is no mask.
  const std::uint8_t* mask = nullptr;
  /// One per axis of the field.
  std::span<const std::ptrdiff_t> mask_strides = {};

  [[nodiscard]] bool is_empty() const noexcept { return !fill && mask == nullptr; }
};

/// A view with marks: what `masked` and `filled` give (see masked.hpp).
template <class T>
class MarkedView : public StridedView<T> {
 public:
  MarkedView(const StridedView<T>& samples, std::optional<double> fill)
      : StridedView<T>(samples), fill_(fill) {}

  /// Throws Error: bad_shape unless the mask has the shape of the samples.
  MarkedView(const StridedView<T>& samples, const StridedView<const std::uint8_t>& mask)
      : StridedView<T>(samples), mask_(mask) {
    if (std::ranges::equal(mask.extents(), samples.extents())) return;
    throw Error(ErrorCode::bad_shape, "mask",
                "its shape is not that of the field; one mark per sample is needed");
  }

  [[nodiscard]] Marks marks() const noexcept {
    if (!mask_) return {fill_, nullptr, {}};
    return {fill_, mask_->data(), mask_->strides()};
  }

 private:
  std::optional<double> fill_;
  std::optional<StridedView<const std::uint8_t>> mask_;
};

/// A field whose element type is a value: what the compiled functions take. Refers to the
/// view it was made from.
struct AnyField : ErasedView<const void*> {
  using ErasedView::ErasedView;
  template <class T>
  AnyField(const StridedView<T>& view)  // NOLINT(google-explicit-constructor)
      : ErasedView<const void*>(view) {}
  template <class T>
  AnyField(const MarkedView<T>& view)  // NOLINT(google-explicit-constructor)
      : ErasedView<const void*>(view), marks(view.marks()) {}

  Marks marks = {};
};

}  // namespace gridgrad

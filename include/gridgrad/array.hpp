// gridgrad/array.hpp: an owning n-dimensional array, the result of most calls
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/marked_view.hpp"
#include "gridgrad/memory.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad {

/// Strides of a new contiguous array with the shape and the memory order of `field`:
/// axes sorted by the magnitude of their strides (ties and broadcast axes as in C order),
/// reversed axes made forward. NumPy calls this order "K".
[[nodiscard]] GRIDGRAD_API std::vector<std::ptrdiff_t> strides_like(
    std::span<const std::size_t> extents, std::span<const std::ptrdiff_t> strides);

/// Contiguous samples with a shape known at run time, in any order of the axes.
///
/// Move-only: a field is large, so a copy should be seen in the code that makes it.
template <Element T>
class Array {
 public:
  struct Deleter {
    void operator()(T* memory) const noexcept { deallocate(memory); }
  };

  /// Samples are not initialised. C order. Throws Error: bad_shape over max_rank axes.
  explicit Array(std::span<const std::size_t> extents)
      : Array(extents, StridedView<T>::contiguous(nullptr, extents).strides()) {}

  /// The samples of `values`, in C order. Throws Error: bad_shape if there are more or
  /// fewer than the shape has.
  Array(std::initializer_list<std::size_t> extents, std::span<const T> values)
      : Array(std::span(extents.begin(), extents.size())) {
    if (values.size() != size()) {
      throw Error(ErrorCode::bad_shape, "values",
                  "as many values as the shape has samples are needed");
    }
    std::ranges::copy(values, data());
  }
  Array(std::initializer_list<std::size_t> extents, std::initializer_list<T> values)
      : Array(extents, std::span<const T>(values.begin(), values.size())) {}

  /// Not initialised; the shape and the memory order of `field`.
  template <class U>
  static Array like(const StridedView<U>& field) {
    return Array(field.extents(), strides_like(field.extents(), field.strides()));
  }

  [[nodiscard]] T* data() noexcept { return samples_.get(); }
  [[nodiscard]] const T* data() const noexcept { return samples_.get(); }
  [[nodiscard]] std::size_t rank() const noexcept { return extents_.size(); }
  [[nodiscard]] std::span<const std::size_t> extents() const noexcept { return extents_; }
  [[nodiscard]] std::span<const std::ptrdiff_t> strides() const noexcept {
    return strides_;
  }
  [[nodiscard]] std::size_t size() const noexcept {
    return std::accumulate(extents_.begin(), extents_.end(), std::size_t{1},
                           std::multiplies<>());
  }

  /// The sample at (i, j, ...), one index per axis; neither their number nor their range
  /// is checked.
  template <class... Index>
  [[nodiscard]] T& operator()(Index... index) noexcept {
    return data()[offset({static_cast<std::ptrdiff_t>(index)...})];
  }
  template <class... Index>
  [[nodiscard]] const T& operator()(Index... index) const noexcept {
    return data()[offset({static_cast<std::ptrdiff_t>(index)...})];
  }

  /// Gives the memory away; the array is empty (extent 0 along one axis) afterwards.
  [[nodiscard]] std::unique_ptr<T[], Deleter> release() noexcept {
    extents_.assign(1, 0);
    strides_.assign(1, 1);
    return std::move(samples_);
  }

 private:
  Array(std::span<const std::size_t> extents, std::span<const std::ptrdiff_t> strides)
      : extents_(extents.begin(), extents.end()),
        strides_(strides.begin(), strides.end()),
        samples_(static_cast<T*>(allocate(size() * sizeof(T)))) {}

  [[nodiscard]] std::ptrdiff_t offset(
      std::initializer_list<std::ptrdiff_t> index) const noexcept {
    return std::inner_product(index.begin(), index.end(), strides_.begin(),
                              std::ptrdiff_t{0});
  }

  std::vector<std::size_t> extents_;
  std::vector<std::ptrdiff_t> strides_;
  std::unique_ptr<T[], Deleter> samples_;
};

/// Writes nested brackets, "[[1, 2], [3, 4]]", with up to 8 significant digits.
GRIDGRAD_API std::ostream& print(std::ostream& stream, const AnyField& field);

template <Element T>
std::ostream& operator<<(std::ostream& stream, const Array<T>& array) {
  return print(stream,
               StridedView<const T>(array.data(), array.extents(), array.strides()));
}

}  // namespace gridgrad

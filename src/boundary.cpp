// boundary.cpp: takes in the numbers known at an end
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/boundary.hpp"

#include <concepts>
#include <utility>

#include "element_dispatch.hpp"

namespace gridgrad {
namespace {

template <class T>
std::complex<double> widened_value(T value) {
  if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
    return static_cast<double>(to_float(value));
  } else if constexpr (std::floating_point<T> || Integer<T>) {
    return static_cast<double>(value);
  } else {
    return std::complex<double>(value);
  }
}

// Appends the block of dimension `axis` and on, in C order.
template <class T>
void append(const AnyField& from, std::size_t axis, const T* first,
            std::vector<std::complex<double>>& values) {
  if (axis == from.extents.size()) return values.push_back(widened_value(*first));
  for (std::size_t i = 0; i < from.extents[axis]; ++i) {
    append(from, axis + 1, first, values);
    first += from.strides[axis];
  }
}

}  // namespace

std::span<const std::size_t> EndValues::extents() const noexcept {
  if (lines_ == nullptr) return {};
  return lines_->extents;
}

std::span<const std::complex<double>> EndValues::values() const noexcept {
  if (lines_ == nullptr) return {};
  return lines_->values;
}

EndValues EndValues::per_line(const AnyField& values) {
  Lines lines;
  lines.extents.assign(values.extents.begin(), values.extents.end());
  dispatch(values.type, [&]<class T>() {
    append(values, 0, static_cast<const T*>(values.data), lines.values);
  });
  EndValues result;
  result.lines_ = std::make_shared<const Lines>(std::move(lines));
  return result;
}

}  // namespace gridgrad

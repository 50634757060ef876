// array.cpp: memory, memory order and printing of arrays
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/array.hpp"

#include <iomanip>
#include <ostream>

#include "element_dispatch.hpp"
#include "memory_order.hpp"

namespace gridgrad {
namespace {

// Restores what the caller had set on the stream.
class PrintSettings {
 public:
  explicit PrintSettings(std::ostream& stream)
      : stream_(stream), flags_(stream.flags()), precision_(stream.precision()) {
    constexpr int digits = 8;
    stream << std::defaultfloat << std::setprecision(digits);
  }
  ~PrintSettings() {
    stream_.flags(flags_);
    stream_.precision(precision_);
  }
  PrintSettings(const PrintSettings&) = delete;
  PrintSettings& operator=(const PrintSettings&) = delete;

 private:
  std::ostream& stream_;
  std::ios_base::fmtflags flags_;
  std::streamsize precision_;
};

template <class T>
void print_sample(std::ostream& stream, T sample) {
  if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
    stream << to_float(sample);
  } else if constexpr (Integer<T>) {
    stream << +sample;
  } else {
    stream << sample;
  }
}

template <class T>
void print_axis(std::ostream& stream, const AnyField& field, std::size_t axis,
                const T* samples) {
  if (axis == field.extents.size()) {
    print_sample(stream, *samples);
    return;
  }
  stream << '[';
  for (std::size_t i = 0; i < field.extents[axis]; ++i) {
    if (i > 0) stream << ", ";
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(i) * field.strides[axis];
    print_axis(stream, field, axis + 1, samples + offset);
  }
  stream << ']';
}

}  // namespace

std::vector<std::ptrdiff_t> strides_like(std::span<const std::size_t> extents,
                                         std::span<const std::ptrdiff_t> strides) {
  std::vector<std::size_t> axes(extents.size());
  memory_order(strides, axes);
  std::vector<std::ptrdiff_t> result(extents.size());
  std::ptrdiff_t stride = 1;
  for (std::size_t k = axes.size(); k-- > 0;) {
    result[axes[k]] = stride;
    stride *= static_cast<std::ptrdiff_t>(extents[axes[k]]);
  }
  return result;
}

std::ostream& print(std::ostream& stream, const AnyField& field) {
  const PrintSettings settings(stream);
  dispatch(field.type, [&]<class T>() {
    print_axis(stream, field, 0, static_cast<const T*>(field.data));
  });
  return stream;
}

}  // namespace gridgrad

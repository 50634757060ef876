// io/zarr/samples.cpp: lines of samples, as long as both sides allow
//
// SPDX-License-Identifier: BSD-3-Clause

#include "samples.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace gridgrad::io::zarr {
namespace {

template <std::size_t bytes>
void copy_line(std::size_t count, const std::byte* from, std::ptrdiff_t from_step,
               std::byte* to, std::ptrdiff_t to_step) {
  for (std::size_t k = 0; k < count; ++k) {
    std::memcpy(to, from, bytes);
    from += from_step;
    to += to_step;
  }
}

using CopyLine = void(std::size_t, const std::byte*, std::ptrdiff_t, std::byte*,
                      std::ptrdiff_t);

// Samples have 1, 2, 4, 8 or 16 bytes.
CopyLine* line_copier(std::size_t bytes) {
  switch (bytes) {
    case 1:
      return copy_line<1>;
    case 2:
      return copy_line<2>;
    case 4:
      return copy_line<4>;
    case 8:
      return copy_line<8>;
  }
  return copy_line<sizeof(Sample)>;
}

// Calls f(from, to) for the first sample of every line along the last axis.
template <class F>
void each_line(std::span<const std::size_t> extents, const Place& from, const Place& to,
               F&& f) {
  const std::size_t outer = extents.size() - 1;
  std::vector<std::size_t> index(outer, 0);
  const std::byte* source = from.first;
  std::byte* target = to.first;
  for (;;) {
    f(source, target);
    std::size_t axis = outer;
    while (axis > 0 && ++index[axis - 1] == extents[axis - 1]) {
      --axis;
      index[axis] = 0;
      source -= from.strides[axis] * static_cast<std::ptrdiff_t>(extents[axis] - 1);
      target -= to.strides[axis] * static_cast<std::ptrdiff_t>(extents[axis] - 1);
    }
    if (axis == 0) return;
    source += from.strides[axis - 1];
    target += to.strides[axis - 1];
  }
}

// How many of the last axes lie without gaps on both sides, and the bytes of these.
struct Run {
  std::size_t axes = 0;
  std::size_t bytes;
};

Run common_run(std::span<const std::size_t> extents, const Place& from, const Place& to,
               std::size_t sample_bytes) {
  Run run{0, sample_bytes};
  for (std::size_t axis = extents.size(); axis-- > 0; ++run.axes) {
    const auto stride = static_cast<std::ptrdiff_t>(run.bytes);
    if (from.strides[axis] != stride || to.strides[axis] != stride) break;
    run.bytes *= extents[axis];
  }
  return run;
}

}  // namespace

SampleFormat format_of(ElementType type, const Sample& fill) {
  const bool is_pair = type == ElementType::complex64 || type == ElementType::complex128;
  const std::size_t bytes = size_of(type);
  return {bytes, is_pair ? bytes / 2 : bytes, fill};
}

std::vector<std::ptrdiff_t> byte_strides(std::span<const std::size_t> extents,
                                         std::size_t sample_bytes) {
  std::vector<std::ptrdiff_t> strides(extents.size());
  auto stride = static_cast<std::ptrdiff_t>(sample_bytes);
  for (std::size_t axis = extents.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= static_cast<std::ptrdiff_t>(extents[axis]);
  }
  return strides;
}

Place at(const Place& place, std::span<const std::size_t> index) {
  Place moved = place;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    moved.first += place.strides[axis] * static_cast<std::ptrdiff_t>(index[axis]);
  }
  return moved;
}

void copy_samples(std::span<const std::size_t> extents, const Place& from,
                  const Place& to, std::size_t sample_bytes) {
  const Run run = common_run(extents, from, to, sample_bytes);
  if (run.axes == extents.size()) {
    std::memcpy(to.first, from.first, run.bytes);
    return;
  }
  if (run.axes > 0) {
    // The axis before the run is the line, its elements are runs.
    const auto outer = extents.first(extents.size() - run.axes);
    const std::size_t axis = outer.size() - 1;
    each_line(outer, from, to, [&](const std::byte* source, std::byte* target) {
      for (std::size_t k = 0; k < outer[axis]; ++k) {
        std::memcpy(target, source, run.bytes);
        source += from.strides[axis];
        target += to.strides[axis];
      }
    });
    return;
  }
  CopyLine* const copy = line_copier(sample_bytes);
  each_line(extents, from, to, [&](const std::byte* source, std::byte* target) {
    copy(extents.back(), source, from.strides.back(), target, to.strides.back());
  });
}

void fill_samples(std::span<const std::size_t> extents, const Place& to,
                  const SampleFormat& format) {
  Sample fill = format.fill;
  const Place one = {fill.data(), std::vector<std::ptrdiff_t>(extents.size(), 0)};
  copy_samples(extents, one, to, format.bytes);
}

void turn_bytes(std::span<std::byte> bytes, std::size_t unit) {
  if (unit < 2) return;
  for (std::size_t at = 0; at + unit <= bytes.size(); at += unit) {
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                 bytes.begin() + static_cast<std::ptrdiff_t>(at + unit));
  }
}

}  // namespace gridgrad::io::zarr

// io/zarr/samples.hpp: moving samples between blocks of memory with any strides
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "data_type.hpp"

namespace gridgrad::io::zarr {

// How one sample lies in memory, and what stands for those that no chunk has.
struct SampleFormat {
  std::size_t bytes = 0;
  std::size_t unit = 0;  // what a change of the byte order turns: half a complex number
  Sample fill = {};
};

[[nodiscard]] SampleFormat format_of(ElementType type, const Sample& fill);

// A block: its first sample, and how many bytes lie between neighbours along each axis.
struct Place {
  std::byte* first;
  std::vector<std::ptrdiff_t> strides;
};

// In C order, without gaps.
[[nodiscard]] std::vector<std::ptrdiff_t> byte_strides(
    std::span<const std::size_t> extents, std::size_t sample_bytes);

[[nodiscard]] Place at(const Place& place, std::span<const std::size_t> index);

void copy_samples(std::span<const std::size_t> extents, const Place& from,
                  const Place& to, std::size_t sample_bytes);

void fill_samples(std::span<const std::size_t> extents, const Place& to,
                  const SampleFormat& format);

void turn_bytes(std::span<std::byte> bytes, std::size_t unit);

}  // namespace gridgrad::io::zarr

// io/hdf5/storage.hpp: chunks and filters, and boxes of samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <span>
#include <string>

#include "gridgrad/io/dataset.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

[[nodiscard]] Storage storage_of(hid_t dataset, const std::string& name);

// Throws Error: unsupported, naming the filter and what brings it, if the samples cannot
// be read for want of one. HDF5 says so only in the middle of reading.
void require_filters(hid_t dataset, const std::string& name);

// How a variable along `dimensions` is made, with its storage; chunked in any case if one
// of them may grow. Throws Error: unsupported for filters that cannot be written.
[[nodiscard]] Identifier creation_of(const Variable& variable,
                                     std::span<const Dimension> dimensions);

// A box in the file, and as it lies in memory.
struct Selection {
  Selection(hid_t dataset, const Box& box, const std::string& name);

  Identifier file;
  Identifier memory;
};

}  // namespace gridgrad::io::hdf5

// io/hdf5/attributes.hpp: attributes of groups and datasets
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

// Text and numbers; neither those that HDF5 and netCDF keep their dimensions in, nor
// those of other types.
[[nodiscard]] std::vector<Attribute> read_attributes(hid_t object,
                                                     const std::string& name);

// The texts of one attribute; none if it is not there or is no text.
[[nodiscard]] std::vector<std::string> texts_of(hid_t object, const char* name);

// Whether the dataset gives a dimension its name. HDF5's own H5DSis_scale frees twice
// what it cannot read.
[[nodiscard]] bool is_scale(hid_t dataset);

// One number is stored without an axis, as h5py and people expect it.
void write_attribute(hid_t object, const Attribute& attribute);

}  // namespace gridgrad::io::hdf5

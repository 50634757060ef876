// io/netcdf/attributes.hpp: types and attributes of netCDF
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <netcdf.h>

#include <optional>
#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io::netcdf {

// Throws Error: io with the system's or netCDF's reason unless `status` is success and
// nothing failed on the disk since `forget_errors`, or since it threw.
void require(int status, const std::string& argument);
void forget_errors() noexcept;

// Nothing for text and for types of the file's own.
[[nodiscard]] std::optional<ElementType> element_of(nc_type type);

// Throws Error: unsupported for an element that netCDF has no type for.
[[nodiscard]] nc_type type_of(const std::string& name,
                              const std::optional<ElementType>& element);

// A group, and a variable in it or NC_GLOBAL.
struct Place {
  int group;
  int variable;
};

// Chunks pass whole, so there is nothing to be kept of them beside what is asked for; by
// default 16 MiB of each variable are.
void keep_no_chunks(Place place);

// All but those of types of the file's own.
[[nodiscard]] std::vector<Attribute> read_attributes(Place place);

void write_attribute(Place place, const Attribute& attribute);

}  // namespace gridgrad::io::netcdf

// io/hdf5/types.hpp: which types of HDF5 are numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>

#include "gridgrad/element.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

// Nothing for enumerations (which NumPy's bool is, too), text, references and compounds,
// but for those of two floating numbers r and i: complex, as h5py has it.
[[nodiscard]] std::optional<ElementType> element_of(hid_t type);

// The type of HDF5 that lies in memory as the element does; files are written in it, too.
[[nodiscard]] Identifier memory_type(ElementType element);

}  // namespace gridgrad::io::hdf5

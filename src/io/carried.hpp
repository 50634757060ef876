// io/carried.hpp: variables copied from a file of one format to one of another
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::io {

struct Carried {
  Variable variable;
  AnyArray samples;
};

// Numbers as they are. A variable without axes that holds no number, as map projections
// do, is described by its attributes alone and becomes the integer 0 with them. Throws
// Error: unsupported for others.
[[nodiscard]] Carried carried_to_other_format(const LabelledReader& from,
                                              const Variable& variable);

}  // namespace gridgrad::io

// io/carried.cpp: numbers, and what has only attributes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "carried.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "gridgrad/error.hpp"

namespace gridgrad::io {

Carried carried_to_other_format(const LabelledReader& from, const Variable& variable) {
  Variable plain = variable;
  // How the samples lie is for the other format to choose.
  plain.storage = {};
  if (variable.type) return {std::move(plain), from.read(variable)};
  if (!variable.dimensions.empty()) {
    throw Error(ErrorCode::unsupported, variable.name,
                "does not hold numbers, and nothing else is carried from one format to "
                "another");
  }
  plain.type = ElementType::int32;
  AnyArray zero = make_array(ElementType::int32, {});
  std::ranges::fill(bytes_of(zero), std::byte{0});
  return {std::move(plain), std::move(zero)};
}

}  // namespace gridgrad::io

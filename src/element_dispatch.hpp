// element_dispatch.hpp: from an element type known at run time to a template argument
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <cstdint>

#include "gridgrad/element.hpp"

namespace gridgrad {

// Calls f.operator()<T>() for the T that `type` names.
template <class F>
decltype(auto) dispatch(ElementType type, F&& f) {
  switch (type) {
    case ElementType::float16:
      return f.template operator()<Float16>();
    case ElementType::bfloat16:
      return f.template operator()<BFloat16>();
    case ElementType::float32:
      return f.template operator()<float>();
    case ElementType::float64:
      return f.template operator()<double>();
    case ElementType::complex64:
      return f.template operator()<std::complex<float>>();
    case ElementType::complex128:
      return f.template operator()<std::complex<double>>();
    case ElementType::int8:
      return f.template operator()<std::int8_t>();
    case ElementType::int16:
      return f.template operator()<std::int16_t>();
    case ElementType::int32:
      return f.template operator()<std::int32_t>();
    case ElementType::int64:
      return f.template operator()<std::int64_t>();
    case ElementType::uint8:
      return f.template operator()<std::uint8_t>();
    case ElementType::uint16:
      return f.template operator()<std::uint16_t>();
    case ElementType::uint32:
      return f.template operator()<std::uint32_t>();
    case ElementType::uint64:
      break;
  }
  return f.template operator()<std::uint64_t>();
}

}  // namespace gridgrad

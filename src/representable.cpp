// representable.cpp: numbers beside the limits of element types
//
// SPDX-License-Identifier: BSD-3-Clause

#include "representable.hpp"

#include <cmath>
#include <limits>

#include "element_dispatch.hpp"

namespace gridgrad {

bool holds(ElementType type, double number) {
  return dispatch(type, [&]<class T>() {
    if constexpr (Integer<T>) {
      const double beyond = std::ldexp(1.0, std::numeric_limits<T>::digits);
      return number == std::trunc(number) && number < beyond &&
             number >= (std::numeric_limits<T>::min() == 0 ? 0 : -beyond);
    } else {
      return true;
    }
  });
}

double as_sample(ElementType type, double number) {
  const auto single = static_cast<float>(number);
  switch (type) {
    case ElementType::float16:
      return to_float(to_float16(single));
    case ElementType::bfloat16:
      return to_float(to_bfloat16(single));
    case ElementType::float32:
      return single;
    default:
      return number;
  }
}

}  // namespace gridgrad

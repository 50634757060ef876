// gridgrad/masked.hpp: fields some of whose samples are missing
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// A container with a mask of its samples. Refers to both; use it where it is made.
template <Field C, Field M>
struct Masked {
  const C& field;
  const M& mask;
};

/// A container with the number that stands for a missing sample. Refers to the container.
template <Field C>
struct Filled {
  const C& field;
  double fill;
};

/// The field without the samples whose mark is not 0, as in NumPy's masked arrays:
///
///   gradient(masked(sst, land), {Axis::at(lat), Axis::at(lon)}, {.missing = Adapt{}})
///
///   mask  std::uint8_t, the shape of the field, any strides
///
/// Throws Error: bad_shape when it is used. Schemes without a missing rule refuse it.
template <Field C, Field M>
requires std::same_as<ElementOf<M>, std::uint8_t>
[[nodiscard]] Masked<C, M> masked(const C& field, const M& mask) {
  return {field, mask};
}

/// The field without the samples that equal `fill`, which integers need to hold exactly;
/// a complex sample has no imaginary part then. Otherwise as `masked`.
template <Field C>
[[nodiscard]] Filled<C> filled(const C& field, double fill) {
  return {field, fill};
}

template <Field C, Field M>
struct FieldTraits<Masked<C, M>> {
  static MarkedView<const ElementOf<C>> view(const Masked<C, M>& masked) {
    return {FieldTraits<C>::view(masked.field), FieldTraits<M>::view(masked.mask)};
  }
  template <Element R>
  static auto result(const Masked<C, M>& masked) {
    return FieldTraits<C>::template result<R>(masked.field);
  }
};

template <Field C>
struct FieldTraits<Filled<C>> {
  static MarkedView<const ElementOf<C>> view(const Filled<C>& filled) {
    return {FieldTraits<C>::view(filled.field), filled.fill};
  }
  template <Element R>
  static auto result(const Filled<C>& filled) {
    return FieldTraits<C>::template result<R>(filled.field);
  }
};

}  // namespace gridgrad

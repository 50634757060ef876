// sample_types.hpp: what a field is stored as, read as and computed in
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <complex>
#include <cstdint>
#include <span>
#include <type_traits>

#include "element_dispatch.hpp"
#include "row_table.hpp"
#include "sweep.hpp"

namespace gridgrad {

// The types of one sweep. `Stored` is the field's (complex as its parts), `Sample` what a
// kernel reads, `Value` what it computes in, `Written` the result's.
template <class StoredType, class SampleType, class ValueType, class WrittenType>
struct Types {
  using Stored = StoredType;
  using Sample = SampleType;
  using Value = ValueType;
  using Written = WrittenType;
  static constexpr bool is_direct =
      std::is_same_v<Stored, Sample> && std::is_same_v<Value, Written>;
};

// The parts of a complex number, else the type itself.
template <class T>
struct PartOf {
  using type = T;
};
template <class T>
struct PartOf<std::complex<T>> {
  using type = T;
};

inline bool has_plain_rows(const RowTable& table) {
  return std::ranges::any_of(
      table.bands(), [](const Band& band) { return band.form == RowForm::plain; });
}

// Calls f with the types of a sweep. Plain rows take no differences, so they need the
// values of 64-bit integers, not their halves. Results of halves are halves, or floats
// that are not rounded yet.
template <class F>
void with_types(ElementType field, std::span<const Term> terms, F&& f) {
  const bool is_plain = std::ranges::any_of(
      terms, [](const Term& term) { return has_plain_rows(*term.table); });
  dispatch(field, [&]<class T>() {
    using Part = typename PartOf<T>::type;
    if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>) {
      if (terms.front().out.type == ElementType::float32) {
        return f(Types<T, float, float, float>());
      }
      f(Types<T, float, float, T>());
    } else if constexpr (!Integer<T>) {
      f(Types<Part, Part, Part, Part>());
    } else if constexpr (sizeof(T) == sizeof(std::int64_t)) {
      if (is_plain) return f(Types<T, double, double, double>());
      f(Types<T, std::int64_t, double, double>());
    } else {
      f(Types<T, double, double, double>());
    }
  });
}

}  // namespace gridgrad

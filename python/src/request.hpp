// request.hpp: a field, its axes and their spacings, as the usual callers give them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "arrays.hpp"

namespace gridgrad::python {

// The distances along one axis. Coordinates are an array of real numbers; `held` is the
// type of a distance that NumPy holds.
struct Spacing {
  double distance = 1;
  std::optional<ElementType> held = {};
  nb::object coordinates = {};
};

// What gradient(f, *spacings, axis=axis) asks for.
struct Request {
  ArrayView field;
  PerAxis<std::size_t> axes;
  PerAxis<Spacing> spacings;  // one, or one per axis

  [[nodiscard]] const Spacing& spacing(std::size_t k) const {
    return spacings[spacings.size() == 1 ? 0 : k];
  }
};

// None where anything is out of the ordinary: other types than arrays of numbers, axes
// that do not exist, coordinates that do not fit. It is for the caller to say what.
[[nodiscard]] std::optional<Request> usual_request(nb::handle f, nb::handle spacings,
                                                   nb::handle axis);

// New arrays for the components, not initialised.
[[nodiscard]] PerAxis<nb::object> new_results(nb::handle f, const Request& request);

// The arrays that a caller gave for so many components; none where anything is out of the
// ordinary.
[[nodiscard]] std::optional<PerAxis<nb::object>> given_results(nb::handle out,
                                                               std::size_t count);

// Arrays for the components, and how the library sees them.
class Components {
 public:
  // Throws as Outputs.
  explicit Components(PerAxis<nb::object> arrays);

  [[nodiscard]] std::span<const AnyOutput> outputs() const { return outputs_.views(); }

  [[nodiscard]] std::span<const nb::object> arrays() const {
    return {arrays_.data(), arrays_.size()};
  }

  // As NumPy returns them: an array for one axis, else a tuple. Once.
  [[nodiscard]] nb::object returned();

 private:
  PerAxis<nb::object> arrays_;
  Outputs outputs_;
};

}  // namespace gridgrad::python

// gradient_of.cpp: where a callable is evaluated, and what its values are worth
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient_of.hpp"

#include <nanobind/stl/complex.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <complex>
#include <tuple>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

using Complex = std::complex<double>;

// `numbers` are scales, or steps as they are; `bounds` lower and upper ones in turns.
void make_rows(CallableRows* self, nb::handle x, int accuracy,
               const std::pair<bool, nb::object>& steps, nb::handle bounds) {
  const auto& [is_scaled, numbers] = steps;
  CallableOptions options = {.accuracy = accuracy};
  if (is_scaled) {
    options.step = ScaledStep{doubles_of(numbers)};
  } else {
    options.step = FixedStep{doubles_of(numbers)};
  }
  if (!bounds.is_none()) {
    const std::vector<double> ends = doubles_of(bounds);
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
      options.bounds.push_back({ends[i], ends[i + 1]});
    }
  }
  const std::vector<double> point = doubles_of(x);
  const Unlocked unlocked;
  new (self) CallableRows(point, options);
}

template <class T>
std::vector<std::pair<std::size_t, T>> pairs(std::span<const CallableNode<T>> nodes) {
  std::vector<std::pair<std::size_t, T>> pairs;
  for (const auto& [variable, position] : nodes) pairs.emplace_back(variable, position);
  return pairs;
}

using Result = std::tuple<double, nb::object, std::size_t>;

Result result_of(const CallableGradient& found) {
  return {found.value, array_from(found.gradient, NPY_DOUBLE), found.evaluations};
}

// Real and imaginary parts in turns.
std::vector<Complex> complex_from(const std::vector<double>& parts) {
  std::vector<Complex> numbers;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    numbers.emplace_back(parts[i], parts[i + 1]);
  }
  return numbers;
}

}  // namespace

void bind_gradient_of(nb::module_& module) {
  nb::class_<CallableRows>(module, "CallableRows")
      .def("__init__", make_rows, "x"_a, "accuracy"_a, "steps"_a, "bounds"_a.none())
      .def_prop_ro("nodes", [](const CallableRows& self) { return pairs(self.nodes()); })
      .def(
          "combined",
          [](const CallableRows& self, nb::handle values) {
            return result_of(self.combined(doubles_of(values)));
          },
          "values"_a);
  nb::class_<ComplexSteps>(module, "ComplexSteps")
      .def(
          "__init__",
          [](ComplexSteps* self, nb::handle x) {
            new (self) ComplexSteps(doubles_of(x));
          },
          "x"_a)
      .def_prop_ro("nodes", [](const ComplexSteps& self) { return pairs(self.nodes()); })
      .def(
          "combined",
          [](const ComplexSteps& self, nb::handle parts) {
            return result_of(self.combined(complex_from(doubles_of(parts))));
          },
          "parts"_a);
}

}  // namespace gridgrad::python

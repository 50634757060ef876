// recent_tables.cpp: what the rows of an equally spaced axis depend on
//
// SPDX-License-Identifier: BSD-3-Clause

#include "recent_tables.hpp"

#include <optional>
#include <variant>

#include "recent.hpp"

namespace gridgrad {
namespace {

// A boundary less the numbers that are known at the end, on which no row depends.
struct BoundaryKey {
  std::size_t rule;
  std::optional<double> period;
  Mirror mirror;
  Level level;

  explicit BoundaryKey(const Boundary& end)
      : rule(end.index()), mirror(Mirror::sample), level(Level::zero) {
    if (const auto* periodic = std::get_if<Periodic>(&end)) period = periodic->period;
    if (const auto* even = std::get_if<Symmetric>(&end)) mirror = even->mirror;
    if (const auto* odd = std::get_if<Antisymmetric>(&end)) {
      mirror = odd->mirror;
      level = odd->level;
    }
  }
  friend bool operator==(const BoundaryKey&, const BoundaryKey&) = default;
};

struct Key {
  std::size_t extent;
  double spacing;
  double unit;
  int derivative;
  std::optional<int> accuracy;
  std::optional<int> edge_order;
  Bias bias;
  std::size_t missing;
  int minimum;
  BoundaryKey lower;
  BoundaryKey upper;

  Key(const Axis& axis, std::size_t samples, const Scheme& scheme)
      : extent(samples),
        spacing(axis.spacing()),
        unit(axis.unit()),
        derivative(scheme.derivative),
        accuracy(scheme.accuracy),
        edge_order(scheme.edge_order),
        bias(scheme.bias),
        missing(scheme.missing.index()),
        minimum(0),
        lower(axis.lower()),
        upper(axis.upper()) {
    if (const auto* adapt = std::get_if<Adapt>(&scheme.missing)) minimum = adapt->minimum;
  }
  friend bool operator==(const Key&, const Key&) = default;
};

}  // namespace

std::shared_ptr<const RowTable> table_of(const Axis& axis, std::size_t extent,
                                         const Scheme& scheme, Execution execution,
                                         std::size_t field_axis) {
  const auto make = [&] {
    return std::make_shared<const RowTable>(axis, extent, scheme, execution, field_axis);
  };
  if (axis.coordinates() != nullptr) return make();
  return Recent<Key, RowTable>::of(Key(axis, extent, scheme), make);
}

}  // namespace gridgrad

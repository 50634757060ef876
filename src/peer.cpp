// peer.cpp: rows of NumPy's and torch's making through our own sweep
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/peer.hpp"

#include <algorithm>
#include <bit>
#include <boost/container/small_vector.hpp>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>

#include "message.hpp"
#include "mixed_rows.hpp"
#include "peer_rows.hpp"
#include "recent.hpp"
#include "row_table.hpp"
#include "sweep.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}

// What the parts of samples are computed in: integers are double before anything else.
ElementType number_type(ElementType field) {
  if (field == ElementType::complex64) return ElementType::float32;
  const bool is_kept = field == ElementType::float16 || field == ElementType::float32;
  return is_kept ? field : ElementType::float64;
}

void check_peer_axis(const PeerAxis& axis) {
  if (axis.edge_order != 1 && axis.edge_order != 2) {
    throw Error(ErrorCode::bad_argument, "edge_order",
                std::to_string(axis.edge_order) + " given; 1 or 2 is needed");
  }
  const std::size_t coordinates = axis.spacing.coordinates.size();
  if (coordinates > 0 && coordinates != axis.extent) {
    throw Error(ErrorCode::bad_shape, "coordinates",
                std::to_string(coordinates) + " given for " +
                    counted(axis.extent, "sample") + "; one each is needed");
  }
  const auto needed = static_cast<std::size_t>(axis.edge_order) + 1;
  if (axis.extent >= needed) return;
  throw Error(ErrorCode::too_few_samples, "field",
              counted(axis.extent, "sample") + " along the axis given; at least " +
                  std::to_string(needed) + " are needed");
}

Rounded both(double value) {
  return {value, static_cast<float>(value)};
}

bool is_float(double value) {
  return static_cast<double>(static_cast<float>(value)) == value;
}

// A quotient by a power of two is a product, bit for bit.
bool is_power_of_two(double divisor) {
  int exponent = 0;
  const bool is_power = std::abs(std::frexp(divisor, &exponent)) == 0.5;
  return is_power && std::isnormal(static_cast<float>(1 / divisor));
}

// NumPy multiplies complex numbers by the reciprocal of a divisor.
void append_row(RowTable& table, BandShape shape, const PeerRow& row,
                bool takes_reciprocals) {
  shape.accuracy = 1;
  shape.scale = both(row.scale);
  if (is_power_of_two(row.divisor)) {
    shape.scale = both(row.scale / row.divisor);
  } else if (takes_reciprocals && row.is_quotient) {
    shape.scale = {1 / row.divisor, 1 / static_cast<float>(row.divisor)};
  } else if (row.divisor != 1) {
    shape.divisor = both(row.divisor);
  }
  if (row.is_quotient) return table.append(shape, std::array{Rounded{1, 1}});
  std::array<Rounded, 3> weights;
  std::ranges::transform(row.weights, weights.begin(), both);
  table.append(shape, weights);
}

// Not finished: weights may be any numbers, and a sample of weight 0 counts.
RowTable table_of(const PeerRows& rows, bool takes_reciprocals) {
  RowTable table(rows.extent, 0, Extension(Axis(), rows.extent));
  constexpr std::array<Tap, 1> above = {{{1, 0}}};
  constexpr std::array<Tap, 3> three_above = {{{0, 0}, {1, 0}, {2, 0}}};
  constexpr std::array<Tap, 1> below = {{{0, -1}}};
  constexpr std::array<Tap, 3> three_below = {{{-2, 0}, {-1, 0}, {0, 0}}};
  constexpr std::array<Tap, 1> pair = {{{1, -1}}};
  constexpr std::array<Tap, 3> three = {{{-1, 0}, {0, 0}, {1, 0}}};
  const auto end = [](const PeerRow& row, std::span<const Tap> two,
                      std::span<const Tap> taps) {
    return row.is_quotient ? BandShape{RowForm::based, 1, two}
                           : BandShape{RowForm::plain, 1, taps};
  };
  append_row(table, end(rows.lower, above, three_above), rows.lower, takes_reciprocals);
  const std::size_t inside = rows.extent - 2;
  if (inside > 0 && rows.is_uniform()) {
    append_row(table, {RowForm::paired_odd, inside, pair}, rows.interior,
               takes_reciprocals);
  } else if (inside > 0) {
    std::vector<Rounded> weights(rows.weights.size());
    std::ranges::transform(rows.weights, weights.begin(), both);
    BandShape shape = {RowForm::plain, inside, three};
    shape.accuracy = 1;
    table.append(shape, weights);
  }
  append_row(table, end(rows.upper, below, three_below), rows.upper, takes_reciprocals);
  return table;
}

bool has_float_quotients(const PeerRows& rows) {
  return rows.is_uniform() && rows.lower.is_quotient && is_float(rows.lower.divisor) &&
         is_float(rows.interior.divisor);
}

// Whether one type does for the differences and the rest. A quotient of two floats is the
// same float whether it is rounded to a double first or not (Figueroa, ACM SIGNUM
// Newsletter 30, 1995, 21-26).
bool is_of_one_type(const PeerRows& rows, ElementType field) {
  const ElementType number = number_type(field);
  if (number == ElementType::float16) return false;
  if (number == rows.type) return true;
  return field == ElementType::float32 && has_float_quotients(rows);
}

// What one component is computed from; where its rows are of mixed types the table serves
// the checks alone.
struct Component {
  PeerRows rows;
  RowTable table;
  bool is_of_one_type;
};

// What a component at an equal distance depends on.
struct ComponentKey {
  std::size_t extent;
  int edge_order;
  ElementType field;
  std::optional<ElementType> held;
  std::uint64_t distance;  // its bits: 0 and -0 differ

  friend bool operator==(const ComponentKey&, const ComponentKey&) = default;
};

std::shared_ptr<const Component> component(const AnyField& field, const PeerAlong& along,
                                           int edge_order) {
  check_axis(field, along.axis);
  const PeerSpacing& spacing = along.spacing;
  const std::size_t extent = field.extents[along.axis];
  const auto make = [&] {
    const PeerAxis axis = {spacing, extent, edge_order, number_type(field.type)};
    check_peer_axis(axis);
    PeerRows rows = numpy_rows(axis);
    RowTable table = table_of(rows, is_complex(field.type));
    const bool one_type = is_of_one_type(rows, field.type);
    return std::make_shared<const Component>(
        Component{std::move(rows), std::move(table), one_type});
  };
  if (!spacing.coordinates.empty()) return make();
  const ComponentKey key = {extent, edge_order, field.type, spacing.type,
                            std::bit_cast<std::uint64_t>(spacing.distance)};
  return Recent<ComponentKey, Component>::of(key, make);
}

}  // namespace

void numpy_gradient_into(const AnyField& field, std::span<const PeerAlong> along,
                         std::span<const AnyOutput> out, int edge_order,
                         Execution execution) {
  constexpr std::size_t usual_rank = 4;
  check_count(out.size(), along.size());
  if (field.type == ElementType::bfloat16) {
    throw Error(ErrorCode::bad_type, "field", "bfloat16 given; NumPy has no such type");
  }
  boost::container::small_vector<std::shared_ptr<const Component>, usual_rank> components;
  boost::container::small_vector<Term, usual_rank> terms;
  for (const PeerAlong& one : along) {
    components.push_back(component(field, one, edge_order));
  }
  for (std::size_t k = 0; k < along.size(); ++k) {
    terms.push_back(whole_term(components[k]->table, {along[k].axis, out[k], {}, k}));
  }
  check_terms(field, {terms.data(), terms.size()});
  boost::container::small_vector<Term, usual_rank> of_one_type;
  for (std::size_t k = 0; k < along.size(); ++k) {
    if (components[k]->is_of_one_type) of_one_type.push_back(terms[k]);
  }
  sweep(field, {of_one_type.data(), of_one_type.size()}, execution);
  if (std::ranges::find(field.extents, 0U) != field.extents.end()) return;
  for (std::size_t k = 0; k < along.size(); ++k) {
    if (components[k]->is_of_one_type) continue;
    apply_mixed(components[k]->rows, field, terms[k], thread_count(field, execution));
  }
}

Difference torch_difference(const PeerSpacing& spacing, std::size_t extent,
                            int edge_order, ElementType computing) {
  const ElementType number = number_type(computing);
  const PeerAxis axis = {spacing, extent, edge_order, number};
  check_peer_axis(axis);
  return Difference(
      std::make_shared<const RowTable>(table_of(torch_rows(axis), /*reciprocal=*/false)));
}

}  // namespace gridgrad

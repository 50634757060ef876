// support/reference_staggered.hpp: rows between centres and faces, slow and obvious
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "gridgrad/staggered.hpp"
#include "support/reference.hpp"

namespace gridgrad::test {

// Cells by what a test knows of them: faces and centres as exact numbers, in the order
// of the axis. Every place is a half cell: 2 i is the lower face of cell i.
struct ReferenceCells {
  std::vector<Exact> places;  // of the half cells 0 ... 2 n
  bool are_equal = false;
  bool is_periodic = false;
  bool has_lower = false;  // a value is known on the face at the lower end
  bool has_upper = false;

  [[nodiscard]] int last() const { return static_cast<int>(places.size()) - 1; }
  [[nodiscard]] Exact place(int h) const {
    const Exact period = places.back() - places.front();
    if (h < 0) return places[static_cast<std::size_t>(h + last())] - period;
    if (h > last()) return places[static_cast<std::size_t>(h - last())] + period;
    return places[static_cast<std::size_t>(h)];
  }
};

// Half cells of n values: of centres, or of faces.
inline std::vector<int> centre_places(int cells) {
  std::vector<int> places;
  for (int i = 0; i < cells; ++i) places.push_back(2 * i + 1);
  return places;
}
inline std::vector<int> face_places(Faces faces, int cells) {
  const bool has_first = faces == Faces::left || faces == Faces::outer;
  const bool has_last = faces == Faces::right || faces == Faces::outer;
  std::vector<int> places;
  for (int i = has_first ? 0 : 1; i <= (has_last ? cells : cells - 1); ++i) {
    places.push_back(2 * i);
  }
  return places;
}

// A value that a row may read: where it is, and its index in the samples, -1 or their
// number if it is what is known at an end, and beyond that a copy of a periodic sample.
struct ReferenceNode {
  int place;
  int index;
};

inline std::vector<ReferenceNode> nodes_of(const ReferenceCells& cells,
                                           const std::vector<int>& samples) {
  const int n = static_cast<int>(samples.size());
  std::vector<ReferenceNode> nodes;
  if (cells.has_lower) nodes.push_back({0, -1});
  const int first = cells.is_periodic ? 1 - n : 0;
  const int last = cells.is_periodic ? 2 * n - 2 : n - 1;
  for (int v = first; v <= last; ++v) nodes.push_back({samples[0] + 2 * v, v});
  if (cells.has_upper) nodes.push_back({cells.last(), n});
  return nodes;
}

// The nodes of a row, and whether it is one of those away from the ends.
struct ReferenceNodes {
  std::vector<ReferenceNode> nodes;
  bool is_interior;
};

// Of all nodes those of the row at `place` away from the ends; none if they are not
// there.
inline std::vector<ReferenceNode> interior_nodes(const ReferenceCells& cells,
                                                 const std::vector<ReferenceNode>& all,
                                                 int place, int accuracy) {
  const auto at = [&](int h) { return std::ranges::find(all, h, &ReferenceNode::place); };
  std::vector<ReferenceNode> nodes;
  for (int h = place + 1 - accuracy; h <= place - 1 + accuracy; h += 2) {
    if (at(h) == all.end()) return {};
    nodes.push_back(*at(h));
  }
  if (cells.are_equal) return nodes;
  const auto lower = at(place - 1 - accuracy);
  const auto upper = at(place + 1 + accuracy);
  if (lower == all.end() && upper == all.end()) return {};
  const Exact here = cells.place(place);
  const bool takes_upper =
      lower == all.end() ||
      (upper != all.end() &&
       abs(cells.place(upper->place) - here) < abs(cells.place(lower->place) - here));
  nodes.push_back(takes_upper ? *upper : *lower);
  return nodes;
}

inline ReferenceNodes nodes_of_row(const ReferenceCells& cells,
                                   const std::vector<int>& samples, int place,
                                   const ReferenceAxis& scheme) {
  const std::vector<ReferenceNode> all = nodes_of(cells, samples);
  const auto interior = interior_nodes(cells, all, place, scheme.accuracy());
  if (!interior.empty()) return {interior, true};
  // The values most centred on the row in their order, one more towards the inside.
  const int edge = 1 + scheme.edge_order();
  auto next = std::ranges::find_if(
      all, [&](const ReferenceNode& node) { return node.place > place; });
  if (cells.has_upper && place == cells.last()) --next;
  const bool is_lower = place < cells.last() - place;
  const int ideal =
      static_cast<int>(next - all.begin()) - (is_lower ? edge / 2 : (edge + 1) / 2);
  const int start = std::clamp(ideal, 0, static_cast<int>(all.size()) - edge);
  return {{all.begin() + start, all.begin() + start + edge}, false};
}

// Integers without a common factor, and what they are to be multiplied by.
struct IntegerRow {
  std::vector<Exact> weights;
  Exact scale;
};
inline IntegerRow integer_row(const std::vector<int>& half_cells) {
  using boost::multiprecision::cpp_int;
  const std::vector<Rational> exact = solved_weights(half_cells, 1);
  cpp_int common = 1;
  for (const Rational& weight : exact) common = lcm(common, denominator(weight));
  cpp_int factor = 0;
  for (const Rational& weight : exact) {
    factor = gcd(factor, cpp_int(numerator(weight) * (common / denominator(weight))));
  }
  IntegerRow row = {{}, Exact(factor) / Exact(common)};
  for (const Rational& weight : exact) {
    row.weights.emplace_back(
        cpp_int(numerator(weight) * (common / denominator(weight)) / factor));
  }
  return row;
}

// The row at `place`, whose sample below is number `base`. Its terms count from sample
// -shift, so that none is negative.
inline ReferenceRow reference_row(const ReferenceCells& cells,
                                  const ReferenceNodes& row_nodes, int place,
                                  std::pair<int, int> base_and_shift) {
  const auto [base, shift] = base_and_shift;
  std::vector<Exact> x;
  std::vector<int> offsets;
  std::vector<int> half_cells;
  for (const ReferenceNode& node : row_nodes.nodes) {
    x.push_back(cells.place(node.place) - cells.place(place));
    offsets.push_back(node.index - base);
    half_cells.push_back(node.place - place);
  }
  const auto own = static_cast<std::size_t>(base + shift);
  if (!cells.are_equal) {
    std::vector<Exact> weights = fornberg_weights(x, 1);
    // What is 0 comes out of so many digits as what they leave.
    for (Exact& weight : weights) {
      if (abs(weight) < 0x1p-300) weight = 0;
    }
    return based_row(own, offsets, weights);
  }
  const IntegerRow integers = integer_row(half_cells);
  ReferenceRow row;
  if (row_nodes.is_interior) {
    const std::size_t half = half_cells.size() / 2;
    for (std::size_t k = 1; k <= half; ++k) {
      row.terms.push_back({own + k, own + 1 - k, integers.weights[half + k - 1]});
    }
  } else {
    row = based_row(own, offsets, integers.weights);
  }
  row.scale = integers.scale / (cells.places[1] - cells.places[0]);
  return row;
}

}  // namespace gridgrad::test

// support/slow_grid.hpp: gradient, divergence and curl of a staggered grid, value by
// value
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "gridgrad/staggered_grid.hpp"
#include "support/fields.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {

// Values in C order.
template <class T>
struct Values {
  std::vector<std::size_t> extents;
  std::vector<T> numbers;

  [[nodiscard]] T at(std::span<const std::size_t> index) const {
    std::size_t place = 0;
    for (std::size_t d = 0; d < index.size(); ++d) {
      place = place * extents[d] + index[d] % extents[d];  // extent 1 recurs
    }
    return numbers[place];
  }
};
template <class T>
using Components = std::vector<Values<T>>;

// One direction as a test knows it: the first face that has values, how many have, and
// where the half cells are, 0 being the first face.
struct SlowDirection {
  std::size_t axis;
  std::size_t cells;
  std::size_t first_face;
  std::size_t faces;
  bool is_periodic;
  std::vector<Exact> places;

  [[nodiscard]] Exact place(std::ptrdiff_t h) const {
    const auto last = static_cast<std::ptrdiff_t>(2 * cells);
    const Exact period = places.back() - places.front();
    if (h < 0) return places[static_cast<std::size_t>(h + last)] - period;
    if (h > last) return places[static_cast<std::size_t>(h - last)] + period;
    return places[static_cast<std::size_t>(h)];
  }
};

struct SlowMeasures {
  Components<double> distances;
  Components<double> face_areas;
  Components<double> volumes;
  Components<double> edge_lengths;
  Components<double> dual_areas;
};

// Whether terms keep their signs, or all are made positive to bound their roundings.
enum class Signs { kept, positive };

struct SlowGrid {
  std::vector<SlowDirection> directions;
  std::vector<std::size_t> centres;  // the shape there
  std::optional<SlowMeasures> measures = {};
  Signs signs = Signs::kept;

  [[nodiscard]] bool is_plane() const { return directions.size() == 2; }

  [[nodiscard]] std::vector<std::size_t> shape(const std::vector<bool>& is_face) const {
    std::vector<std::size_t> shape = centres;
    for (std::size_t d = 0; d < directions.size(); ++d) {
      shape[directions[d].axis] = is_face[d] ? directions[d].faces : directions[d].cells;
    }
    return shape;
  }

  // The value of a component next to a result, times its measure; 0 beyond a wall.
  template <class T>
  [[nodiscard]] T value(const Values<T>& values, const Values<double>* measure,
                        std::vector<std::size_t> index,
                        std::pair<std::size_t, std::ptrdiff_t> direction_and_at) const {
    const auto [d, at] = direction_and_at;
    const SlowDirection& along = directions[d];
    const auto count = static_cast<std::ptrdiff_t>(values.extents[along.axis]);
    if (!along.is_periodic && (at < 0 || at >= count)) return 0;
    index[along.axis] = static_cast<std::size_t>((at + count) % count);
    const T value = values.at(index);
    return measure == nullptr ? value : value * static_cast<T>(measure->at(index));
  }

  // One difference along direction d to results that stand on its faces, or do not.
  template <class T>
  [[nodiscard]] T difference(const Values<T>& values, const Values<double>* measure,
                             const std::vector<std::size_t>& index,
                             std::pair<std::size_t, bool> direction_and_is_face) const {
    const auto [d, is_face] = direction_and_is_face;
    const SlowDirection& along = directions[d];
    const auto k = static_cast<std::ptrdiff_t>(index[along.axis]);
    const auto first = static_cast<std::ptrdiff_t>(along.first_face);
    const std::ptrdiff_t lower = is_face ? k + first - 1 : k - first;
    const std::ptrdiff_t half_cell = is_face ? 2 * (k + first) : 2 * k + 1;
    const auto last = static_cast<std::ptrdiff_t>(2 * along.cells);
    const bool is_wall = !along.is_periodic && (half_cell == 0 || half_cell == last);
    if (is_face && is_wall) return 0;
    const T above = value(values, measure, index, {d, lower + 1});
    const T below = value(values, measure, index, {d, lower});
    const T change =
        signs == Signs::kept ? above - below : std::abs(above) + std::abs(below);
    if (measures) return change;
    const Exact exact = along.place(half_cell + 1) - along.place(half_cell - 1);
    const auto distance = exact.convert_to<double>();
    return change / static_cast<T>(signs == Signs::kept ? distance : std::abs(distance));
  }

  struct Step {
    std::size_t component;
    std::size_t direction;
    bool is_subtracted;
  };

  // The component that stands at `is_face` from its differences.
  template <class T>
  [[nodiscard]] Values<T> sum(const Components<T>& from, const std::vector<bool>& is_face,
                              const std::vector<Step>& steps,
                              std::pair<const Components<double>*, const Values<double>*>
                                  values_and_divisor) const {
    const auto [of_values, divisor] = values_and_divisor;
    Values<T> result = {shape(is_face), {}};
    for_each_index(result.extents, [&](std::span<const std::size_t> at) {
      const std::vector<std::size_t> index(at.begin(), at.end());
      T total = 0;
      for (std::size_t s = 0; s < steps.size(); ++s) {
        const auto [c, d, is_subtracted] = steps[s];
        const Values<double>* measure = of_values == nullptr ? nullptr : &(*of_values)[c];
        const T term = difference(from[c], measure, index, {d, is_face[d]});
        const bool adds = !is_subtracted || signs == Signs::positive;
        total = adds ? (s == 0 ? term : total + term) : total - term;
      }
      if (divisor != nullptr) total = total / static_cast<T>(divisor->at(index));
      result.numbers.push_back(total);
    });
    return result;
  }

  [[nodiscard]] std::vector<bool> on_faces(std::size_t d) const {
    std::vector<bool> is_face(directions.size(), false);
    is_face[d] = true;
    return is_face;
  }
  [[nodiscard]] std::vector<bool> on_edges(std::size_t d) const {
    std::vector<bool> is_face(directions.size(), true);
    if (!is_plane()) is_face[d] = false;
    return is_face;
  }

  template <class T>
  [[nodiscard]] Components<T> gradient(const Values<T>& f) const {
    Components<T> g;
    for (std::size_t d = 0; d < directions.size(); ++d) {
      g.push_back(sum<T>({f}, on_faces(d), {{0, d, false}},
                         {nullptr, measures ? &measures->distances[d] : nullptr}));
    }
    return g;
  }

  template <class T>
  [[nodiscard]] Values<T> divergence(const Components<T>& u) const {
    std::vector<Step> steps;
    for (std::size_t d = 0; d < directions.size(); ++d) steps.push_back({d, d, false});
    return sum<T>(u, std::vector<bool>(directions.size(), false), steps,
                  {measures ? &measures->face_areas : nullptr,
                   measures ? &measures->volumes[0] : nullptr});
  }

  template <class T>
  [[nodiscard]] Components<T> curl_to_edges(const Components<T>& u) const {
    Components<T> c;
    const Components<double>* const weights = measures ? &measures->distances : nullptr;
    const auto divisor = [&](std::size_t d) {
      return measures ? &measures->dual_areas[d] : nullptr;
    };
    if (is_plane()) {
      return {
          sum<T>(u, on_edges(0), {{1, 0, false}, {0, 1, true}}, {weights, divisor(0)})};
    }
    c.push_back(
        sum<T>(u, on_edges(0), {{2, 1, false}, {1, 2, true}}, {weights, divisor(0)}));
    c.push_back(
        sum<T>(u, on_edges(1), {{0, 2, false}, {2, 0, true}}, {weights, divisor(1)}));
    c.push_back(
        sum<T>(u, on_edges(2), {{1, 0, false}, {0, 1, true}}, {weights, divisor(2)}));
    return c;
  }

  template <class T>
  [[nodiscard]] Components<T> curl_to_faces(const Components<T>& c) const {
    const bool has_lengths = measures && !is_plane();
    const Components<double>* const weights =
        has_lengths ? &measures->edge_lengths : nullptr;
    const auto divisor = [&](std::size_t d) {
      return measures ? &measures->face_areas[d] : nullptr;
    };
    if (is_plane()) {
      return {sum<T>(c, on_faces(0), {{0, 1, false}}, {weights, divisor(0)}),
              sum<T>(c, on_faces(1), {{0, 0, true}}, {weights, divisor(1)})};
    }
    return {sum<T>(c, on_faces(0), {{2, 1, false}, {1, 2, true}}, {weights, divisor(0)}),
            sum<T>(c, on_faces(1), {{0, 2, false}, {2, 0, true}}, {weights, divisor(1)}),
            sum<T>(c, on_faces(2), {{1, 0, false}, {0, 1, true}}, {weights, divisor(2)})};
  }
};

}  // namespace gridgrad::test

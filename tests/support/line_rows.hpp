// support/line_rows.hpp: the rows of an axis to a hundred digits, round periodic ones,
// too
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "support/jet.hpp"
#include "support/lattice.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {

// The sum of weights[k] * (f[columns[k]] - f[base]); columns differ from the base, sizes
// are |weights|.
struct LineRow {
  std::size_t base;
  std::vector<std::size_t> columns;
  std::vector<Digits> weights;
  std::vector<double> sizes;
};

inline Digits exact_position(const Line& line, std::size_t i) {
  return line.positions.empty() ? line.first + Digits(line.spacing) * i
                                : Digits(line.positions[i]);
}

// `beyond` samples further on either side.
inline std::vector<double> continued(const Line& line, std::size_t beyond) {
  std::vector<double> x;
  if (line.positions.empty()) return x;
  const std::size_t n = line.extent;
  for (std::size_t k = 0; k < beyond; ++k) {
    x.push_back(line.positions[n - beyond + k] - line.period);
  }
  x.insert(x.end(), line.positions.begin(), line.positions.end());
  for (std::size_t k = 0; k < beyond; ++k) x.push_back(line.positions[k] + line.period);
  return x;
}

inline std::vector<LineRow> line_rows(const Line& line, const Scheme& scheme) {
  const std::size_t n = line.extent;
  const std::size_t beyond = line.is_periodic() ? n : 0;
  const ReferenceAxis axis = {line.spacing, continued(line, beyond), scheme};
  std::vector<LineRow> rows;
  for (std::size_t i = 0; i < n; ++i) {
    const std::vector<int> offsets = reference_offsets(axis, i + beyond, n + 2 * beyond);
    LineRow row = {i, {}, {}, {}};
    std::vector<Digits> nodes;
    for (const int offset : offsets) {
      const auto at = static_cast<std::size_t>(static_cast<int>(i + beyond) + offset);
      row.columns.push_back((at + n - beyond) % n);
      nodes.push_back(axis.is_spaced()
                          ? Digits(offset) * Digits(line.spacing)
                          : Digits(axis.positions[at]) - axis.positions[i + beyond]);
    }
    row.weights = fornberg_weights(nodes, scheme.derivative);
    std::erase(row.columns, i);
    for (std::size_t k = 0; k < offsets.size(); ++k) {
      if (offsets[k] != 0) continue;
      row.weights.erase(row.weights.begin() + static_cast<std::ptrdiff_t>(k));
    }
    for (const Digits& weight : row.weights) {
      row.sizes.push_back(std::abs(weight.convert_to<double>()));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gridgrad::test

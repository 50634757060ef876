// support/reference_factors.hpp: the factors of docs/calculus.md, slow and obvious
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "gridgrad/calculus.hpp"
#include "support/bounded.hpp"
#include "support/lattice.hpp"
#include "support/line_rows.hpp"
#include "support/reference_earth.hpp"

namespace gridgrad::test {

// The derivative along an axis of the lattice, computed in T.
template <class T>
Values derived(const Lattice& lattice, const Values& values, std::size_t k,
               const Scheme& scheme) {
  const std::vector<LineRow> rows = line_rows(lattice.lines[k], scheme);
  const std::size_t step = lattice.step(k);
  Values result;
  for (std::size_t q = 0; q < values.size(); ++q) {
    const std::size_t i = lattice.index(q, k);
    const std::size_t start = q - i * step;
    result.push_back(applied<T>(rows[i], [&](std::size_t column) -> const Bounded& {
      return values[start + column * step];
    }));
  }
  return result;
}

template <class T>
Values product(const Values& a, const Values& b) {
  Values result;
  for (std::size_t q = 0; q < a.size(); ++q) result.push_back(product<T>(a[q], b[q]));
  return result;
}

template <class T>
Values sum(const std::vector<Values>& terms) {
  Values result;
  Values at(terms.size());
  for (std::size_t q = 0; q < terms.front().size(); ++q) {
    for (std::size_t k = 0; k < terms.size(); ++k) at[k] = terms[k][q];
    result.push_back(sum<T>(std::span<const Bounded>(at)));
  }
  return result;
}

inline Values negative(Values values) {
  for (Bounded& number : values) number.value = -number.value;
  return values;
}

// As computed in double; without numbers where they are 0.
struct ReferenceFactors {
  explicit ReferenceFactors(const Lattice& lattice)
      : inverse(lattice.rank(), Values(lattice.size(), Bounded{1, 0})),
        second(inverse),
        first(lattice.rank()),
        curvature(lattice.rank(), std::vector<Values>(lattice.rank())) {}

  bool is_on_earth = false;
  std::vector<Values> inverse;
  std::vector<Values> second;
  std::vector<Values> first;
  std::vector<std::vector<Values>> curvature;
};

// Longitude and latitude are the first two axes. Factors are rounded once from what they
// are.
inline ReferenceFactors earth_factors(const Lattice& lattice,
                                      const ReferenceEarth& earth) {
  ReferenceFactors factors(lattice);
  factors.is_on_earth = true;
  factors.curvature[0][1].resize(lattice.size());
  factors.first[1].resize(lattice.size());
  std::vector<std::array<Digits, 6>> of_parallels;
  for (std::size_t i = 0; i < lattice.lines[1].extent; ++i) {
    of_parallels.push_back(earth.factors(exact_position(lattice.lines[1], i)));
  }
  for (std::size_t q = 0; q < lattice.size(); ++q) {
    const std::array<Digits, 6>& exact = of_parallels[lattice.index(q, 1)];
    factors.inverse[1][q] = rounded<double>(exact[0]);
    factors.inverse[0][q] = rounded<double>(exact[1]);
    factors.curvature[0][1][q] = rounded<double>(exact[2]);
    factors.second[1][q] = rounded<double>(exact[3]);
    factors.second[0][q] = rounded<double>(exact[4]);
    factors.first[1][q] = rounded<double>(exact[5]);
  }
  return factors;
}

// What scale factors that were given are worth: one per sample and axis, h or 1 / h.
struct GivenScales {
  std::vector<Values> lengths;
  std::vector<Values> inverses;
};

inline bool is_constant_along(const Lattice& lattice, const Values& values,
                              std::size_t k) {
  for (std::size_t q = 0; q < values.size(); ++q) {
    const std::size_t start = q - lattice.index(q, k) * lattice.step(k);
    if (values[q].value != values[start].value) return false;
  }
  return true;
}

// The product of all lengths, or of all inverses, but for those of one axis.
inline Values volume(const std::vector<Values>& lengths, std::size_t but_for,
                     const Values& instead) {
  Values result = instead;
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    if (k != but_for) result = product<double>(result, lengths[k]);
  }
  return result;
}

// curvature and first of them, by rows of the accuracy of the operator.
inline void add_derivatives(const Lattice& lattice, const GivenScales& given,
                            const Scheme& scheme, ReferenceFactors& factors) {
  const std::size_t n = lattice.rank();
  const auto& [lengths, inverses] = given;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (j == i || is_constant_along(lattice, lengths[i], j)) continue;
      const Values slope = derived<double>(lattice, lengths[i], j, scheme);
      factors.curvature[i][j] =
          product<double>(product<double>(slope, inverses[i]), inverses[j]);
    }
    const Values inside = volume(lengths, i, inverses[i]);
    if (is_constant_along(lattice, inside, i)) continue;
    factors.first[i] = product<double>(derived<double>(lattice, inside, i, scheme),
                                       volume(inverses, i, inverses[i]));
  }
}

// lengths[k][q]: h of axis k at sample q.
inline ReferenceFactors scaled_factors(const Lattice& lattice,
                                       const std::vector<std::vector<double>>& lengths,
                                       const Scheme& scheme) {
  ReferenceFactors factors(lattice);
  GivenScales given;
  for (std::size_t k = 0; k < lattice.rank(); ++k) {
    given.lengths.emplace_back();
    for (std::size_t q = 0; q < lattice.size(); ++q) {
      const Digits h = lengths[k][q];
      given.lengths[k].push_back({h, 0});
      if (h == 1) continue;
      factors.inverse[k][q] = rounded<double>(1 / h);
      factors.second[k][q] = rounded<double>(1 / (h * h));
    }
  }
  given.inverses = factors.inverse;
  add_derivatives(lattice, given, scheme, factors);
  return factors;
}

// maps[k][q]: 1 / h.
inline ReferenceFactors mapped_factors(const Lattice& lattice,
                                       const std::vector<std::vector<double>>& maps,
                                       const Scheme& scheme) {
  ReferenceFactors factors(lattice);
  GivenScales given;
  for (std::size_t k = 0; k < lattice.rank(); ++k) {
    given.lengths.emplace_back();
    for (std::size_t q = 0; q < lattice.size(); ++q) {
      const Digits m = maps[k][q];
      given.lengths[k].push_back(m == 1 ? Bounded{1, 0} : rounded<double>(1 / m));
      factors.inverse[k][q] = {m, 0};
      factors.second[k][q] = m == 1 ? Bounded{1, 0} : rounded<double>(m * m);
    }
  }
  given.inverses = factors.inverse;
  add_derivatives(lattice, given, scheme, factors);
  return factors;
}

}  // namespace gridgrad::test

// support/reference_calculus.hpp: the operators of docs/calculus.md to a hundred digits
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "gridgrad/calculus.hpp"
#include "support/bounded.hpp"
#include "support/reference_factors.hpp"
#include "support/reference_poles.hpp"

namespace gridgrad::test {

// Results of operators that compute in T, and the bounds of their errors. Field 0 is the
// scalar, 1, 2, ... are the components of the vector, and of the direction.
template <class T>
class ReferenceCalculus {
 public:
  ReferenceCalculus(const Lattice& lattice, const ReferenceFactors& factors,
                    const Scheme& scheme, std::vector<Values> fields)
      : lattice_(lattice),
        factors_(factors),
        scheme_(scheme),
        fields_(std::move(fields)) {}

  [[nodiscard]] std::vector<Values> of(Calculus calculus) {
    std::vector<Values> results = off_poles(calculus);
    if (!factors_.is_on_earth || calculus == Calculus::magnitude) return results;
    const ReferencePoles<T> poles(lattice_, *scheme_.accuracy);
    for (Values& values : results) {
      is_scalar(calculus) ? poles.continue_scalar(values)
                          : poles.continue_along_meridians(values);
    }
    return results;
  }

 private:
  [[nodiscard]] bool is_scalar(Calculus calculus) const {
    return calculus == Calculus::directional || calculus == Calculus::divergence ||
           calculus == Calculus::laplacian || (calculus == Calculus::curl && rank() == 2);
  }

  std::vector<Values> off_poles(Calculus calculus) {
    switch (calculus) {
      case Calculus::gradient:
        return each([&](std::size_t i) { return sum_of({gradient(i)}); });
      case Calculus::magnitude:
        return {magnitude()};
      case Calculus::directional:
        return {sum_of(directional())};
      case Calculus::divergence:
        return {sum_of(divergence())};
      case Calculus::curl:
        return curl();
      case Calculus::laplacian:
        return {sum_of(laplacian(0))};
      case Calculus::vector_laplacian:
        return each([&](std::size_t i) { return sum_of(laplacian(1 + i)); });
      case Calculus::hessian:
        return pairs(0, [&](std::size_t i, std::size_t j) { return hessian(i, j); });
      case Calculus::jacobian:
        return jacobians();
      case Calculus::strain_rate:
        return pairs(0, [&](std::size_t i, std::size_t j) {
          return half(joined(jacobian(i, j), jacobian(j, i)));
        });
      default:
        return pairs(1, [&](std::size_t i, std::size_t j) {
          return half(joined(jacobian(j, i), minus(jacobian(i, j))));
        });
    }
  }

  // What a result is the sum of.
  using Terms = std::vector<Values>;

  [[nodiscard]] std::size_t rank() const { return lattice_.rank(); }

  static Values sum_of(const Terms& terms) { return sum<T>(terms); }
  static Terms minus(Terms terms) {
    for (Values& term : terms) term = negative(std::move(term));
    return terms;
  }
  // Exact.
  static Terms half(Terms terms) {
    for (Values& term : terms) {
      for (Bounded& number : term) number = {number.value / 2, number.error / 2};
    }
    return terms;
  }
  static Terms joined(Terms terms, const Terms& more) {
    terms.insert(terms.end(), more.begin(), more.end());
    return terms;
  }

  // A factor, computed in double and rounded to T, times numbers of T.
  static Values times(const Values& factor, const Values& values) {
    Values narrow = factor;
    if constexpr (sizeof(T) < sizeof(double)) {
      for (Bounded& number : narrow) number = narrowed<T>(number);
    }
    return product<T>(narrow, values);
  }
  static void append(Terms& terms, const Values& factor, const Values& values) {
    if (!factor.empty()) terms.push_back(times(factor, values));
  }

  const Values& slope(std::size_t field, std::size_t k, int derivative = 1) {
    Values& kept = slopes_[{field, k, static_cast<std::size_t>(derivative)}];
    if (kept.empty()) {
      Scheme scheme = scheme_;
      scheme.derivative = derivative;
      kept = derived<T>(lattice_, fields_[field], k, scheme);
    }
    return kept;
  }

  Values gradient(std::size_t i) { return times(factors_.inverse[i], slope(0, i)); }

  Terms directional() {
    Terms terms;
    for (std::size_t i = 0; i < rank(); ++i) {
      terms.push_back(product<T>(gradient(i), fields_[1 + i]));
    }
    return terms;
  }

  Values magnitude() {
    std::vector<Values> parts = each([&](std::size_t i) { return gradient(i); });
    const auto of_parts = [&] {
      Values result;
      Values at(rank());
      for (std::size_t q = 0; q < lattice_.size(); ++q) {
        for (std::size_t k = 0; k < rank(); ++k) at[k] = parts[k][q];
        result.push_back(norm<T>(at));
      }
      return result;
    };
    if (!factors_.is_on_earth) return of_parts();
    const ReferencePoles<T> poles(lattice_, *scheme_.accuracy);
    for (Values& part : parts) poles.continue_along_meridians(part);
    const Values of_meridians = of_parts();
    Values result = of_meridians;
    poles.take_means(of_meridians, result);
    return result;
  }

  Terms jacobian(std::size_t i, std::size_t j) {
    Terms terms = {times(factors_.inverse[j], slope(1 + i, j))};
    if (i != j) {
      append(terms, negative(factors_.curvature[j][i]), fields_[1 + j]);
      return terms;
    }
    for (std::size_t k = 0; k < rank(); ++k) {
      if (k != i) append(terms, factors_.curvature[i][k], fields_[1 + k]);
    }
    return terms;
  }

  Terms divergence() {
    Terms terms;
    for (std::size_t i = 0; i < rank(); ++i) {
      terms = joined(std::move(terms), jacobian(i, i));
    }
    return terms;
  }

  std::vector<Values> curl() {
    const auto turn = [&](std::size_t i, std::size_t j) {
      return sum_of(joined(jacobian(j, i), minus(jacobian(i, j))));
    };
    if (rank() == 2) return {turn(0, 1)};
    return {turn(1, 2), turn(2, 0), turn(0, 1)};
  }

  Terms laplacian(std::size_t field) {
    Terms terms;
    for (std::size_t i = 0; i < rank(); ++i) {
      append(terms, factors_.second[i], slope(field, i, 2));
      append(terms, factors_.first[i], slope(field, i));
    }
    return terms;
  }

  // A product of factors, in double, before a derivative of the scalar.
  void append_product(Terms& terms, const Values& curvature, std::size_t i) {
    if (curvature.empty()) return;
    append(terms, product<double>(curvature, factors_.inverse[i]), slope(0, i));
  }

  Terms hessian(std::size_t i, std::size_t j) {
    Terms terms;
    const std::vector<Values>& inverse = factors_.inverse;
    const std::vector<std::vector<Values>>& curvature = factors_.curvature;
    if (i != j) {
      append(terms, product<double>(inverse[i], inverse[j]),
             derived<T>(lattice_, slope(0, i), j, scheme_));
      append_product(terms, negative(curvature[i][j]), i);
      append_product(terms, negative(curvature[j][i]), j);
      return terms;
    }
    append(terms, factors_.second[i], slope(0, i, 2));
    Terms own;
    if (!factors_.first[i].empty()) own.push_back(factors_.first[i]);
    for (std::size_t k = 0; k < rank(); ++k) {
      if (k == i) continue;
      append_product(terms, curvature[i][k], k);
      if (curvature[k][i].empty()) continue;
      own.push_back(negative(product<double>(inverse[i], curvature[k][i])));
    }
    if (!own.empty()) append(terms, sum<double>(own), slope(0, i));
    return terms;
  }

  std::vector<Values> jacobians() {
    std::vector<Values> results;
    for (std::size_t i = 0; i < rank(); ++i) {
      for (std::size_t j = 0; j < rank(); ++j) {
        results.push_back(sum_of(jacobian(i, j)));
      }
    }
    return results;
  }

  template <class F>
  std::vector<Values> each(F&& values_of) {
    std::vector<Values> results;
    for (std::size_t i = 0; i < rank(); ++i) results.push_back(values_of(i));
    return results;
  }

  template <class F>
  std::vector<Values> pairs(std::size_t apart, F&& terms_of) {
    std::vector<Values> results;
    for (std::size_t i = 0; i < rank(); ++i) {
      for (std::size_t j = i + apart; j < rank(); ++j) {
        results.push_back(sum_of(terms_of(i, j)));
      }
    }
    return results;
  }

  const Lattice& lattice_;
  const ReferenceFactors& factors_;
  Scheme scheme_;
  std::vector<Values> fields_;
  std::map<std::array<std::size_t, 3>, Values> slopes_;
};

}  // namespace gridgrad::test

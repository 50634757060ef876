// calculus_identity_test.cpp: what results of different operators have to do with each
// other
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "support/bits.hpp"
#include "support/calculus_cases.hpp"
#include "support/reference_calculus.hpp"

namespace gridgrad::test {
namespace {

constexpr int accuracy = 4;
const Scheme scheme = {.accuracy = accuracy};

// One result times a number.
struct Part {
  Calculus calculus;
  std::size_t result;
  double number;
};

// Results of the library and of the reference on one grid.
template <class T>
class Results {
 public:
  explicit Results(const CalculusCase& on)
      : on_(on), fields_(manufactured_fields<T>(on.lattice)) {
    ReferenceCalculus<T> reference(on.lattice, on.factors, scheme, exact_fields(fields_));
    for (const Calculus calculus : every_calculus) {
      found_.push_back({});
      exact_.push_back({});
      if (!on.has(calculus)) continue;
      found_.back() = computed(on, calculus, scheme, fields_);
      exact_.back() = reference.of(calculus);
    }
  }

  [[nodiscard]] const Array<T>& found(Calculus calculus, std::size_t result) const {
    return found_[static_cast<std::size_t>(calculus)].at(result);
  }

  // That a sum is 0 within what all parts may be wrong; not at poles, where scalars are
  // means and components are not.
  void expect_no_sum(const std::vector<Part>& parts) const {
    for (std::size_t q = 0; q < on_.lattice.size(); ++q) {
      const bool is_on_earth = on_.factors.is_on_earth;
      if (is_on_earth && std::abs(on_.lattice.position(q)[1]) == 90) continue;
      Digits total = 0;
      double bound = 0;
      for (const auto& [calculus, result, number] : parts) {
        total += number * Digits(found(calculus, result).data()[q]);
        const auto& exact = exact_[static_cast<std::size_t>(calculus)].at(result);
        bound += std::abs(number) * exact[q].error;
      }
      ASSERT_LE(abs(total).template convert_to<double>(), bound)
          << on_.name << ", operator " << static_cast<int>(parts[0].calculus)
          << ", sample " << q;
    }
  }

 private:
  const CalculusCase& on_;
  std::vector<Array<T>> fields_;
  std::vector<std::vector<Array<T>>> found_;  // by the number of the operator
  std::vector<std::vector<Values>> exact_;
};

// The place of i, j among results that have one for i <= j, or i < j.
std::size_t pair_of(std::size_t i, std::size_t j, std::size_t n, std::size_t apart) {
  std::size_t place = 0;
  for (std::size_t a = 0; a < i; ++a) place += n - a - apart;
  return place + j - i - apart;
}

template <class T>
void expect_traces(const Results<T>& results, std::size_t n) {
  std::vector<Part> of_hessian = {{Calculus::laplacian, 0, -1}};
  std::vector<Part> of_jacobian = {{Calculus::divergence, 0, -1}};
  std::vector<Part> of_strain = of_jacobian;
  for (std::size_t i = 0; i < n; ++i) {
    of_hessian.push_back({Calculus::hessian, pair_of(i, i, n, 0), 1});
    of_jacobian.push_back({Calculus::jacobian, i * n + i, 1});
    of_strain.push_back({Calculus::strain_rate, pair_of(i, i, n, 0), 1});
  }
  results.expect_no_sum(of_hessian);
  results.expect_no_sum(of_jacobian);
  results.expect_no_sum(of_strain);
}

// J_ij = S_ij - R_ij and J_ji = S_ij + R_ij, i < j.
template <class T>
void expect_parts_of_jacobian(const Results<T>& results, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const std::size_t symmetric = pair_of(i, j, n, 0);
      const std::size_t turning = pair_of(i, j, n, 1);
      results.expect_no_sum({{Calculus::jacobian, i * n + j, -1},
                             {Calculus::strain_rate, symmetric, 1},
                             {Calculus::rotation, turning, -1}});
      results.expect_no_sum({{Calculus::jacobian, j * n + i, -1},
                             {Calculus::strain_rate, symmetric, 1},
                             {Calculus::rotation, turning, 1}});
    }
  }
}

// Rotations of pairs 01, 02, 12 are half the components 2, -1, 0.
template <class T>
void expect_half_the_curl(const Results<T>& results, std::size_t n) {
  if (n == 2) {
    return results.expect_no_sum({{Calculus::curl, 0, 1}, {Calculus::rotation, 0, -2}});
  }
  for (std::size_t k = 0; k < 3; ++k) {
    results.expect_no_sum(
        {{Calculus::curl, 2 - k, 1}, {Calculus::rotation, k, k == 1 ? 2.0 : -2.0}});
  }
}

template <class T>
void expect_identities() {
  Random random(seed);
  for (const CalculusCase& on : calculus_cases(accuracy, random)) {
    const Results<T> results(on);
    expect_traces(results, on.lattice.rank());
    expect_parts_of_jacobian(results, on.lattice.rank());
    expect_half_the_curl(results, on.lattice.rank());
  }
}

TEST(CalculusIdentity, HoldsWithinRoundingOnEveryGrid) {
  expect_identities<float>();
  expect_identities<double>();
}

// Without curvature sums are in the same order, and halves are exact.
template <class T>
void expect_same_bits_on_planes() {
  Random random(seed);
  for (const CalculusCase& on : calculus_cases(accuracy, random)) {
    if (!on.metric.is_cartesian()) continue;
    const Results<T> results(on);
    const std::size_t n = on.lattice.rank();
    for (std::size_t q = 0; q < on.lattice.size(); ++q) {
      const auto at = [&](Calculus calculus, std::size_t result) {
        return results.found(calculus, result).data()[q];
      };
      T trace = at(Calculus::jacobian, 0);
      T laplacian = at(Calculus::hessian, 0);
      for (std::size_t i = 1; i < n; ++i) {
        trace += at(Calculus::jacobian, i * n + i);
        laplacian += at(Calculus::hessian, pair_of(i, i, n, 0));
      }
      ASSERT_PRED2(same_bits<T>, at(Calculus::divergence, 0), trace);
      ASSERT_PRED2(same_bits<T>, at(Calculus::laplacian, 0), laplacian);
      ASSERT_EQ(at(Calculus::curl, n == 2 ? 0 : 2), 2 * at(Calculus::rotation, 0));
    }
  }
}

TEST(CalculusIdentity, OfTracesAndCurlsHoldsToTheBitOnPlanes) {
  expect_same_bits_on_planes<float>();
  expect_same_bits_on_planes<double>();
}

}  // namespace
}  // namespace gridgrad::test

// calculus_accuracy_test.cpp: operators against a hundred digits, within rounding
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "support/calculus_cases.hpp"
#include "support/reference_calculus.hpp"

namespace gridgrad::test {
namespace {

// The largest error of a result, in units of its bound.
template <class T>
double largest_share(const Array<T>& result, const Values& exact) {
  double largest = 0;
  for (std::size_t q = 0; q < result.size(); ++q) {
    const double error =
        abs(Digits(result.data()[q]) - exact[q].value).template convert_to<double>();
    if (error == 0) continue;
    const double share = error / exact[q].error;
    if (!(share <= largest)) largest = share;
  }
  return largest;
}

// Bounds are not only kept: a result comes within a fiftieth of each, so that an error
// which is more than a few roundings does not go unseen.
constexpr double smallest_share = 0.02;

template <class T>
void expect_within_rounding(const CalculusCase& on, const Scheme& scheme) {
  const std::vector<Array<T>> fields = manufactured_fields<T>(on.lattice);
  ReferenceCalculus<T> reference(on.lattice, on.factors, scheme, exact_fields(fields));
  for (const Calculus calculus : every_calculus) {
    if (!on.has(calculus)) continue;
    const auto results = computed(on, calculus, scheme, fields);
    const std::vector<Values> exact = reference.of(calculus);
    ASSERT_EQ(results.size(), exact.size());
    double share = 0;
    for (std::size_t r = 0; r < results.size(); ++r) {
      share = std::max(share, largest_share(results[r], exact[r]));
    }
    SCOPED_TRACE(testing::Message()
                 << on.name << ", rank " << on.lattice.rank() << ", operator "
                 << static_cast<int>(calculus) << ", accuracy " << *scheme.accuracy);
    EXPECT_LE(share, 1);
    EXPECT_GE(share, smallest_share);
  }
}

template <class T>
void expect_within_rounding() {
  Random random(seed);
  for (const int accuracy : {2, 4, 6, 8}) {
    for (const CalculusCase& on : calculus_cases(accuracy, random)) {
      expect_within_rounding<T>(on, {.accuracy = accuracy});
    }
  }
}

TEST(CalculusAccuracy, OfFloatsLosesNoMoreThanRoundingsToTheExactRows) {
  expect_within_rounding<float>();
}

TEST(CalculusAccuracy, OfDoublesLosesNoMoreThanRoundingsToTheExactRows) {
  expect_within_rounding<double>();
}

}  // namespace
}  // namespace gridgrad::test

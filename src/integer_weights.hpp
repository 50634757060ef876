// integer_weights.hpp: exact weights on equally spaced samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <span>
#include <vector>

namespace gridgrad {

using BigInteger = boost::multiprecision::cpp_int;

// The weight of offset j is numerators[j] / denominator: lowest terms for the set as a
// whole, denominator > 0.
struct IntegerWeights {
  std::vector<BigInteger> numerators;
  BigInteger denominator;
};

// Weights of the samples at integer offsets in the m-th derivative at 0 on spacing 1,
// m = derivative: m! [x^m] of Lagrange's basis polynomials. Preconditions: offsets are
// pairwise different and more than m.
[[nodiscard]] IntegerWeights integer_weights(std::span<const int> offsets,
                                             int derivative);

}  // namespace gridgrad

// stencil.cpp: exact weights as users read them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/stencil.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "gridgrad/error.hpp"
#include "integer_weights.hpp"
#include "orders.hpp"
#include "stencil_row.hpp"
#include "wide.hpp"

namespace gridgrad {
namespace {

std::string fraction(const BigInteger& numerator, const BigInteger& denominator) {
  const BigInteger divisor = gcd(numerator, denominator);
  const BigInteger above = numerator / divisor;
  const BigInteger below = denominator / divisor;
  return below == 1 ? above.str() : above.str() + "/" + below.str();
}

void check_offsets(int derivative, std::span<const int> sorted) {
  constexpr std::size_t most = 64;
  constexpr int farthest = 1000;
  const auto refuse = [](ErrorCode code, const std::string& message) {
    throw Error(code, "offsets", message);
  };
  const auto repeated = std::ranges::adjacent_find(sorted);
  if (repeated != sorted.end()) {
    refuse(ErrorCode::bad_argument,
           std::to_string(*repeated) + " given twice; different offsets are needed");
  }
  if (sorted.size() <= static_cast<std::size_t>(derivative)) {
    refuse(ErrorCode::too_few_samples,
           std::to_string(sorted.size()) + " given; derivative " +
               std::to_string(derivative) + " needs at least " +
               std::to_string(derivative + 1));
  }
  if (sorted.size() > most) {
    refuse(ErrorCode::bad_argument,
           std::to_string(sorted.size()) + " given; at most 64 are accepted");
  }
  for (const int offset : {sorted.front(), sorted.back()}) {
    if (offset >= -farthest && offset <= farthest) continue;
    refuse(ErrorCode::bad_argument,
           std::to_string(offset) + " given; -1000 to 1000 is accepted");
  }
}

// The first moment, from degree `derivative` + 1 on, that the weights do not make 0, and
// its degree. The fraction of the error term is the moment / (degree! denominator).
struct Moment {
  int degree;
  BigInteger sum;
  BigInteger factorial;
};

Moment first_moment(std::span<const int> offsets, const IntegerWeights& exact,
                    int derivative) {
  Moment moment = {derivative, 0, 1};
  for (int k = 2; k <= derivative; ++k) moment.factorial *= k;
  while (moment.sum == 0) {
    ++moment.degree;
    moment.factorial *= moment.degree;
    for (std::size_t j = 0; j < offsets.size(); ++j) {
      moment.sum += exact.numerators[j] *
                    pow(BigInteger(offsets[j]), static_cast<unsigned>(moment.degree));
    }
  }
  return moment;
}

}  // namespace

Stencil::Stencil(int derivative, std::span<const int> offsets)
    : derivative_(derivative), offsets_(offsets.begin(), offsets.end()) {
  static_cast<void>(orders_of({.derivative = derivative}));
  std::ranges::sort(offsets_);
  check_offsets(derivative, offsets_);
  const IntegerWeights exact = integer_weights(offsets_, derivative);
  for (const BigInteger& numerator : exact.numerators) {
    weights_.push_back(rounded(Wide(numerator) / Wide(exact.denominator)).f64);
    fractions_.push_back(fraction(numerator, exact.denominator));
  }
  const Moment error = first_moment(offsets_, exact, derivative);
  accuracy_ = error.degree - derivative;
  error_constant_ = fraction(error.sum, error.factorial * exact.denominator);
}

// The weights sum to 0, so exp(i phi) - 1 = -2 sin^2(phi / 2) + i sin(phi) stands for
// exp(i phi), which keeps the digits of long waves.
std::complex<double> Stencil::modified_wavenumber(double theta) const noexcept {
  constexpr double half = 0.5;
  std::complex<double> sum;
  for (std::size_t j = 0; j < offsets_.size(); ++j) {
    const double phase = theta * offsets_[j];
    const double sine = std::sin(half * phase);
    sum += weights_[j] * std::complex<double>(-2 * sine * sine, std::sin(phase));
  }
  switch (derivative_ % 4) {
    case 1:
      return {sum.imag(), -sum.real()};
    case 2:
      return -sum;
    case 3:
      return {-sum.imag(), sum.real()};
    default:
      return sum;
  }
}

Stencil stencil(int derivative, int accuracy, Bias bias) {
  const Orders orders = orders_of(
      {.derivative = derivative, .accuracy = accuracy, .edge_order = {}, .bias = bias});
  const StencilReach reach = orders.reach();
  return Stencil(derivative,
                 contiguous_offsets(-static_cast<std::ptrdiff_t>(reach.below),
                                    static_cast<std::ptrdiff_t>(reach.above)));
}

}  // namespace gridgrad

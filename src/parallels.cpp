// parallels.cpp: factors in double-double, and in the wide type where those do not decide
//
// SPDX-License-Identifier: BSD-3-Clause

#include "parallels.hpp"

#include <algorithm>
#include <array>
#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <cstddef>
#include <utility>

#include "degrees.hpp"
#include "recent.hpp"
#include "wide.hpp"

namespace gridgrad {
namespace {

// One step of Newton's method from the root of the leading part doubles its bits.
DoubleDouble root(DoubleDouble x) {
  const double leading = std::sqrt(x.high);
  const DoubleDouble square = two_product(leading, leading);
  const double rest = ((x.high - square.high) - square.low) + x.low;
  return fast_two_sum(leading, rest / (2 * leading));
}

Wide root(const Wide& x) {
  return sqrt(x);
}

Wide wide_pi() {
  return boost::math::constants::pi<Wide>();
}

SineAndCosine<Wide> wide_sine_and_cosine(DoubleDouble degrees) {
  const Wide angle = widened(degrees) * wide_pi() / half_turn;
  return {sin(angle), cos(angle)};
}

// One power of each: semi-major axis a, 1 - e^2 = (1 - f)^2, e^2 = f (2 - f), f the
// flattening, and the degrees of a radian.
template <class Real>
struct Figure {
  Real axis;
  Real roundness;
  Real eccentricity_squared;
  Real degrees;
};

// From 1 - f = (F - 1) / F, which loses nothing where F, 1 / f, is near 1.
template <class Real>
Figure<Real> figure_of(const Spheroid& spheroid, const Real& degrees) {
  const Real one{1.0};
  const Real axis{spheroid.semi_major_axis};
  if (!spheroid.inverse_flattening) return {axis, one, Real{0.0}, degrees};
  const Real inverse{*spheroid.inverse_flattening};
  const Real ratio = (inverse - one) / inverse;
  const Real flattening = one / inverse;
  return {axis, ratio * ratio, flattening * (Real{2.0} - flattening), degrees};
}

// In the order of ParallelFactors, but squares of the inverse factors are left to a
// second step: they are exact squares of unrounded numbers.
template <class Real>
using Factors = std::array<Real, 6>;

// The equations of docs/calculus.md, "Metrics", with W^2 = 1 - e^2 sin^2 as a sum without
// cancellation. Precondition: the cosine is not 0.
template <class Real>
Factors<Real> factors(const SineAndCosine<Real>& at, const Figure<Real>& on) {
  const Real tangent = at.sine / at.cosine;
  const Real cosine_squared = at.cosine * at.cosine;
  const Real square = cosine_squared + on.roundness * at.sine * at.sine;
  const Real w = root(square);
  const Real per_latitude = on.degrees * square * w / (on.axis * on.roundness);
  const Real per_longitude = on.degrees * w / (on.axis * at.cosine);
  const Real curvature = -(tangent * w / on.axis);
  const Real bulge =
      Real{1.0} + Real{3.0} * on.eccentricity_squared * cosine_squared / on.roundness;
  const Real first = -(on.degrees * tangent * square * square * bulge /
                       (on.axis * on.axis * on.roundness));
  return {per_latitude,
          per_longitude,
          curvature,
          per_latitude * per_latitude,
          per_longitude * per_longitude,
          first};
}

// At a pole W^2 = 1 - e^2; what has the cosine in its denominator is 0.
template <class Real>
Factors<Real> pole_factors(const Figure<Real>& on) {
  const Real zero{0.0};
  const Real per_latitude = on.degrees * root(on.roundness) / on.axis;
  return {per_latitude, zero, zero, per_latitude * per_latitude, zero, zero};
}

bool is_pole(DoubleDouble latitude) {
  return std::abs(latitude.high) == right_angle && latitude.low == 0;
}

Factors<DoubleDouble> narrow_factors(DoubleDouble latitude, const Spheroid& spheroid) {
  static const DoubleDouble degrees = DoubleDouble{half_turn, 0} / pi;
  const Figure<DoubleDouble> on = figure_of(spheroid, degrees);
  return is_pole(latitude) ? pole_factors(on) : factors(sine_and_cosine(latitude), on);
}

Factors<Wide> wide_factors(DoubleDouble latitude, const Spheroid& spheroid) {
  const Figure<Wide> on = figure_of(spheroid, Wide(Wide(half_turn) / wide_pi()));
  return is_pole(latitude) ? pole_factors(on)
                           : factors(wide_sine_and_cosine(latitude), on);
}

// About 30 operations of 2^-101 on sines and cosines within 2^-98.
constexpr double relative_error = 0x1p-92;

// Where low parts of an angle this small would underflow.
constexpr double smallest_latitude = 0x1p-900;

}  // namespace

ParallelFactors parallel_factors(DoubleDouble latitude, const Spheroid& figure) {
  const Factors<DoubleDouble> narrow = narrow_factors(latitude, figure);
  const bool is_small = latitude.high != 0 && std::abs(latitude.high) < smallest_latitude;
  std::optional<Factors<Wide>> wide;
  const auto once = [&](std::size_t k) -> Rounded {
    const DoubleDouble number = narrow[k];
    Rounded result;
    if (number.high == 0 && !is_small) return result;
    const double error = std::abs(number.high) * relative_error;
    if (!is_small && round_once(number, error, result)) return result;
    if (!wide) wide = wide_factors(latitude, figure);
    return rounded((*wide)[k]);
  };
  return {once(0), once(1), once(2), once(3), once(4), once(5)};
}

namespace {

// All that the factors of some parallels depend on.
struct Key {
  std::vector<DoubleDouble> latitudes;
  Spheroid figure;

  friend bool operator==(const Key& a, const Key& b) {
    const auto are_same = [](DoubleDouble x, DoubleDouble y) {
      return x.high == y.high && x.low == y.low;
    };
    return a.figure == b.figure && std::ranges::equal(a.latitudes, b.latitudes, are_same);
  }
};

}  // namespace

std::shared_ptr<const std::vector<ParallelFactors>> parallel_factors(
    const std::vector<DoubleDouble>& latitudes, const Spheroid& figure) {
  const auto make = [&] {
    auto factors = std::make_shared<std::vector<ParallelFactors>>();
    factors->reserve(latitudes.size());
    for (const DoubleDouble latitude : latitudes) {
      factors->push_back(parallel_factors(latitude, figure));
    }
    return factors;
  };
  // Longer axes have fields that take longer.
  constexpr std::size_t most_kept = 4096;
  if (latitudes.size() > most_kept) return make();
  return Recent<Key, std::vector<ParallelFactors>>::of({latitudes, figure}, make);
}

namespace {

// Lagrange's basis polynomial of the j-th node at 0.
template <class Real>
Real basis_at_zero(std::span<const DoubleDouble> nodes, std::size_t j,
                   Real (*exactly)(DoubleDouble)) {
  Real numerator{1.0};
  Real denominator{1.0};
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    if (k == j) continue;
    const Real node = exactly(nodes[k]);
    numerator = numerator * node;
    denominator = denominator * (node - exactly(nodes[j]));
  }
  return numerator / denominator;
}

}  // namespace

std::vector<Rounded> pole_weights(std::span<const DoubleDouble> colatitudes) {
  std::vector<Rounded> weights(colatitudes.size());
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const auto narrow =
        basis_at_zero<DoubleDouble>(colatitudes, j, [](DoubleDouble x) { return x; });
    const double error = std::abs(narrow.high) * relative_error;
    if (round_once(narrow, error, weights[j])) continue;
    weights[j] = rounded(basis_at_zero<Wide>(colatitudes, j, widened));
  }
  return weights;
}

}  // namespace gridgrad

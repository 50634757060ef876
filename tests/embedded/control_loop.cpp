// control_loop.cpp: every method in every type, where there are no exceptions and no heap
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstdint>

#include "gridgrad/differentiator.hpp"

namespace {

using namespace gridgrad;

constexpr DifferentiatorOptions yaw_options = {.method = LocalPolynomial{9, 2},
                                               .period = 6.283185307179586};
static_assert(Differentiator<float>::check(yaw_options) == nullptr);

Differentiator<float> yaw(yaw_options);
Differentiator<double, std::int64_t> height({.method = Backward{8}});
Differentiator<std::uint16_t, std::int64_t> encoder({.method = Filtered{},
                                                     .period = 65536.0});

}  // namespace

float yaw_rate(double stamp, float sample) {
  return yaw.push(stamp, sample).derivative;
}
double climb(std::int64_t stamp, double sample) {
  return height.push(stamp, sample).derivative;
}
double wheel_speed(std::int64_t stamp, std::uint16_t count) {
  return encoder.push(stamp, count).derivative;
}

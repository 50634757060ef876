// examples/control_loop.cpp: a rate of turn in a loop whose stamps are not equally spaced
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <cstdint>
#include <iostream>

#include "gridgrad/differentiator.hpp"

int main() {
  // The parabola nearest to the last 5 samples, at the newest; yaw wraps at 360 degrees.
  gridgrad::Differentiator<double, std::int64_t> rate(
      {.method = gridgrad::LocalPolynomial{.window = 5, .degree = 2},
       .period = 360.0,
       .max_gap = 0.5});

  // A body that turns at 100 + 20 s degrees per second, s seconds after the start: yaw is
  // 340 + 100 s + 10 s^2. The third stamp comes twice, and after the last but one the
  // sensor is silent for a second.
  const std::int64_t millisecond = 1'000'000;
  for (const int at : {0, 100, 200, 200, 400, 500, 700, 800, 1800}) {
    const double s = at / 1000.0;
    const double yaw = std::fmod(340 + 100 * s + 10 * s * s, 360);

    const auto estimate = rate.push(at * millisecond, yaw);

    std::cout << at << " ms: ";
    switch (estimate.status) {
      case gridgrad::PushStatus::ok:
        std::cout << std::round(estimate.derivative * 1e9) / 1e9 << " deg/s\n";
        break;
      case gridgrad::PushStatus::not_ready:
        std::cout << "not ready\n";
        break;
      case gridgrad::PushStatus::ignored:
        std::cout << "ignored\n";
        break;
      case gridgrad::PushStatus::restarted:
        std::cout << "restarted\n";
        break;
      case gridgrad::PushStatus::refused:
        std::cout << "refused\n";
        break;
    }
  }
}

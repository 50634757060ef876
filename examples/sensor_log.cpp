// examples/sensor_log.cpp: the rate of change of a log with irregular time stamps
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstdint>
#include <iostream>
#include <vector>

#include "gridgrad/gradient.hpp"

int main() {
  // Nanoseconds since 1970. A double resolves them to 256 ns only; integers are
  // subtracted exactly before they become floating point.
  const std::int64_t start = 1'700'000'000'000'000'000;
  const std::vector<std::int64_t> stamps = {start, start + 500'000'000,
                                            start + 2'000'000'000, start + 3'500'000'000,
                                            start + 4'000'000'000};

  // 20 - s + s^2 / 2 degrees, s seconds after the start: the rate is s - 1.
  const std::vector<double> temperature = {20, 19.625, 20, 22.625, 24};

  const double nanoseconds_per_second = 1e9;
  const auto time = gridgrad::Axis::at(stamps).per(nanoseconds_per_second);
  const auto rate = gridgrad::derivative(temperature, {0, time}, {.edge_order = 2});
  for (const double kelvin_per_second : rate) std::cout << kelvin_per_second << " K/s\n";
}

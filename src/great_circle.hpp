// great_circle.hpp: lengths and angles of a grid of latitudes and longitudes
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace gridgrad {

// Places on a sphere, in degrees and C order; at least two along both axes.
struct Places {
  std::array<std::size_t, 2> extents;
  std::vector<double> latitudes;
  std::vector<double> longitudes;
};

// Along one of their axes, on a sphere of radius 1.
struct Lengths {
  // Half the way from one neighbour to the other by way of the sample; at the ends the
  // way to the only one. 0 where a sample lies where one of its neighbours does.
  std::vector<double> half_ways;
  // From the last sample of each line to its first.
  std::vector<double> seams;
};

// By the haversine formula in double, within 16 ulp up to a quarter of a turn.
[[nodiscard]] std::array<Lengths, 2> great_circle_lengths(const Places& places);

// The largest |cos| of the angle between the chords along the two axes, each from one
// neighbour of a sample to the other: chords to one neighbour alone are turned by half
// the way that lines bend. Of two samples along an axis there is no other.
[[nodiscard]] double largest_obliqueness(const Places& places);

}  // namespace gridgrad

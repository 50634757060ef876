// great_circle.cpp: haversines of neighbours, and chords
//
// SPDX-License-Identifier: BSD-3-Clause

#include "great_circle.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "degrees.hpp"

namespace gridgrad {
namespace {

// What both axes need of every place.
struct Prepared {
  const Places& places;
  std::vector<double> cosines;  // of latitudes
};

// Half the difference of two angles in degrees, the shorter way round.
double half_difference(double from, double to) {
  constexpr double half = 0.5;
  const DoubleDouble turned = within_half_turn(two_sum(to, -from));
  return half * turned.high;
}

// R. W. Sinnott, Virtues of the haversine, Sky and Telescope 68 (1984) 159.
double angle_between(const Prepared& at, std::size_t from, std::size_t to) {
  const auto sine = [](double degrees) { return sine_and_cosine(degrees).sine; };
  const auto& [extents, latitudes, longitudes] = at.places;
  const double north = sine(half_difference(latitudes[from], latitudes[to]));
  const double east = sine(half_difference(longitudes[from], longitudes[to]));
  const double haversine =
      north * north + at.cosines[from] * at.cosines[to] * (east * east);
  return 2 * arc_sine(std::min(1.0, std::sqrt(haversine)));
}

// The samples of a line: first + i * step.
struct Line {
  std::size_t first;
  std::size_t step;
  std::size_t count;

  [[nodiscard]] std::size_t operator[](std::size_t i) const { return first + i * step; }
};

std::vector<Line> lines_along(const Places& places, std::size_t axis) {
  const std::size_t step = axis == 0 ? places.extents[1] : 1;
  const std::size_t apart = axis == 0 ? 1 : places.extents[1];
  std::vector<Line> lines;
  for (std::size_t k = 0; k < places.extents[1 - axis]; ++k) {
    lines.push_back({k * apart, step, places.extents[axis]});
  }
  return lines;
}

void measure(const Prepared& at, const Line& line, Lengths& lengths) {
  constexpr double half = 0.5;
  double before = angle_between(at, line[0], line[1]);
  lengths.half_ways[line[0]] = before;
  for (std::size_t i = 1; i + 1 < line.count; ++i) {
    const double after = angle_between(at, line[i], line[i + 1]);
    const bool is_apart = before > 0 && after > 0;
    lengths.half_ways[line[i]] = is_apart ? half * (before + after) : 0;
    before = after;
  }
  lengths.half_ways[line[line.count - 1]] = before;
  lengths.seams.push_back(angle_between(at, line[line.count - 1], line[0]));
}

using Vector = std::array<double, 3>;

double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

std::vector<Vector> unit_vectors(const Places& places) {
  std::vector<Vector> vectors;
  vectors.reserve(places.latitudes.size());
  for (std::size_t k = 0; k < places.latitudes.size(); ++k) {
    const auto north = sine_and_cosine(places.latitudes[k]);
    const auto east = sine_and_cosine(places.longitudes[k]);
    vectors.push_back({north.cosine * east.cosine, north.cosine * east.sine, north.sine});
  }
  return vectors;
}

// The samples of a line that have neighbours on both sides; of two samples both.
struct Inside {
  std::size_t first;
  std::size_t last;
};

Inside inside(std::size_t count) {
  return count == 2 ? Inside{0, 2} : Inside{1, count - 1};
}

// From the neighbour before sample i of a line to the one after it.
Vector chord(const std::vector<Vector>& at, const Line& line, std::size_t i) {
  const Vector& from = at[line[i == 0 ? 0 : i - 1]];
  const Vector& to = at[line[i + 1 == line.count ? i : i + 1]];
  return {to[0] - from[0], to[1] - from[1], to[2] - from[2]};
}

// 0 where neighbours on both sides are at the same place, as at the fold of tripolar
// grids.
double obliqueness(const Vector& a, const Vector& b) {
  const double lengths = std::sqrt(dot(a, a)) * std::sqrt(dot(b, b));
  return lengths == 0 ? 0 : std::abs(dot(a, b)) / lengths;
}

}  // namespace

std::array<Lengths, 2> great_circle_lengths(const Places& places) {
  Prepared at = {places, {}};
  at.cosines.reserve(places.latitudes.size());
  for (const double latitude : places.latitudes) {
    at.cosines.push_back(sine_and_cosine(latitude).cosine);
  }
  std::array<Lengths, 2> lengths;
  for (std::size_t axis = 0; axis < lengths.size(); ++axis) {
    lengths[axis].half_ways.resize(places.latitudes.size());
    for (const Line& line : lines_along(places, axis)) measure(at, line, lengths[axis]);
  }
  return lengths;
}

double largest_obliqueness(const Places& places) {
  const std::vector<Vector> at = unit_vectors(places);
  const std::vector<Line> columns = lines_along(places, 0);
  const std::vector<Line> rows = lines_along(places, 1);
  double largest = 0;
  const Inside among_rows = inside(places.extents[0]);
  const Inside among_columns = inside(places.extents[1]);
  for (std::size_t i = among_rows.first; i < among_rows.last; ++i) {
    for (std::size_t j = among_columns.first; j < among_columns.last; ++j) {
      const Vector along_column = chord(at, columns[j], i);
      const Vector along_row = chord(at, rows[i], j);
      largest = std::max(largest, obliqueness(along_column, along_row));
    }
  }
  return std::min(largest, 1.0);
}

}  // namespace gridgrad

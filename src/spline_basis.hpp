// spline_basis.hpp: cubic B-splines on the samples of an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gridgrad/boundary.hpp"

namespace gridgrad {

// B-splines that are not 0 in a cell.
inline constexpr std::size_t spline_window = 4;

// What a spline is held to at an end, besides its sample: a continuous third derivative
// at the second sample, second derivative 0, first derivative 0, or to close on itself.
enum class SplineEnd : std::uint8_t { not_a_knot, natural, clamped, periodic };

struct SplineEnds {
  SplineEnd lower;
  SplineEnd upper;
};

// That of a one-sided, turned (about the end value, at the sample), symmetric (about the
// sample) or Neumann, and periodic end.
[[nodiscard]] SplineEnd spline_end(const Boundary& end);

// Throws Error: unsupported for ends that a spline cannot have.
void check_spline_end(const Boundary& end, std::size_t field_axis);

// The B-splines of a window at one place, and their first and second derivatives.
struct SplineWeights {
  std::array<double, spline_window> value;
  std::array<double, spline_window> first;
  std::array<double, spline_window> second;
};

// The B-splines whose sums are the splines through samples at increasing positions: knots
// are the samples, less the second and the last but one at not-a-knot ends, and the end
// samples four times; of a periodic spline the samples, again and again.
//
// Source: de Boor, A Practical Guide to Splines (2001), chapters 9 and 10.
class SplineBasis {
 public:
  SplineBasis(std::vector<double> positions, SplineEnds ends, double period);

  [[nodiscard]] const SplineEnds& ends() const noexcept { return ends_; }
  [[nodiscard]] std::size_t samples() const noexcept { return positions_.size(); }
  [[nodiscard]] std::size_t coefficients() const noexcept;

  // First B-spline that is not 0 in the cell above a sample; -1 of a periodic one is the
  // last.
  [[nodiscard]] std::ptrdiff_t window_start(std::ptrdiff_t cell) const noexcept;

  // At a sample that is an end of the cell.
  [[nodiscard]] SplineWeights at(std::ptrdiff_t sample,
                                 std::ptrdiff_t cell) const noexcept;

 private:
  [[nodiscard]] bool is_periodic() const noexcept {
    return ends_.lower == SplineEnd::periodic;
  }
  [[nodiscard]] double position(std::ptrdiff_t sample) const noexcept;

  // Knot k of those around a cell: 2 and 3 are its ends, or those of the cell it is one
  // with.
  [[nodiscard]] std::array<double, 6> knots(std::ptrdiff_t cell) const noexcept;

  std::vector<double> positions_;
  SplineEnds ends_;
  double period_;
};

}  // namespace gridgrad

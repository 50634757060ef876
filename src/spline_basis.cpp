// spline_basis.cpp: knots and the recurrence of B-splines
//
// SPDX-License-Identifier: BSD-3-Clause

#include "spline_basis.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "gridgrad/error.hpp"

namespace gridgrad {
namespace {

bool is_natural(const Boundary& end) {
  const auto* turned = std::get_if<Antisymmetric>(&end);
  return turned != nullptr && turned->mirror == Mirror::sample &&
         turned->level == Level::end_value;
}

bool is_clamped(const Boundary& end) {
  const auto* symmetric = std::get_if<Symmetric>(&end);
  return std::holds_alternative<Neumann>(end) ||
         (symmetric != nullptr && symmetric->mirror == Mirror::sample);
}

}  // namespace

SplineEnd spline_end(const Boundary& end) {
  if (std::holds_alternative<Periodic>(end)) return SplineEnd::periodic;
  if (is_natural(end)) return SplineEnd::natural;
  if (is_clamped(end)) return SplineEnd::clamped;
  return SplineEnd::not_a_knot;
}

void check_spline_end(const Boundary& end, std::size_t field_axis) {
  if (std::holds_alternative<OneSided>(end) || spline_end(end) != SplineEnd::not_a_knot) {
    return;
  }
  throw Error(
      ErrorCode::unsupported, "boundary",
      "an end that a spline cannot have along axis " + std::to_string(field_axis) +
          "; one-sided (not-a-knot), "
          "periodic, symmetric about the sample or Neumann (clamped), and "
          "antisymmetric about the end value at the sample (natural) are accepted");
}

SplineBasis::SplineBasis(std::vector<double> positions, SplineEnds ends, double period)
    : positions_(std::move(positions)), ends_(ends), period_(period) {}

std::size_t SplineBasis::coefficients() const noexcept {
  if (is_periodic()) return samples();
  const auto extra = [](SplineEnd end) -> std::size_t {
    return end == SplineEnd::not_a_knot ? 0 : 1;
  };
  return samples() + extra(ends_.lower) + extra(ends_.upper);
}

std::ptrdiff_t SplineBasis::window_start(std::ptrdiff_t cell) const noexcept {
  if (is_periodic()) return cell - 1;
  const auto last = static_cast<std::ptrdiff_t>(coefficients() - spline_window);
  const std::ptrdiff_t start =
      ends_.lower == SplineEnd::not_a_knot ? std::max<std::ptrdiff_t>(cell - 1, 0) : cell;
  return std::min(start, last);
}

double SplineBasis::position(std::ptrdiff_t sample) const noexcept {
  const auto extent = static_cast<std::ptrdiff_t>(samples());
  if (sample < 0) return positions_[static_cast<std::size_t>(sample + extent)] - period_;
  if (sample < extent) return positions_[static_cast<std::size_t>(sample)];
  return positions_[static_cast<std::size_t>(sample - extent)] + period_;
}

std::array<double, 6> SplineBasis::knots(std::ptrdiff_t cell) const noexcept {
  std::array<double, 6> around;
  const auto last = static_cast<std::ptrdiff_t>(samples()) - 1;
  for (std::ptrdiff_t k = 0; k < 6; ++k) {
    if (is_periodic()) {
      around[static_cast<std::size_t>(k)] = position(cell - 2 + k);
      continue;
    }
    // Knot number k of the window, counted from that of the lower end.
    const std::ptrdiff_t number = window_start(cell) + k - 2;
    const bool skips_lower = ends_.lower == SplineEnd::not_a_knot;
    const std::ptrdiff_t shift = skips_lower && number > 0 ? 1 : 0;
    const bool skips_upper = ends_.upper == SplineEnd::not_a_knot;
    std::ptrdiff_t sample = std::max<std::ptrdiff_t>(number, 0) + shift;
    if (skips_upper && sample >= last - 1) sample = last;
    around[static_cast<std::size_t>(k)] = position(std::min(sample, last));
  }
  return around;
}

SplineWeights SplineBasis::at(std::ptrdiff_t sample, std::ptrdiff_t cell) const noexcept {
  const std::array<double, 6> t = knots(cell);
  const double x = position(sample);
  // Of degree 1, 2 and 3 on the cell from t[2] to t[3].
  const double rise = (x - t[2]) / (t[3] - t[2]);
  const std::array<double, 2> line = {1 - rise, rise};
  const double below = (x - t[1]) / (t[3] - t[1]);
  const double above = (x - t[2]) / (t[4] - t[2]);
  const std::array<double, 3> parabola = {
      line[0] * (1 - below), line[0] * below + line[1] * (1 - above), line[1] * above};
  std::array<double, 3> width;
  std::array<double, 3> share;
  for (std::size_t j = 0; j < 3; ++j) {
    width[j] = t[j + 3] - t[j];
    share[j] = (x - t[j]) / width[j];
  }
  const std::array<double, 3> bend = {
      -2 * line[0] / (t[3] - t[1]),
      2 * (line[0] / (t[3] - t[1]) - line[1] / (t[4] - t[2])),
      2 * line[1] / (t[4] - t[2])};
  SplineWeights weights = {};
  for (std::size_t j = 0; j < 3; ++j) {
    weights.value[j] += parabola[j] * (1 - share[j]);
    weights.value[j + 1] += parabola[j] * share[j];
    weights.first[j] -= 3 * parabola[j] / width[j];
    weights.first[j + 1] += 3 * parabola[j] / width[j];
    weights.second[j] -= 3 * bend[j] / width[j];
    weights.second[j + 1] += 3 * bend[j] / width[j];
  }
  return weights;
}

}  // namespace gridgrad

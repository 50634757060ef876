// interpolant_sample_test.cpp: at a sample, the gradient is that of the whole field
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "gridgrad/interpolant.hpp"
#include "support/extended.hpp"
#include "support/interpolant_cases.hpp"

namespace gridgrad::test {
namespace {

// The rule of an end that puts samples beyond it; null at others.
const GhostCase* ghost_rule(const Boundary& end, const std::vector<GhostCase>& all) {
  for (const GhostCase& rule : all) {
    const bool is_same_kind = rule.boundary.index() == end.index();
    const auto* symmetric = std::get_if<Symmetric>(&end);
    if (is_same_kind && symmetric != nullptr &&
        std::get<Symmetric>(rule.boundary).mirror != symmetric->mirror) {
      continue;
    }
    if (is_same_kind) return &rule;
  }
  return nullptr;
}

// Of the row of sample i: the largest of weight times difference from that sample, with
// samples beyond the ends written out.
double largest_term(const AxisCase& axis, const std::vector<double>& line, std::size_t i,
                    int accuracy) {
  const std::size_t n = line.size();
  const auto reach = static_cast<std::size_t>(accuracy) / 2;
  std::vector<GhostCase> all = ghost_cases();
  if (const auto* periodic = std::get_if<Periodic>(&axis.rule.lower())) {
    const double length = periodic->period
                              ? *periodic->period
                              : std::abs(axis.rule.spacing()) * static_cast<double>(n);
    all[0].position = [length](const std::vector<double>& x, std::size_t k) {
      return x[x.size() - k] + (x[0] < x[1] ? -length : length);
    };
  }
  const GhostCase* lower = ghost_rule(axis.rule.lower(), all);
  const GhostCase* upper = ghost_rule(axis.rule.upper(), all);
  const bool crosses =
      (i < reach && lower != nullptr) || (i + reach >= n && upper != nullptr);
  std::vector<double> x = axis.x;
  std::vector<double> samples = line;
  SparseRows rows;
  std::size_t row = i;
  std::size_t base = i;
  if (crosses) {
    const GhostCase& below = lower != nullptr ? *lower : *upper;
    const GhostCase& above = upper != nullptr ? *upper : *lower;
    x = extended_positions(below, above, axis.x, reach);
    samples.clear();
    const auto last = static_cast<std::ptrdiff_t>(n + reach);
    for (auto v = -static_cast<std::ptrdiff_t>(reach); v < last; ++v) {
      samples.push_back(extended_sample<double>(below, above, v, n,
                                                [&](std::size_t k) { return line[k]; }));
    }
    rows = Difference(Axis::at(x).with_ends(Halo{}), x.size(), {.accuracy = accuracy})
               .rows();
    base = i + reach;
  } else {
    rows = Difference(axis.rule, n, {.accuracy = accuracy}).rows();
  }
  double largest = 0;
  for (std::size_t k = rows.starts[row]; k < rows.starts[row + 1]; ++k) {
    const double difference = samples[rows.columns[k]] - samples[base];
    largest = std::max(largest, std::abs(rows.weights[k] * difference));
  }
  return largest;
}

double ulp(double number) {
  return std::nextafter(number, std::numeric_limits<double>::infinity()) - number;
}

template <std::size_t Rank>
std::vector<double> line_of(const GridCase<Rank>& grid,
                            std::span<const std::size_t> index, std::size_t axis) {
  std::vector<double> line;
  std::vector<std::size_t> place(index.begin(), index.end());
  for (place[axis] = 0; place[axis] < grid.extents[axis]; ++place[axis]) {
    line.push_back(at(grid.field(), std::span<const std::size_t>(place)));
  }
  return line;
}

template <std::size_t Rank>
void expect_gradient_of_field(const GridCase<Rank>& grid, int accuracy) {
  const Interpolant<Rank> interpolant(grid.field(), grid.rules(), {.accuracy = accuracy});
  std::vector<Along> along;
  for (std::size_t a = 0; a < Rank; ++a) along.push_back({a, grid.axes[a].rule});
  const auto field = gradient(grid.field(), along, {.accuracy = accuracy});
  for_each_index(grid.extents, [&](std::span<const std::size_t> index) {
    std::array<double, Rank> location;
    for (std::size_t a = 0; a < Rank; ++a) location[a] = grid.axes[a].x[index[a]];
    const auto [value, slopes, status] = interpolant.value_and_gradient(location);
    ASSERT_EQ(status, Status::inside);
    ASSERT_EQ(value, at(grid.field(), index));
    for (std::size_t a = 0; a < Rank; ++a) {
      const double expected = at(view(field[a]), index);
      constexpr double ulps = 4;
      if (std::abs(slopes[a] - expected) <= ulps * ulp(std::abs(expected))) continue;
      // Sums are rounded to digits of the largest term where that is larger.
      const std::vector<double> line = line_of(grid, index, a);
      const double largest = largest_term(grid.axes[a], line, index[a], accuracy);
      ASSERT_NEAR(slopes[a], expected, ulps * ulp(largest))
          << "axis " << a << " sample " << index[a];
    }
  });
}

template <std::size_t Rank>
void expect_gradients_of_fields(std::size_t grids, Random& random) {
  const std::vector<Boundary> ends = {
      OneSided{}, Symmetric{}, Symmetric{Mirror::half_point}, Nearest{}, Neumann{}};
  for (std::size_t draw = 0; draw < grids; ++draw) {
    const int accuracy = draw % 2 == 0 ? 2 : 4;
    SCOPED_TRACE("rank " + std::to_string(Rank) + " grid " + std::to_string(draw));
    expect_gradient_of_field(random_grid<Rank>({.accuracy = accuracy}, random, ends),
                             accuracy);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(InterpolantAtASample, HasTheGradientOfTheField) {
  Random random(seed);
  expect_gradients_of_fields<1>(400, random);
  expect_gradients_of_fields<2>(400, random);
  expect_gradients_of_fields<3>(150, random);
  expect_gradients_of_fields<4>(50, random);
}

}  // namespace
}  // namespace gridgrad::test

// staggered_grid_test.cpp: the Arakawa C grid beside slow sums, and its identities
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/staggered_grid.hpp"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/slow_grid.hpp"

namespace gridgrad::test {
namespace {

// A grid, and what the slow one knows of it.
struct Case {
  StaggeredGrid grid;
  SlowGrid slow;
  std::string text;
};

struct DirectionPair {
  StaggeredAlong along;
  SlowDirection slow;
};

DirectionPair direction(std::size_t axis, std::size_t cells, Faces faces,
                        bool is_periodic, Random& random) {
  std::vector<double> positions = random_positions(cells + 1, random);
  if (axis == 1) {
    for (double& x : positions) x = -x;
  }
  StaggeredAxis cells_of = StaggeredAxis::at(positions);
  if (is_periodic) cells_of = cells_of.with_ends(Periodic());
  const bool has_first = faces == Faces::left || faces == Faces::outer;
  SlowDirection slow = {axis,        cells, has_first ? 0U : 1U, count_of(faces, cells),
                        is_periodic, {}};
  for (std::size_t i = 0; i < cells; ++i) {
    slow.places.emplace_back(positions[i]);
    slow.places.push_back((Exact(positions[i]) + Exact(positions[i + 1])) / 2);
  }
  slow.places.emplace_back(positions[cells]);
  return {{axis, cells_of, faces}, slow};
}

// Positive numbers for every component at a place, those of component 1 without the
// first axis, which broadcasts.
Components<double> random_measures(const SlowGrid& slow,
                                   const std::vector<std::vector<bool>>& places,
                                   Random& random) {
  std::uniform_real_distribution<double> uniform(0.5, 2);
  Components<double> measures;
  for (const std::vector<bool>& place : places) {
    Values<double> one = {slow.shape(place), {}};
    if (measures.size() == 1) one.extents[0] = 1;
    for (std::size_t k = 0; k < product(one.extents); ++k) {
      one.numbers.push_back(uniform(random));
    }
    measures.push_back(one);
  }
  return measures;
}

StaggeredMeasures::Views views(const Components<double>& measures) {
  StaggeredMeasures::Views views;
  for (const Values<double>& one : measures) {
    views.push_back(
        StridedView<const double>::contiguous(one.numbers.data(), one.extents));
  }
  return views;
}

void measure(Case& of, Random& random) {
  SlowGrid& slow = of.slow;
  std::vector<std::vector<bool>> faces;
  std::vector<std::vector<bool>> edges;
  for (std::size_t d = 0; d < slow.directions.size(); ++d) {
    faces.push_back(slow.on_faces(d));
    if (d == 0 || !slow.is_plane()) edges.push_back(slow.on_edges(d));
  }
  const std::vector<bool> centres(slow.directions.size(), false);
  SlowMeasures measures;
  measures.distances = random_measures(slow, faces, random);
  measures.face_areas = random_measures(slow, faces, random);
  measures.volumes = random_measures(slow, {centres}, random);
  measures.edge_lengths = random_measures(slow, edges, random);
  measures.dual_areas = random_measures(slow, edges, random);
  slow.measures = measures;
  of.grid = of.grid.with_measures({views(measures.distances), views(measures.face_areas),
                                   views(measures.volumes), views(measures.edge_lengths),
                                   views(measures.dual_areas)});
}

Case case_of(const std::vector<DirectionPair>& pairs, std::size_t rank) {
  std::vector<StaggeredAlong> directions;
  SlowGrid slow;
  slow.centres.assign(rank, 2);
  std::string text;
  for (const auto& [along, of_slow] : pairs) {
    directions.push_back(along);
    slow.directions.push_back(of_slow);
    slow.centres[along.axis] = of_slow.cells;
    text += "axis " + std::to_string(along.axis) + " faces " +
            std::to_string(static_cast<int>(along.faces)) +
            (of_slow.is_periodic ? " periodic, " : ", ");
  }
  return {StaggeredGrid(directions), slow, text};
}

// Planes and spaces whose directions lie along the axes in any order, with an axis that
// is none of theirs, all faces and both kinds of ends, Cartesian and with measures.
std::vector<Case> all_cases(Random& random) {
  struct Ends {
    Faces faces;
    bool is_periodic;
  };
  const std::vector<Ends> all = {{Faces::left, true},   {Faces::right, true},
                                 {Faces::inner, false}, {Faces::outer, false},
                                 {Faces::left, false},  {Faces::right, false}};
  std::vector<Case> cases;
  for (const Ends& x : all) {
    for (const Ends& y : all) {
      const DirectionPair in_x = direction(2, 5, x.faces, x.is_periodic, random);
      const DirectionPair in_y = direction(1, 4, y.faces, y.is_periodic, random);
      cases.push_back(case_of({in_x, in_y}, 3));
      cases.push_back(case_of({direction(0, 6, x.faces, x.is_periodic, random),
                               direction(1, 2, y.faces, y.is_periodic, random)},
                              2));
      const Ends& z = all[cases.size() % all.size()];
      cases.push_back(
          case_of({in_x, in_y, direction(0, 3, z.faces, z.is_periodic, random)}, 3));
    }
  }
  const std::size_t count = cases.size();
  for (std::size_t k = 0; k < count; ++k) {
    cases.push_back(cases[k]);
    cases.back().text += "measures";
    measure(cases.back(), random);
  }
  return cases;
}

template <class T>
Values<T> random_values(const std::vector<std::size_t>& extents, Random& random) {
  return {extents, random_samples<T>(product(extents), random)};
}
template <class T>
Values<T> at_centres(const Case& of, Random& random) {
  return random_values<T>(of.slow.centres, random);
}
template <class T>
Components<T> at(Place place, const Case& of, Random& random) {
  Components<T> components;
  for (std::size_t d = 0; d < of.grid.components(place); ++d) {
    components.push_back(
        random_values<T>(of.grid.shape(of.slow.centres, place, d), random));
  }
  return components;
}

// NaN in one of so many values.
template <class T>
void punch_holes(Values<T>& values, std::size_t one_of, Random& random) {
  for (T& number : values.numbers) {
    if (random() % one_of == 0) number = std::numeric_limits<T>::quiet_NaN();
  }
}

template <class T>
StridedView<const T> view_of(const Values<T>& values) {
  return StridedView<const T>::contiguous(values.numbers.data(), values.extents);
}
template <class T>
std::vector<StridedView<const T>> views_of(const Components<T>& components) {
  std::vector<StridedView<const T>> views;
  for (const Values<T>& values : components) views.push_back(view_of(values));
  return views;
}
template <class T>
Values<T> values_of(const Array<T>& array) {
  return {{array.extents().begin(), array.extents().end()},
          {array.data(), array.data() + array.size()}};
}

template <class T>
void expect_same(const Array<T>& result, const Values<T>& slow, const Case& of) {
  const Values<T> fast = values_of(result);
  ASSERT_EQ(fast.extents, slow.extents) << of.text;
  for (std::size_t k = 0; k < fast.numbers.size(); ++k) {
    ASSERT_TRUE(same_bits(fast.numbers[k], slow.numbers[k]))
        << of.text << " place " << k << ": " << fast.numbers[k] << " instead of "
        << slow.numbers[k];
  }
}
template <class T>
void expect_same(const std::vector<Array<T>>& results, const Components<T>& slow,
                 const Case& of) {
  ASSERT_EQ(results.size(), slow.size());
  for (std::size_t c = 0; c < slow.size(); ++c) expect_same(results[c], slow[c], of);
}

// Every finite result is 0 to rounding, and some are finite.
template <class T>
void expect_zero(const Array<T>& result, const Values<T>& magnitude, const Case& of) {
  const Values<T> values = values_of(result);
  std::size_t finite = 0;
  for (std::size_t k = 0; k < values.numbers.size(); ++k) {
    if (std::isnan(values.numbers[k])) continue;
    ++finite;
    ASSERT_LE(std::abs(values.numbers[k]), identity_bound<T>(magnitude.numbers[k]))
        << of.text;
  }
  EXPECT_GT(finite, 0U) << of.text;
}

template <class T>
class StaggeredGridTest : public testing::Test {};
using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(StaggeredGridTest, Types);

TYPED_TEST(StaggeredGridTest, OperatorsHaveTheBitsOfSlowSums) {
  using T = TypeParam;
  Random random(seed);
  for (const Case& of : all_cases(random)) {
    const Values<T> f = at_centres<T>(of, random);
    const Components<T> u = at<T>(Place::faces, of, random);
    const Components<T> c = at<T>(Place::edges, of, random);

    expect_same(of.grid.gradient(view_of(f)), of.slow.gradient(f), of);
    expect_same(of.grid.divergence(views_of(u)), of.slow.divergence(u), of);
    expect_same(of.grid.curl_to_edges(views_of(u)), of.slow.curl_to_edges(u), of);
    expect_same(of.grid.curl_to_faces(views_of(c)), of.slow.curl_to_faces(c), of);
    if (this->HasFatalFailure()) return;
  }
}

TYPED_TEST(StaggeredGridTest, CurlOfAGradientVanishesToRounding) {
  using T = TypeParam;
  Random random(seed);
  for (const Case& of : all_cases(random)) {
    SlowGrid positive = of.slow;
    positive.signs = Signs::positive;
    for (const std::size_t one_of : {1'000'000, 15}) {
      Values<T> f = at_centres<T>(of, random);
      punch_holes(f, one_of, random);

      const auto curl = of.grid.curl_to_edges(of.grid.gradient(view_of(f)));

      const Components<T> magnitude = positive.curl_to_edges(positive.gradient(f));
      for (std::size_t c = 0; c < curl.size(); ++c) {
        expect_zero(curl[c], magnitude[c], of);
      }
      if (this->HasFatalFailure()) return;
    }
  }
}

TYPED_TEST(StaggeredGridTest, DivergenceOfACurlVanishesToRounding) {
  using T = TypeParam;
  Random random(seed);
  for (const Case& of : all_cases(random)) {
    SlowGrid positive = of.slow;
    positive.signs = Signs::positive;
    for (const std::size_t one_of : {1'000'000, 15}) {
      Components<T> c = at<T>(Place::edges, of, random);
      for (Values<T>& values : c) punch_holes(values, one_of, random);

      const auto divergence = of.grid.divergence(of.grid.curl_to_faces(views_of(c)));

      expect_zero(divergence, positive.divergence(positive.curl_to_faces(c)), of);
      if (this->HasFatalFailure()) return;
    }
  }
}

// Where a hole is not read, nothing changes.
TEST(StaggeredGridHoles, SpreadToWhatReadsThemAndNoFurther) {
  Random random(seed);
  for (const Case& of : all_cases(random)) {
    const Components<double> whole = at<double>(Place::faces, of, random);
    Components<double> holed = whole;
    for (Values<double>& values : holed) punch_holes(values, 10, random);

    const auto with = values_of(of.grid.divergence(views_of(holed)));
    const auto without = values_of(of.grid.divergence(views_of(whole)));

    for (std::size_t k = 0; k < with.numbers.size(); ++k) {
      EXPECT_TRUE(std::isnan(with.numbers[k]) || with.numbers[k] == without.numbers[k]);
    }
  }
}

TEST(StaggeredGridThreads, DoNotChangeBits) {
  Random random(seed);
  const Case of = case_of({direction(2, 31, Faces::outer, false, random),
                           direction(1, 17, Faces::left, true, random),
                           direction(0, 9, Faces::inner, false, random)},
                          3);
  const Components<double> u = at<double>(Place::faces, of, random);
  const auto fields = views_of(u);
  const std::vector<AnyField> all(fields.begin(), fields.end());
  const Array<double> one = of.grid.divergence(fields);
  Array<double> three{std::span<const std::size_t>(of.slow.centres)};

  of.grid.divergence_into(all, view(three), {3});

  EXPECT_EQ(values_of(one).numbers, values_of(three).numbers);
}

TEST(StaggeredGridSigns, AreThoseOfTheRightHand) {
  // x, y of fields f[y][x]: solid rotation, u = -y at the x-faces, v = x at the y-faces.
  const StaggeredGrid grid({{1, StaggeredAxis::spaced(3, 1), Faces::outer},
                            {0, StaggeredAxis::spaced(3, 1), Faces::outer}});
  const Array<double> u(
      {3, 4}, {0.5, 0.5, 0.5, 0.5, -0.5, -0.5, -0.5, -0.5, -1.5, -1.5, -1.5, -1.5});
  const Array<double> v({4, 3}, {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2});

  const auto curl = grid.curl_to_edges(std::vector{view(u), view(v)});

  ASSERT_EQ(curl.size(), 1U);
  EXPECT_EQ(curl[0](1, 1), 2);
  EXPECT_EQ(curl[0](2, 2), 2);
  EXPECT_EQ(grid.divergence(std::vector{view(u), view(v)})(0, 0), 0);
}

TEST(StaggeredGridWalls, HaveNoFlowAndNoGradient) {
  const StaggeredGrid inner({{0, StaggeredAxis::spaced(2, 1), Faces::inner},
                             {1, StaggeredAxis::spaced(2, 1), Faces::inner}});
  const StaggeredGrid outer({{0, StaggeredAxis::spaced(2, 1), Faces::outer},
                             {1, StaggeredAxis::spaced(2, 1), Faces::outer}});
  const Array<double> f({2, 2}, {1, 2, 4, 8});

  const auto g_inner = inner.gradient(f);
  const auto g_outer = outer.gradient(f);

  EXPECT_EQ(values_of(g_inner[0]).numbers, (std::vector<double>{3, 6}));
  EXPECT_EQ(values_of(g_outer[0]).numbers, (std::vector<double>{0, 0, 3, 6, 0, 0}));
  EXPECT_EQ(values_of(inner.divergence(g_inner)).numbers,
            values_of(outer.divergence(g_outer)).numbers);
}

}  // namespace
}  // namespace gridgrad::test

// staggered_grid_refusals_test.cpp: what a staggered grid refuses, before it writes
//
// SPDX-License-Identifier: BSD-3-Clause

#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/staggered_grid.hpp"
#include "support/errors.hpp"

namespace gridgrad::test {
namespace {

TEST(StaggeredGridRefusals, NameTheArgumentAndWhatIsAccepted) {
  const StaggeredAxis cells = StaggeredAxis::spaced(3, 1);
  const StaggeredAlong x = {1, cells, Faces::inner};
  const StaggeredAlong y = {0, cells, Faces::inner};
  EXPECT_ERROR(StaggeredGrid({x}), bad_argument,
               "directions: 1 given; 2 or 3 are needed");
  EXPECT_ERROR(StaggeredGrid({x, x}), bad_axis,
               "axis: 1 given twice; each direction has an axis of its own");
  EXPECT_ERROR(
      StaggeredGrid({x, {0, cells.with_ends(Periodic()), Faces::inner}}), bad_argument,
      "faces: inner or outer given for a periodic axis; left or right is needed");
  EXPECT_ERROR(StaggeredGrid({x, {0, cells.with_ends(Constant()), Faces::inner}}),
               bad_argument,
               "boundary: a constant given; directions of a grid are periodic or closed "
               "by walls");
  const StaggeredGrid grid({x, y});
  const std::vector<std::size_t> square = {3, 3};
  const std::vector<std::size_t> line = {3};
  EXPECT_ERROR(static_cast<void>(grid.shape(line, Place::faces, 0)), bad_shape,
               "field: rank 1 given; the grid lies along axis 1, axes count from 0");
  EXPECT_ERROR(static_cast<void>(grid.shape(square, Place::edges, 1)), bad_argument,
               "direction: 1 given; less than 1 is needed");
}

TEST(StaggeredGridRefusals, OfArraysNameTheArray) {
  const StaggeredAxis cells = StaggeredAxis::spaced(3, 1);
  const StaggeredGrid grid({{1, cells, Faces::inner}, {0, cells, Faces::inner}});
  const std::vector<std::size_t> square = {3, 3};
  const std::vector<std::size_t> narrow = {3, 2};
  const Array<double> f{std::span<const std::size_t>(square)};
  Array<double> u{std::span<const std::size_t>(narrow)};
  Array<float> single{std::span<const std::size_t>(narrow)};
  const auto out = view(u);
  const auto narrow_out = view(single);
  const std::vector<AnyOutput> one = {out};
  const std::vector<AnyOutput> twice = {out, out};
  const std::vector<AnyOutput> mixed = {narrow_out, out};
  const auto field = view(f);
  EXPECT_ERROR(grid.gradient_into(field, one), bad_shape,
               "faces: 1 component given; 2 are needed");
  EXPECT_ERROR(
      grid.gradient_into(field, mixed), bad_type,
      "faces[0]: float32 given; float32 or float64, all arrays alike, is needed");
  EXPECT_ERROR(grid.gradient_into(field, twice), bad_shape,
               "faces[1]: shape (3, 2) given; (2, 3) is needed");
  EXPECT_ERROR(static_cast<void>(grid.gradient(u)), bad_shape,
               "centres: shape (3, 2) given; (3, 3) is needed");
  const StaggeredGrid measured = grid.with_measures({});
  EXPECT_ERROR(static_cast<void>(measured.gradient(f)), bad_argument,
               "distances: not given; this operator needs them");
  const std::vector<double> wrong = {1, 2, 3, 4, 5};
  StaggeredMeasures measures;
  measures.distances = {view(wrong)};
  EXPECT_ERROR(static_cast<void>(grid.with_measures(measures)), bad_shape,
               "distances: 1 array given; 2 or none are needed");
  measures.distances = {view(wrong), view(wrong)};
  EXPECT_ERROR(static_cast<void>(grid.with_measures(measures).gradient(f)), bad_shape,
               "distances: shape (5) given; one that broadcasts to (3, 2) is needed");
}

TEST(StaggeredGridRefusals, OfMemoryThatIsSharedAndOfMarks) {
  const StaggeredAxis cells = StaggeredAxis::spaced(3, 1).with_ends(Periodic());
  const StaggeredGrid grid({{1, cells, Faces::left}, {0, cells, Faces::left}});
  Array<double> f({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  Array<double> u({3, 3}, {0, 0, 0, 0, 0, 0, 0, 0, 0});
  const auto field = view(f);
  const auto out = view(u);
  const std::vector<AnyOutput> twice = {out, out};
  const std::vector<AnyOutput> itself = {out, field};
  const MarkedView<double> marked(field, 5.0);
  EXPECT_ERROR(grid.gradient_into(field, twice), bad_argument,
               "faces[1]: overlaps another result; memory of its own is needed");
  EXPECT_ERROR(grid.gradient_into(field, itself), bad_argument,
               "faces[1]: overlaps a field; memory of its own is needed");
  EXPECT_ERROR(grid.gradient_into(marked, twice), bad_argument,
               "centres: marks of missing samples given; holes are NaN here");
  EXPECT_EQ(u(0, 0), 0);
}

}  // namespace
}  // namespace gridgrad::test

// gradient_test.cpp: gradients of containers against the worked examples and each other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "support/bits.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

template <class T>
std::string text(const Array<T>& array) {
  std::ostringstream stream;
  stream << array;
  return stream.str();
}

template <class T>
void expect_same_bits(const Array<T>& a, const Array<T>& b) {
  ASSERT_TRUE(std::ranges::equal(a.extents(), b.extents()));
  for_each_index(a.extents(), [&](std::span<const std::size_t> index) {
    EXPECT_TRUE(same_bits(at(view(a), index), at(view(b), index)));
  });
}

const std::vector<double> positions = {-2, 1, -3, 4, 5};

Array<double> squares() {
  return evaluate([](double t) { return t * t + 5; }, positions);
}

TEST(Gradient, OfSquaresByIndexIsTheWorkedExample) {
  EXPECT_EQ(text(squares()), "[9, 6, 14, 21, 30]");
  EXPECT_EQ(text(gradient(squares())[0]), "[-3, 2.5, 7.5, 8, 9]");
}

TEST(Gradient, OfSquaresAtTheirPositionsIsTwiceThePosition) {
  const auto [d_t] = gradient(squares(), {Axis::at(positions)}, {.edge_order = 2});

  EXPECT_EQ(text(d_t), "[-4, 2, -6, 8, 10]");
}

TEST(Gradient, OfCubesIsTheWorkedExampleAlongBothAxes) {
  const Array<double> t({3, 3}, {-1, 3, -5, -4, 5, 2, -2, 3, 4});

  const auto components = gradient(evaluate([](double x) { return x * x * x; }, t));

  EXPECT_EQ(text(components[0]), "[[-63, 98, 133], [-3.5, 0, 94.5], [56, -98, 56]]");
  EXPECT_EQ(text(components[1]), "[[28, -62, -152], [189, 36, -117], [35, 36, 37]]");
}

TEST(Gradient, GivesBackTheContainerItWasGiven) {
  const std::vector<float> line = {1, 4, 9};
  const std::array<double, 3> fixed = {1, 4, 9};

  const std::vector<std::vector<float>> from_vector = gradient(line);
  const std::vector<std::array<double, 3>> from_array = gradient(fixed);
  const std::vector<Array<double>> from_span = gradient(std::span<const double>(fixed));

  EXPECT_EQ(from_vector[0], (std::vector<float>{3, 4, 5}));
  EXPECT_EQ(from_array[0], (std::array<double, 3>{3, 4, 5}));
  EXPECT_EQ(text(from_span[0]), "[3, 4, 5]");
}

TEST(Gradient, ComesInTheOrderTheAxesAreAskedFor) {
  const Array<double> field({2, 3}, {1, 2, 4, 1, 3, 9});

  const auto [d_1, d_0] = gradient(field, {{1}, {0}});

  EXPECT_EQ(text(d_0), "[[0, 1, 5], [0, 1, 5]]");
  EXPECT_EQ(text(d_1), "[[1, 1.5, 2], [2, 4, 6]]");
}

TEST(Gradient, TakesOneRulePerAxis) {
  const Array<double> field({2, 3}, {1, 2, 4, 1, 3, 9});

  const auto [d_0, d_1] =
      gradient(field, {Axis::spaced(0.5), Axis::at(std::vector{0.0, 1.0, 3.0})});

  EXPECT_EQ(text(d_0), "[[0, 2, 10], [0, 2, 10]]");
  EXPECT_EQ(text(d_1), "[[1, 1, 1], [2, 2.3333333, 3]]");
}

TEST(Gradient, OfRankZeroHasNoComponents) {
  const double sample = 7;
  const StridedView<const double> scalar(&sample, {}, {});

  EXPECT_TRUE(gradient(scalar).empty());
}

TEST(Gradient, OfNoSamplesIsEmptyAlongTheOtherAxis) {
  const Array<double> empty({0, 3}, std::initializer_list<double>{});

  const auto [d_1] = gradient(empty, {{1}});

  EXPECT_EQ(d_1.size(), 0U);
}

TEST(Gradient, KeepsTheMemoryOrderOfTheField) {
  StridedField<double> storage({4, 5, 6}, {2, 0, 1}, 1, {false, false, false});

  const StridedView<double> field = storage.view();

  const auto components = gradient(field);

  for (const Array<double>& component : components) {
    EXPECT_TRUE(std::ranges::equal(component.strides(), field.strides()));
  }
}

TEST(Gradient, OfPermutedAxesIsThePermutedGradient) {
  Random random(seed);
  StridedField<double> storage({4, 5}, {0, 1}, 1, {false, false});
  storage.samples() = random_samples<double>(20, random);
  const StridedView<double> field = storage.view();
  const std::array<std::size_t, 2> extents = {5, 4};
  const std::array<std::ptrdiff_t, 2> strides = {1, 5};
  const StridedView<double> turned(field.data(), extents, strides);

  const auto straight = gradient(field);
  const auto permuted = gradient(turned);

  for_each_index(field.extents(), [&](std::span<const std::size_t> index) {
    EXPECT_EQ(straight[0](index[0], index[1]), permuted[1](index[1], index[0]));
    EXPECT_EQ(straight[1](index[0], index[1]), permuted[0](index[1], index[0]));
  });
}

TEST(Gradient, OfAReversedAxisHasTheOtherSign) {
  Random random(seed);
  std::vector<double> field = random_samples<double>(50, random);
  const std::vector<double> forward = derivative(field, {0}, {.edge_order = 2});

  std::ranges::reverse(field);
  std::vector<double> backward = derivative(field, {0}, {.edge_order = 2});

  std::ranges::reverse(backward);
  for (std::size_t i = 0; i < field.size(); ++i) EXPECT_EQ(backward[i], -forward[i]);
}

TEST(Gradient, ScalesWithTheAxisExactlyByPowersOfTwo) {
  Random random(seed);
  const std::vector<double> field = random_samples<double>(50, random);

  const std::vector<double> once = derivative(field, {0, Axis::spaced(0.1)});
  const std::vector<double> eighth = derivative(field, {0, Axis::spaced(0.8)});

  for (std::size_t i = 0; i < field.size(); ++i) EXPECT_EQ(once[i], 8 * eighth[i]);
}

TEST(Gradient, DoesNotSeeTheOriginOfIntegerPositions) {
  const std::vector<std::int64_t> near = {0, 1, 3, 7};
  std::vector<std::int64_t> far = near;
  for (std::int64_t& stamp : far) stamp += 1'700'000'000'000'000'000;
  const std::vector<double> field = {0.5, 2, -1, 8};

  EXPECT_EQ(derivative(field, {0, Axis::at(near)}),
            derivative(field, {0, Axis::at(far)}));
}

TEST(Gradient, WritesMembersOfTheRecordsItReads) {
  struct Record {
    double value;
    double slope;
  };
  std::vector<Record> records = {{1, 0}, {4, 0}, {9, 0}};
  const std::array<std::size_t, 1> extents = {3};
  const std::array<std::ptrdiff_t, 1> strides = {2};
  const StridedView<const double> values(&records[0].value, extents, strides);
  const StridedView<double> slopes(&records[0].slope, extents, strides);

  gradient_into(values, {{0}}, {slopes});

  EXPECT_EQ(records[0].slope, 3);
  EXPECT_EQ(records[1].slope, 4);
  EXPECT_EQ(records[2].slope, 5);
  EXPECT_EQ(records[1].value, 4);
}

TEST(Gradient, SpreadsNotANumberToTheStencilsThatReadIt) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> field = {1, 2, nan, 4, 5, 6};

  const std::vector<double> slope = derivative(field, {0});

  EXPECT_EQ(slope[0], 1);
  EXPECT_TRUE(std::isnan(slope[1]));
  EXPECT_EQ(slope[2], 1);
  EXPECT_TRUE(std::isnan(slope[3]));
  EXPECT_EQ(slope[4], 1);
}

TEST(Gradient, RefusesAnAxisTheFieldDoesNotHave) {
  const std::vector<double> field = {1, 2, 3};

  EXPECT_ERROR(static_cast<void>(derivative(field, {1})), bad_axis,
               "axis: 1 given; the field has rank 1, axes count from 0");
}

TEST(Gradient, RefusesAnAxisTwice) {
  const Array<double> field({2, 2}, {1, 2, 3, 4});

  EXPECT_ERROR(static_cast<void>(gradient(field, {{1}, {1}})), bad_axis,
               "axis: 1 given twice; each axis may be asked for once");
}

TEST(Gradient, RefusesRulesThatAreNotOnePerAxis) {
  const Array<double> field({2, 2}, {1, 2, 3, 4});

  EXPECT_ERROR(static_cast<void>(gradient(field, {Axis(), Axis(), Axis()})), bad_shape,
               "axes: 3 rules given for a field of rank 2; one per axis is needed");
}

TEST(Gradient, RefusesTooFewSamples) {
  const std::vector<double> field = {1, 2};

  EXPECT_ERROR(static_cast<void>(derivative(field, {0}, {.edge_order = 2})),
               too_few_samples, "field: 2 samples along axis 0; at least 3 are needed");
}

TEST(Gradient, RefusesASchemeOutOfRange) {
  const std::vector<double> field = {1, 2, 3, 4};
  const auto of = [&](const Scheme& scheme) {
    static_cast<void>(derivative(field, {0}, scheme));
  };

  EXPECT_ERROR(of({.edge_order = 0}), bad_argument,
               "edge_order: 0 given; 1 to 20 is needed");
  EXPECT_ERROR(of({.derivative = 7}), bad_argument,
               "derivative: 7 given; 1 to 6 is needed");
  EXPECT_ERROR(of({.accuracy = 22}), bad_argument,
               "accuracy: 22 given; 1 to 20 is needed");
  EXPECT_ERROR(of({.accuracy = 3}), bad_argument,
               "accuracy: 3 given; central differences need an even number from 2 to 20");
}

TEST(Gradient, RefusesAResultOfAnotherShape) {
  const std::vector<double> field = {1, 2, 3, 4};
  std::vector<double> out(3);

  EXPECT_ERROR(gradient_into(field, {{0}}, {view(out)}), bad_shape,
               "out: shape (3) given; (4) is needed");
}

TEST(Gradient, RefusesAResultOfAnotherType) {
  const std::vector<double> field = {1, 2, 3, 4};
  std::vector<float> out(4);
  const Along along = {0};
  const StridedView<float> out_view = view(out);
  const AnyOutput erased(out_view);

  EXPECT_ERROR(gradient_into(view(field), {&along, 1}, {&erased, 1}), bad_type,
               "out: float32 given; the derivative of float64 is float64");
}

TEST(Gradient, RefusesToWriteOverTheField) {
  std::vector<double> field = {1, 2, 3, 4};

  EXPECT_ERROR(gradient_into(field, {{0}}, {view(field)}), bad_argument,
               "out: overlaps the field; memory of its own is needed");
}

TEST(Gradient, RefusesResultsThatShareMemory) {
  const Array<double> field({2, 2}, {1, 2, 3, 4});
  Array<double> out({2, 2}, {0, 0, 0, 0});

  EXPECT_ERROR(gradient_into(field, {{0}, {1}}, {view(out), view(out)}), bad_argument,
               "out[1]: overlaps another result; memory of its own is needed");
}

TEST(Gradient, RefusesScalesThatTheTypeCannotHold) {
  const std::vector<float> field = {1, 2, 3, 4};

  EXPECT_ERROR(static_cast<void>(derivative(field, {0, Axis::spaced(1e300)})),
               bad_argument,
               "spacing: the weights are not normal numbers in float32; coordinates in "
               "another unit are needed");
}

TEST(Array, OfReleasedMemoryIsEmpty) {
  Array<double> array({2}, {1, 2});

  const auto memory = array.release();

  EXPECT_EQ(memory[1], 2);
  EXPECT_EQ(array.size(), 0U);
}

TEST(Array, RefusesValuesThatDoNotFillTheShape) {
  EXPECT_ERROR(Array<double>({2, 2}, {1, 2, 3}), bad_shape,
               "values: as many values as the shape has samples are needed");
}

// What multiprocessing and servers do: the threads of the parent are not in the child.
TEST(Threads, AreNotMissedAfterFork) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer starts no threads after a fork";
#endif
  const Array<double> field =
      evaluate([](double x) { return x * x; },
               Array<double>({400, 300}, std::vector<double>(120000, 3)));
  const Execution threads = {.threads = 3};
  const Array<double> expected = derivative(field, {0}, {}, threads);

  const pid_t child = ::fork();
  if (child == 0) {
    const Array<double> result = derivative(field, {0}, {}, threads);
    ::_exit(std::equal(result.data(), result.data() + result.size(), expected.data())
                ? 0
                : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);

  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace gridgrad::test

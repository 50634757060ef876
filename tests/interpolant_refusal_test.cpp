// interpolant_refusal_test.cpp: what an interpolant refuses, and in which words
//
// SPDX-License-Identifier: BSD-3-Clause

#include <complex>
#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "gridgrad/masked.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using Samples = std::vector<double>;

constexpr InterpolantOptions linear = {.interpolation = Interpolation::linear};
constexpr InterpolantOptions spline = {.interpolation = Interpolation::spline};

StridedView<const double> table(const Samples& samples, std::size_t rows,
                                std::size_t columns) {
  return StridedView<const double>::contiguous(samples.data(), {rows, columns});
}

TEST(InterpolantRefusal, OfTooFewSamplesNamesTheAxisAndTheWindow) {
  const Samples samples(12, 1);

  EXPECT_ERROR((Interpolant<2>(table(samples, 4, 3), {Axis(), Axis()})), too_few_samples,
               "field: 3 samples along axis 1; at least 4 are needed");
  EXPECT_ERROR((Interpolant<1>(Samples(5, 1), {Axis()}, {.accuracy = 4})),
               too_few_samples, "field: 5 samples along axis 0; at least 6 are needed");
  EXPECT_ERROR((Interpolant<1>(Samples(1, 1), {Axis()}, linear)), too_few_samples,
               "field: 1 sample along axis 0; at least 2 are needed");
  EXPECT_ERROR((Interpolant<1>(Samples(3, 1), {Axis()}, spline)), too_few_samples,
               "field: 3 samples along axis 0; at least 4 are needed");
}

TEST(InterpolantRefusal, OfCoordinatesThatLeaveALocationInDoubt) {
  const Samples samples(5, 1);
  const Axis unsorted = Axis::at(Samples{0, 1, 3, 2, 4});
  const Axis repeated = Axis::at(Samples{0, 1, 1, 2, 4});

  EXPECT_ERROR(
      (Interpolant<1>(samples, {unsorted})), bad_argument,
      "coordinates: positions 2 and 3 along axis 0 are 3 and 2; increasing or decreasing "
      "positions are needed to find a location");
  EXPECT_ERROR(
      (Interpolant<1>(samples, {repeated})), bad_argument,
      "coordinates: positions 1 and 2 along axis 0 are 1 and 1; increasing or decreasing "
      "positions are needed to find a location");
  EXPECT_ERROR((Interpolant<1>(samples, {Axis::at(Samples{0, 1, 2})})), bad_shape,
               "coordinates: 3 positions given for 5 samples along axis 0; one per "
               "sample is needed");
}

// What a scheme of slopes would not mind: rows do not meet in these samples.
TEST(InterpolantRefusal, OfCoordinatesThatRepeatFarApart) {
  const Samples samples(9, 1);
  const Axis folded = Axis::at(Samples{0, 1, 2, 3, 4, 3.5, 2.5, 1.5, 0});

  for (const InterpolantOptions& options : {linear, InterpolantOptions{}, spline}) {
    EXPECT_ERROR(
        (Interpolant<1>(samples, {folded}, options)), bad_argument,
        "coordinates: positions 4 and 5 along axis 0 are 4 and 3.5; increasing or "
        "decreasing positions are needed to find a location");
  }
}

TEST(InterpolantRefusal, OfAnAccuracyThatSlopesDoNotHave) {
  const Samples samples(9, 1);
  for (const int accuracy : {3, 0, -2, 6}) {
    const std::string message =
        "accuracy: " + std::to_string(accuracy) + " given; 2 or 4 is accepted";
    EXPECT_ERROR((Interpolant<1>(samples, {Axis()}, {.accuracy = accuracy})),
                 bad_argument, message.c_str());
  }
}

TEST(InterpolantRefusal, OfCellsWhoseWeightsAreNoNumbers) {
  const Samples samples(6, 1);
  for (const InterpolantOptions& options : {linear, InterpolantOptions{}, spline}) {
    EXPECT_ERROR((Interpolant<1>(samples, {Axis::spaced(1e-101)}, options)), bad_argument,
                 "spacing: 1e-101 between neighbours along axis 0; 1e-100 to 1e100 is "
                 "accepted");
    EXPECT_ERROR(
        (Interpolant<1>(samples, {Axis::at(Samples{0, 1, 2, 3, 4, -1e101})}, options)),
        bad_argument,
        "coordinates: positions 4 and 5 along axis 0 are 4 and -1e+101; increasing or "
        "decreasing positions are needed to find a location");
    EXPECT_ERROR(
        (Interpolant<1>(samples, {Axis::at(Samples{0, 1, 2, 3, 4, 1e101})}, options)),
        bad_argument,
        "coordinates: 1e+101 between neighbours along axis 0; 1e-100 to 1e100 is "
        "accepted");
  }
}

TEST(InterpolantRefusal, OfASplineBeyondTheNumbersOfADouble) {
  const Samples samples = {1.7e308, -1.7e308, 1.7e308, -1.7e308, 1};
  EXPECT_ERROR(
      (Interpolant<1>(samples, {Axis()}, spline)), bad_argument,
      "field: samples so large that a spline through them is not finite; smaller "
      "ones are needed, as in another unit");
}

TEST(InterpolantRefusal, OfComplexSamplesAsksForTheirParts) {
  const std::vector<std::complex<float>> samples(6);
  EXPECT_ERROR((Interpolant<1>(samples, {Axis()})), bad_type,
               "field: complex64 given; real samples are needed, as the two parts by "
               "themselves");
}

TEST(InterpolantRefusal, OfAMissingNumberThatNoSampleCanBe) {
  const std::vector<std::uint8_t> bytes(6, 1);
  const auto with = [](double missing) {
    InterpolantOptions options;
    options.missing = missing;
    return options;
  };

  EXPECT_ERROR((Interpolant<1>(bytes, {Axis()}, with(256))), bad_argument,
               "missing: 256 given; a field of uint8 needs a value of its type");
  EXPECT_ERROR((Interpolant<1>(bytes, {Axis()}, with(0.5))), bad_argument,
               "missing: 0.5 given; a field of uint8 needs a value of its type");
  EXPECT_ERROR((Interpolant<1>(filled(bytes, 9), {Axis()}, with(255))), bad_argument,
               "missing: 255 given for a field filled with 9; one number is needed");
}

TEST(InterpolantRefusal, OfOneNumberPerLine) {
  const Samples samples(20, 1);
  const EndValues lines = EndValues::per_line(Samples{1, 2, 3, 4});
  for (const Boundary& end : {Boundary(Constant{lines}), Boundary(Neumann{lines})}) {
    const Axis axis = Axis().with_ends(OneSided{}, end);
    EXPECT_ERROR((Interpolant<2>(table(samples, 5, 4), {axis, Axis()})), unsupported,
                 "boundary: one number per line given along axis 0; an interpolant takes "
                 "one for all lines");
  }
}

TEST(InterpolantRefusal, OfASlopeOtherThanZero) {
  const Samples samples(5, 1);
  const Axis axis = Axis().with_ends(Neumann{0.5}, OneSided{});
  for (const InterpolantOptions& options : {InterpolantOptions{}, spline}) {
    EXPECT_ERROR(
        (Interpolant<1>(samples, {axis}, options)), unsupported,
        "boundary: slope 0.5 given along axis 0; an interpolant takes the slope 0");
  }
}

TEST(InterpolantRefusal, OfAPeriodThatTheAxisCannotHave) {
  const Samples samples(5, 1);

  EXPECT_ERROR((Interpolant<1>(samples, {Axis().with_ends(Periodic{4})})), bad_argument,
               "period: 4 given; more than 4, from the first to the last sample, is "
               "needed; leave out the last sample, which is the first again");
  EXPECT_ERROR(
      (Interpolant<1>(samples, {Axis().with_ends(Periodic{}, OneSided{})})), bad_argument,
      "boundary: periodic at one end only; the same period at both ends is needed");
}

TEST(InterpolantRefusal, OfAFieldOfAnotherRank) {
  const Samples samples(24, 1);
  const auto field = StridedView<const double>::contiguous(samples.data(), {4, 6});

  EXPECT_ERROR(
      (Interpolant<3>(field, {Axis(), Axis(), Axis()})), bad_shape,
      "field: rank 2 given for 3 axis rules; one rule per axis is needed, a last "
      "axis may hold components");
  EXPECT_ERROR((Interpolant<1, 2>(field, {Axis()})), bad_shape,
               "field: another number of components than the interpolant has");
  EXPECT_ERROR((Interpolant<1>(field, {Axis()})), bad_shape,
               "field: another number of components than the interpolant has");
  EXPECT_ERROR(AnyInterpolant(field, std::vector<Axis>()), bad_shape,
               "axes: 0 axis rules given; 1 to 8 are accepted");
  EXPECT_ERROR(AnyInterpolant(field, std::vector<Axis>(9)), bad_shape,
               "axes: 9 axis rules given; 1 to 8 are accepted");
  const auto none = StridedView<const double>::contiguous(samples.data(), {4, 0});
  EXPECT_ERROR(AnyInterpolant(none, std::vector<Axis>(1)), bad_shape,
               "field: no components given; at least 1 is needed");
}

// A map of rank 2, and locations that do not fit it or results that do not fit them.
class InterpolantRefusalOfABatch : public testing::Test {
 protected:
  template <class T>
  static StridedView<T> shaped(std::vector<T>& memory,
                               std::initializer_list<std::size_t> extents) {
    memory.resize(64);
    return StridedView<T>::contiguous(memory.data(), extents);
  }

  Samples samples_ = Samples(24, 1);
  Interpolant<2> map_{table(samples_, 4, 6), {Axis(), Axis()}};
  std::vector<double> memory_;
  std::vector<double> out_;
};

TEST_F(InterpolantRefusalOfABatch, LocationsOfAnotherWidth) {
  const auto value = shaped(out_, {5});

  EXPECT_ERROR(
      map_.evaluate(shaped(memory_, {5, 3}), {.value = value}), bad_shape,
      "locations: shape (5, 3) given; the last extent is the rank of the field, 2");
  EXPECT_ERROR(map_.evaluate(StridedView<double>::contiguous(memory_.data(), {}), {}),
               bad_shape,
               "locations: shape () given; the last extent is the rank of the field, 2");
  std::vector<std::complex<double>> complex;
  EXPECT_ERROR(map_.evaluate(shaped(complex, {5, 2}), {.value = value}), bad_type,
               "locations: complex128 given; real numbers are needed");
}

TEST_F(InterpolantRefusalOfABatch, ResultsOfAnotherShape) {
  const auto at = shaped(memory_, {5, 2});
  const auto four = shaped(out_, {4});
  const auto wide = shaped(out_, {5, 3});
  const auto flat = shaped(out_, {5, 4});

  EXPECT_ERROR(map_.evaluate(at, {.value = four}), bad_shape,
               "value: shape (4) given; (5) is needed");
  EXPECT_ERROR(map_.evaluate(at, {.gradient = wide}), bad_shape,
               "gradient: shape (5, 3) given; (5, 2) is needed");
  EXPECT_ERROR(map_.evaluate(at, {.hessian = flat}), bad_shape,
               "hessian: shape (5, 4) given; (5, 2, 2) is needed");
  std::vector<std::uint8_t> bytes;
  const auto status = shaped(bytes, {1, 5});
  EXPECT_ERROR(map_.evaluate(at, {.status = status}), bad_shape,
               "status: shape (1, 5) given; (5) is needed");
}

TEST_F(InterpolantRefusalOfABatch, ResultsOfAnotherType) {
  const auto at = shaped(memory_, {5, 2});
  std::vector<float> floats;
  const auto value = shaped(floats, {5});
  const auto status = shaped(out_, {5});

  EXPECT_ERROR(map_.evaluate(at, {.value = value}), bad_type,
               "value: float32 given; float64 is needed");
  EXPECT_ERROR(map_.evaluate(at, {.status = status}), bad_type,
               "status: float64 given; uint8 is needed");
}

// Nothing is written before all is checked.
TEST_F(InterpolantRefusalOfABatch, LeavesResultsAsTheyWere) {
  const auto at = shaped(memory_, {5, 2});
  const auto value = shaped(out_, {5});
  std::vector<double> other;
  const auto gradient = shaped(other, {5, 3});
  std::ranges::fill(out_, -7);

  EXPECT_THROW(map_.evaluate(at, {.value = value, .gradient = gradient}), Error);
  EXPECT_EQ(out_, Samples(64, -7));
}

}  // namespace
}  // namespace gridgrad::test

// reference_test.cpp: the engine against support/reference.hpp, bit for bit
//
// SPDX-License-Identifier: BSD-3-Clause

#include "support/reference.hpp"

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "support/bits.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

// Shapes around the seams of the kernels, whose vectors hold up to 16 lanes: shorter and
// longer than a stencil, than a vector, than four rows, than the widest run of `along`.
const std::vector<std::vector<std::size_t>> shapes = {
    {2},       {3},        {4},        {5},          {8},     {9},       {16},
    {17},      {35},       {67},       {3, 1},       {1, 3},  {2, 2},    {3, 2},
    {5, 3},    {4, 17},    {9, 8},     {6, 65},      {33, 3}, {3, 4, 5}, {5, 2, 3},
    {2, 9, 2}, {4, 3, 17}, {3, 66, 2}, {2, 3, 4, 5},
};

Axis axis_of(const ReferenceAxis& rule) {
  return rule.positions.empty() ? Axis::spaced(rule.spacing) : Axis::at(rule.positions);
}

template <class T>
void expect_reference(const StridedView<const T>& field, std::size_t axis,
                      const ReferenceAxis& rule, std::size_t threads = 1) {
  const auto expected = reference_derivative(field, axis, rule);

  const auto result =
      derivative(field, {axis, axis_of(rule)}, rule.scheme, {.threads = threads});

  std::size_t k = 0;
  std::size_t different = 0;
  const StridedView<const Result<T>> view = FieldTraits<Array<Result<T>>>::view(result);
  for_each_index(field.extents(), [&](std::span<const std::size_t> index) {
    different += same_bits(at(view, index), expected[k++]) ? 0 : 1;
  });
  EXPECT_EQ(different, 0U) << "of " << expected.size() << " samples, axis " << axis
                           << ", derivative " << rule.derivative() << ", accuracy "
                           << rule.accuracy() << ", edge_order " << rule.edge_order()
                           << ", bias " << static_cast<int>(rule.scheme.bias)
                           << ", positions " << rule.positions.size();
}

// Every axis that is long enough, spaced and at positions.
template <class T>
void expect_every_axis(const StridedView<const T>& field, Random& random) {
  for (std::size_t axis = 0; axis < field.rank(); ++axis) {
    const std::size_t extent = field.extents()[axis];
    for (const int edge_order : {1, 2}) {
      if (extent < static_cast<std::size_t>(edge_order) + 1) continue;
      const Scheme scheme = {.edge_order = edge_order};
      expect_reference(field, axis, {0.3, {}, scheme});
      expect_reference(field, axis, {1, random_positions(extent, random), scheme});
    }
  }
}

std::string shape_name(const std::vector<std::size_t>& shape) {
  std::string name = "shape";
  for (const std::size_t extent : shape) name += " " + std::to_string(extent);
  return name;
}

template <class T>
void expect_all_shapes() {
  Random random(seed);
  for (const std::vector<std::size_t>& shape : shapes) {
    SCOPED_TRACE(shape_name(shape));
    const std::vector<T> samples = random_samples<T>(product(shape), random);
    expect_every_axis(StridedView<const T>::contiguous(samples.data(), shape), random);
  }
}

class Derivative : public EveryTarget {};
GRIDGRAD_FOR_EVERY_TARGET(Derivative);

TEST_P(Derivative, OfFloat32HasTheReferenceBits) {
  expect_all_shapes<float>();
}
TEST_P(Derivative, OfFloat64HasTheReferenceBits) {
  expect_all_shapes<double>();
}
TEST_P(Derivative, OfComplex64HasTheReferenceBits) {
  expect_all_shapes<std::complex<float>>();
}
TEST_P(Derivative, OfComplex128HasTheReferenceBits) {
  expect_all_shapes<std::complex<double>>();
}
TEST_P(Derivative, OfFloat16HasTheReferenceBits) {
  expect_all_shapes<Float16>();
}
TEST_P(Derivative, OfBFloat16HasTheReferenceBits) {
  expect_all_shapes<BFloat16>();
}
TEST_P(Derivative, OfInt8HasTheReferenceBits) {
  expect_all_shapes<std::int8_t>();
}
TEST_P(Derivative, OfInt16HasTheReferenceBits) {
  expect_all_shapes<std::int16_t>();
}
TEST_P(Derivative, OfInt32HasTheReferenceBits) {
  expect_all_shapes<std::int32_t>();
}
TEST_P(Derivative, OfInt64HasTheReferenceBits) {
  expect_all_shapes<std::int64_t>();
}
TEST_P(Derivative, OfUint8HasTheReferenceBits) {
  expect_all_shapes<std::uint8_t>();
}
TEST_P(Derivative, OfUint16HasTheReferenceBits) {
  expect_all_shapes<std::uint16_t>();
}
TEST_P(Derivative, OfUint32HasTheReferenceBits) {
  expect_all_shapes<std::uint32_t>();
}
TEST_P(Derivative, OfUint64HasTheReferenceBits) {
  expect_all_shapes<std::uint64_t>();
}

// Radii that the kernels unroll and beyond; orders of edges below and above the inside.
const std::vector<Scheme> schemes = {
    {.derivative = 1, .accuracy = 4},
    {.derivative = 1, .accuracy = 8},
    {.derivative = 1, .accuracy = 10},
    {.derivative = 1, .accuracy = 4, .edge_order = 2},
    {.derivative = 1, .accuracy = 2, .edge_order = 5},
    {.derivative = 2},
    {.derivative = 2, .accuracy = 4, .edge_order = 1},
    {.derivative = 2, .accuracy = 8},
    {.derivative = 2, .accuracy = 2, .edge_order = 3},
    {.derivative = 3, .accuracy = 4},
    {.derivative = 4, .accuracy = 4},
    {.derivative = 5, .accuracy = 2},
    {.derivative = 6, .accuracy = 2},
    {.derivative = 1, .accuracy = 1, .bias = Bias::forward},
    {.derivative = 2, .accuracy = 3, .bias = Bias::forward},
    {.derivative = 1, .accuracy = 3, .edge_order = 1, .bias = Bias::backward},
};

template <class T>
void expect_all_schemes() {
  Random random(seed);
  for (const std::vector<std::size_t>& shape :
       {std::vector<std::size_t>{23}, {2, 15}, {14, 3}, {2, 13, 5}}) {
    SCOPED_TRACE(shape_name(shape));
    const std::vector<T> samples = random_samples<T>(product(shape), random);
    const auto field = StridedView<const T>::contiguous(samples.data(), shape);
    const std::size_t axis = shape[0] < 3 ? 1 : 0;
    const std::vector<double> x = random_positions(shape[axis], random);
    for (const Scheme& scheme : schemes) {
      expect_reference(field, axis, {0.3, {}, scheme});
      expect_reference(field, axis, {1, x, scheme});
    }
  }
}

TEST_P(Derivative, OfEveryOrderOfFloat32HasTheReferenceBits) {
  expect_all_schemes<float>();
}
TEST_P(Derivative, OfEveryOrderOfInt64HasTheReferenceBits) {
  expect_all_schemes<std::int64_t>();
}
TEST(Schemes, OfEveryOrderOfFloat64HaveTheReferenceBits) {
  expect_all_schemes<double>();
}
TEST(Schemes, OfEveryOrderOfComplex64HaveTheReferenceBits) {
  expect_all_schemes<std::complex<float>>();
}
TEST(Schemes, OfEveryOrderOfFloat16HaveTheReferenceBits) {
  expect_all_schemes<Float16>();
}
TEST(Schemes, OfEveryOrderOfUint64HaveTheReferenceBits) {
  expect_all_schemes<std::uint64_t>();
}
TEST(Schemes, OfEveryOrderOfInt16HaveTheReferenceBits) {
  expect_all_schemes<std::int16_t>();
}

TEST_P(Derivative, UsesTheTargetThatWasForced) {
  expect_reference(
      StridedView<const float>::contiguous(std::vector<float>{1, 2, 4, 8}.data(), {4}), 0,
      {});
  EXPECT_EQ(active_target(), GetParam());
}

// Gaps between samples, reversed axes and every order of the axes in memory.
template <class T>
void expect_all_strides() {
  Random random(seed);
  const std::vector<std::size_t> shape = {5, 4, 9};
  std::vector<std::size_t> order = {0, 1, 2};
  do {
    for (std::size_t mask = 0; mask < 8; ++mask) {
      for (const std::ptrdiff_t gap : {1, 3}) {
        SCOPED_TRACE(testing::Message() << "reversed " << mask << ", gap " << gap);
        StridedField<T> storage(shape, order, gap,
                                {(mask & 1) != 0, (mask & 2) != 0, (mask & 4) != 0});
        storage.samples() = random_samples<T>(storage.samples().size(), random);
        expect_every_axis(StridedView<const T>(storage.view()), random);
      }
    }
  } while (std::ranges::next_permutation(order).found);
}

TEST(Strides, OfFloat32DoNotChangeBits) {
  expect_all_strides<float>();
}
TEST(Strides, OfComplex128DoNotChangeBits) {
  expect_all_strides<std::complex<double>>();
}
TEST(Strides, OfInt64DoNotChangeBits) {
  expect_all_strides<std::int64_t>();
}
TEST(Strides, OfFloat16DoNotChangeBits) {
  expect_all_strides<Float16>();
}

TEST(Strides, OfBroadcastAxesRepeatTheSamples) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(7, random);
  const std::array<std::size_t, 2> extents = {5, 7};
  const std::array<std::ptrdiff_t, 2> strides = {0, 1};

  expect_every_axis(StridedView<const double>(samples.data(), extents, strides), random);
}

// More samples than a box, and more boxes than threads.
TEST(Threads, DoNotChangeBits) {
  Random random(seed);
  const std::vector<std::size_t> shape = {40, 30, 60};
  const std::vector<float> samples = random_samples<float>(product(shape), random);
  const auto field = StridedView<const float>::contiguous(samples.data(), shape);

  for (const std::size_t threads : {1, 2, 3, 8}) {
    SCOPED_TRACE(threads);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::vector<double> x = random_positions(shape[axis], random);
      expect_reference(field, axis, {0.7, {}, {.accuracy = 4}}, threads);
      expect_reference(field, axis, {1, x, {.derivative = 2}}, threads);
    }
  }
}

TEST(Targets, AreAtLeastFour) {
  EXPECT_GE(available_targets().size(), 4U);
}

}  // namespace
}  // namespace gridgrad::test

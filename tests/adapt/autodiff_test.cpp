// autodiff_test.cpp: interpolants at locations that carry derivatives
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/autodiff.hpp"

#include <Eigen/Core>
#include <cmath>

#include <gtest/gtest.h>

#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

// A map whose location depends on a parameter s: (2 s, s^2) at s = 1.5.
template <class Derivatives>
class AutoDiff : public testing::Test {};

using Kinds = testing::Types<Eigen::Matrix<double, 1, 1>, Eigen::VectorXd>;
TYPED_TEST_SUITE(AutoDiff, Kinds);

TYPED_TEST(AutoDiff, AppliesTheChainRule) {
  using Scalar = Eigen::AutoDiffScalar<TypeParam>;
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(36, random);
  const auto field = StridedView<const double>::contiguous(samples.data(), {6, 6});
  const Interpolant<2> map(field, {Axis(), Axis()});
  const Scalar s(1.5, TypeParam::Ones(1));
  const Scalar twice = 2 * s;
  const Scalar square = s * s;

  const Scalar value = value_at(map, std::array{twice, square});

  const auto [expected, gradient, status] = map.value_and_gradient({3, 2.25});
  EXPECT_EQ(value.value(), expected);
  EXPECT_EQ(value.derivatives()[0], gradient[0] * 2 + gradient[1] * 3);
}

TYPED_TEST(AutoDiff, IsNaNWhereTheFieldIsMissing) {
  using Scalar = Eigen::AutoDiffScalar<TypeParam>;
  const std::vector<double> samples = {1, 2, 4, 8};
  const Interpolant<1> line(samples, {Axis()});

  const Scalar value = value_at(line, std::array{Scalar(7, TypeParam::Ones(1))});

  EXPECT_TRUE(std::isnan(value.value()) && std::isnan(value.derivatives()[0]));
}

}  // namespace
}  // namespace gridgrad::test

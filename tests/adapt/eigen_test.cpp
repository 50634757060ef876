// tests/adapt/eigen_test.cpp: every kind of Eigen storage is read where it lies
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/eigen.hpp"

#include <gtest/gtest.h>

#include <complex>
#include <concepts>
#include <vector>

#include "agreement.hpp"
#include "gridgrad/difference.hpp"

namespace gridgrad::test {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Strides = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;

template <class Matrix>
class EigenContainer : public testing::Test {};
using Plain = testing::Types<Eigen::MatrixXd, RowMajor, Eigen::MatrixXf, Eigen::MatrixXcd,
                             Eigen::ArrayXXd, Eigen::Matrix<double, 4, 5>,
                             Eigen::Matrix<float, 4, 5, Eigen::RowMajor>>;
TYPED_TEST_SUITE(EigenContainer, Plain);

TYPED_TEST(EigenContainer, GivesTheBitsOfPointerShapeAndStrides) {
  TypeParam field(4, 5);
  fill(view(field));

  expect_agreement(field);
  expect_agreement(Eigen::Ref<TypeParam>(field));
  expect_agreement(field.transpose());
}

TYPED_TEST(EigenContainer, GivesResultsOfItsOwnTypeAndOrder) {
  TypeParam field(4, 5);
  fill(view(field));

  const auto slope = derivative(field, {0});

  static_assert(std::same_as<std::remove_const_t<decltype(slope)>, TypeParam>);
  EXPECT_EQ(strides_of(slope), strides_of(field));
}

TEST(EigenView, IndexesRowsThenColumns) {
  Eigen::MatrixXd columns(2, 3);
  RowMajor rows(2, 3);

  EXPECT_EQ(strides_of(columns), (std::vector<std::ptrdiff_t>{1, 2}));
  EXPECT_EQ(strides_of(rows), (std::vector<std::ptrdiff_t>{3, 1}));
}

TEST(EigenView, ReadsBlocksAndStridedMaps) {
  Eigen::MatrixXd whole(7, 9);
  fill(view(whole));

  expect_agreement(whole.block(1, 2, 4, 5));
  expect_agreement(Eigen::Map<const RowMajor, 0, Strides>(whole.data(), 3, 4, {14, 2}));
  expect_agreement(whole.row(3));
  expect_agreement(whole.diagonal());
}

TEST(EigenView, OfAVectorHasOneAxis) {
  Eigen::VectorXd column(6);
  Eigen::RowVectorXf row(6);
  fill(view(column));
  fill(view(row));

  EXPECT_EQ(view(column).rank(), 1U);
  EXPECT_EQ(view(row).rank(), 1U);
  expect_agreement(column);
  expect_agreement(row);
  static_assert(std::same_as<ResultOf<Eigen::RowVectorXf>, Eigen::RowVectorXf>);
}

TEST(EigenView, OfAPartOfComplexSamplesStepsOverTheOther) {
  Eigen::VectorXcd samples(5);
  fill(view(samples));
  const auto real = samples.real();

  EXPECT_EQ(strides_of(real), (std::vector<std::ptrdiff_t>{2}));
  expect_agreement(real);
}

TEST(EigenResult, OfIntegersIsDouble) {
  const Eigen::ArrayXXi squares{{0, 1, 4}, {0, 1, 4}};

  const Eigen::ArrayXXd slope = derivative(squares, {1}, {.edge_order = 2});

  EXPECT_TRUE((slope == Eigen::ArrayXXd{{0, 2, 4}, {0, 2, 4}}).all());
}

TEST(EigenOutput, TakesTheRowsOfAnOperator) {
  const Eigen::MatrixXd field{{0, 1}, {2, 5}, {4, 9}};
  Eigen::MatrixXd out = Eigen::MatrixXd::Zero(3, 4);

  Difference(Axis(), 3).apply(field, 0, out.middleCols(1, 2));

  EXPECT_EQ(out, (Eigen::MatrixXd{{0, 2, 4, 0}, {0, 2, 4, 0}, {0, 2, 4, 0}}));
}

}  // namespace
}  // namespace gridgrad::test

// tests/adapt/xtensor_test.cpp: every kind of xtensor storage is read where it lies
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/xtensor.hpp"

#include <gtest/gtest.h>

#include <complex>
#include <concepts>
#include <vector>
#include <xtensor/xadapt.hpp>
#include <xtensor/xmanipulation.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xview.hpp>

#include "agreement.hpp"
#include "gridgrad/difference.hpp"

namespace gridgrad::test {
namespace {

constexpr auto column_major = xt::layout_type::column_major;
constexpr auto dynamic = xt::layout_type::dynamic;
using Offsets = std::vector<std::ptrdiff_t>;

template <class Container>
class XtensorContainer : public testing::Test {};
using Owning =
    testing::Types<xt::xarray<double>, xt::xarray<float, column_major>,
                   xt::xarray<double, dynamic>, xt::xtensor<double, 3>,
                   xt::xtensor<std::complex<float>, 3>,
                   xt::xtensor<float, 3, column_major>, xt::xtensor<double, 3, dynamic>>;
TYPED_TEST_SUITE(XtensorContainer, Owning);

TYPED_TEST(XtensorContainer, GivesTheBitsOfPointerShapeAndStrides) {
  TypeParam field;
  field.resize({3, 4, 5});
  fill(view(field));

  expect_agreement(field);
  expect_agreement(xt::transpose(field));
  expect_agreement(xt::strided_view(field, {xt::all(), xt::range(3, 0, -1)}));
}

TYPED_TEST(XtensorContainer, GivesResultsOfItsOwnTypeAndOrder) {
  TypeParam field;
  field.resize({3, 4, 5});
  fill(view(field));

  const auto slope = derivative(field, {2});

  static_assert(std::same_as<std::remove_const_t<decltype(slope)>, TypeParam>);
  EXPECT_EQ(strides_of(slope), strides_of(field));
}

TEST(XtensorView, StartsAtTheOffsetOfAPart) {
  xt::xtensor<double, 2> whole({6, 8});
  fill(view(whole));
  const auto part = xt::view(whole, xt::range(1, 6, 2), xt::range(2, 7));

  EXPECT_EQ(view(part).data(), &whole(1, 2));
  EXPECT_EQ(strides_of(part), (Offsets{16, 1}));
  expect_agreement(part);
}

TEST(XtensorView, ReadsAdaptedMemory) {
  std::vector<float> samples(12);
  fill(traits::line(std::span(samples)));

  expect_agreement(xt::adapt(samples, {3, 4}));
  expect_agreement(xt::adapt<column_major>(samples, std::vector<std::size_t>{3, 4}));
}

TEST(XtensorResult, OfAPermutedViewKeepsItsMemoryOrder) {
  xt::xarray<double> field(std::vector<std::size_t>{3, 4, 5});
  fill(view(field));
  const auto permuted = xt::transpose(field, {1, 2, 0});

  const auto slope = derivative(permuted, {0});

  EXPECT_EQ(strides_of(slope), (Offsets{5, 1, 20}));
}

TEST(XtensorResult, OfIntegersIsDouble) {
  const xt::xtensor<int, 1> squares = {0, 1, 4, 9};

  const xt::xtensor<double, 1> slope = derivative(squares, {0}, {.edge_order = 2});

  EXPECT_EQ(slope, (xt::xtensor<double, 1>{0, 2, 4, 6}));
}

TEST(XtensorOutput, TakesTheRowsOfAnOperator) {
  const xt::xarray<double> field = {{0, 1}, {2, 5}, {4, 9}};
  xt::xarray<double> out = xt::zeros<double>({3, 2});

  Difference(Axis(), 3).apply(field, 0, out);

  EXPECT_EQ(out, (xt::xarray<double>{{2, 4}, {2, 4}, {2, 4}}));
}

}  // namespace
}  // namespace gridgrad::test

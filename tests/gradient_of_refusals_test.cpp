// gradient_of_refusals_test.cpp: what gradient_of refuses before it calls a function
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/gradient_of.hpp"
#include "support/errors.hpp"

namespace gridgrad::test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

CallableOptions with_bounds(int accuracy, double lower, double upper) {
  return {.accuracy = accuracy, .bounds = {{lower, upper}}};
}

void expect_refused(std::vector<double> x, const CallableOptions& options, ErrorCode code,
                    const char* message) {
  int calls = 0;
  const auto f = [&](std::span<const double>) { return ++calls; };
  expect_error([&] { static_cast<void>(gradient_of(f, x, options)); }, code, message);
  EXPECT_EQ(calls, 0);
}

TEST(GradientOf, RefusesPlacesThatAreNone) {
  constexpr auto bad = ErrorCode::bad_argument;
  expect_refused({1, nan}, {}, bad, "x: x[1] = nan given; finite numbers are needed");
  expect_refused({infinity}, {}, bad, "x: x[0] = inf given; finite numbers are needed");
  expect_refused({3}, with_bounds(2, 0, 2), bad,
                 "x: x[0] = 3 given, which is outside its bounds 0 to 2");
  expect_refused(
      {1}, {.accuracy = 3}, bad,
      "accuracy: 3 given; central differences need an even number from 2 to 20");
}

TEST(GradientOf, RefusesBoundsWithoutRoom) {
  constexpr auto bad = ErrorCode::bad_argument;
  for (const Bounds none : {Bounds{2, 1}, Bounds{2, nan}, Bounds{nan, 2}}) {
    EXPECT_THROW(CallableRows(std::array{2.0}, {.bounds = {none}}), Error);
  }
  expect_refused(
      {2}, with_bounds(2, 2, 2), bad,
      "bounds: 2 to 2 given for x[0]; a lower one below the upper one is needed, "
      "and a variable that cannot vary has no derivative");
  expect_refused({1}, with_bounds(2, 1, 0x1.0000000000001p0), bad,
                 "bounds: 1 to 1.0000000000000002 given for x[0], which are too near for "
                 "the 3 points of a row");
  expect_refused({0}, with_bounds(2, 0, 1e-310), bad,
                 "bounds: 0 to 1e-310 given for x[0], with which weights are no normal "
                 "numbers");
  expect_refused({1, 2}, with_bounds(2, 0, 2), ErrorCode::bad_shape,
                 "bounds: 1 given for 2 variables");
}

TEST(GradientOf, RefusesStepsThatAreNone) {
  constexpr auto bad = ErrorCode::bad_argument;
  expect_refused({1}, {.step = FixedStep{{0}}}, bad,
                 "step: 0 given; a finite number above 0 is needed");
  expect_refused({1}, {.step = ScaledStep{{nan}}}, bad,
                 "scale: nan given; a finite number above 0 is needed");
  expect_refused({1}, {.step = FixedStep{{1e-17}}}, bad,
                 "step: 1e-17 given, which vanishes at x[0] = 1");
  expect_refused({0}, {.step = ScaledStep{{5e-324}}}, bad,
                 "scale: 5e-324 given, which vanishes at x[0] = 0");
  expect_refused({0}, {.step = FixedStep{{1e-310}}}, bad,
                 "step: 1e-310 given for x[0], with which weights are no normal numbers");
  expect_refused({1, 2, 3}, {.step = FixedStep{{1, 2}}}, ErrorCode::bad_shape,
                 "step: 2 given for 3 variables");
  expect_refused({1}, {.step = FixedStep{}}, ErrorCode::bad_shape,
                 "step: 0 given for 1 variable");
}

TEST(GradientOf, RefusesAnotherNumberOfValues) {
  const CallableRows rows(std::array{1.0}, {});

  EXPECT_ERROR(static_cast<void>(rows.combined(std::array{1.0, 2.0})), bad_shape,
               "values: 2 given for 3 points");
}

}  // namespace
}  // namespace gridgrad::test

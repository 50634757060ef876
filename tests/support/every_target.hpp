// support/every_target.hpp: runs a test once per instruction set this CPU has
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include <gtest/gtest.h>

#include "gridgrad/target.hpp"

namespace gridgrad::test {

class EveryTarget : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_target(GetParam()); }
  void TearDown() override { force_target(""); }
};

inline std::string target_name(const testing::TestParamInfo<std::string>& info) {
  return info.param;
}

}  // namespace gridgrad::test

#define GRIDGRAD_FOR_EVERY_TARGET(suite)                                              \
  INSTANTIATE_TEST_SUITE_P(, suite, testing::ValuesIn(gridgrad::available_targets()), \
                           gridgrad::test::target_name)

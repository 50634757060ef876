// support/errors.hpp: expects a refusal by code and exact message
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <gtest/gtest.h>

#include "gridgrad/error.hpp"

namespace gridgrad::test {

template <class F>
void expect_error(F&& call, ErrorCode code, const char* message) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_STREQ(error.what(), message);
    return;
  }
  ADD_FAILURE() << "no error; expected: " << message;
}

}  // namespace gridgrad::test

#define EXPECT_ERROR(call, code, message) \
  gridgrad::test::expect_error([&] { call; }, gridgrad::ErrorCode::code, message)

// text_test.cpp: separators, shapes, and where the trouble is
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/text.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "io/scratch.hpp"

namespace gridgrad::test {
namespace {

using Shape = std::vector<std::size_t>;

template <class T>
void expect_samples(std::string_view text, const Shape& shape,
                    const std::vector<T>& samples) {
  SCOPED_TRACE(text);
  const io::AnyArray any = io::parse_text(text, "f.csv");

  ASSERT_EQ(io::type_of(any), element_type<T>());
  const auto& array = std::get<Array<T>>(any);
  EXPECT_TRUE(std::ranges::equal(array.extents(), shape));
  EXPECT_TRUE(std::equal(samples.begin(), samples.end(), array.data()));
}

void expect_refused(std::string_view text, const std::string& what) {
  expect_error(ErrorCode::io, what,
               [&] { static_cast<void>(io::parse_text(text, "f.csv")); });
}

TEST(Text, EverySeparatorGivesTheSameTable) {
  const std::vector<double> samples = {1.5, -2, 3, 4e2};
  for (const char* const text : {"1.5,-2\n3,4e2\n", "1.5; -2\n3 ;4e2", "1.5 -2\n3 4e2\n",
                                 "1.5\t-2\r\n3\t\t4e2\r\n", " 1.5 , -2\n\t3,4e2 \n",
                                 "# 9\n\n1.5,-2\n  # 9\n3,+4e2\n"}) {
    expect_samples(text, {2, 2}, samples);
  }
}

TEST(Text, OneRowAndOneColumnAreOneDimensional) {
  expect_samples<double>("1,2.5,3\n", {3}, {1, 2.5, 3});
  expect_samples<double>("1\n2.5\n3\n", {3}, {1, 2.5, 3});
  expect_samples<double>("2.5", {1}, {2.5});
}

TEST(Text, IntegersKeepAllTheirDigits) {
  expect_samples<std::int64_t>("9223372036854775807 -9223372036854775808", {2},
                               {INT64_MAX, INT64_MIN});
  expect_samples<double>("1 2.0", {2}, {1, 2});
  expect_samples<double>("1 9223372036854775808", {2}, {1, 0x1p63});
}

TEST(Text, NanAndInfinityAreNumbers) {
  const io::AnyArray any = io::parse_text("nan,-inf", "f.csv");

  const auto& array = std::get<Array<double>>(any);
  EXPECT_TRUE(std::isnan(array(0)));
  EXPECT_EQ(array(1), -HUGE_VAL);
}

TEST(Text, WhatIsNoNumberIsNamedByLineAndColumn) {
  const std::string needed =
      " is not a number; rows of numbers separated by commas, semicolons or blanks are "
      "accepted, and lines that begin with #";
  expect_refused("1,2\n3, 4x\n", "f.csv:2:4: '4x'" + needed);
  expect_refused("a b\n", "f.csv:1:1: 'a'" + needed);
  expect_refused("1,2,\n", "f.csv:1:5: ''" + needed);
  expect_refused("1;2,5\n", "f.csv:1:3: '2,5'" + needed);
  expect_refused("1 +-2\n", "f.csv:1:3: '+-2'" + needed);
  expect_refused("0x10\n", "f.csv:1:1: '0x10'" + needed);
  expect_refused("1 1e999\n", "f.csv:1:3: '1e999' is outside the range of float64");
}

TEST(Text, RowsOfDifferentLengthAreNamedByLine) {
  expect_refused("1,2\n\n3\n", "f.csv:3: 1 numbers where the rows above have 2");
  expect_refused("1\n2,3\n",
                 "f.csv:2:1: '2,3' is not a number; rows of numbers separated by commas, "
                 "semicolons or blanks are accepted, and lines that begin with #");
}

TEST(Text, AFileWithoutNumbersIsRefused) {
  expect_refused("", "f.csv: holds no number");
  expect_refused("# only a comment\n\n", "f.csv: holds no number");
}

TEST(Text, FilesLongerThanOneReadAreReadWhole) {
  const Scratch scratch;
  std::string text;
  constexpr std::size_t count = 300000;  // of 7 bytes: twice a read of 1 MiB
  for (std::size_t i = 0; i < count; ++i) text += "123456\n";

  const io::AnyArray any = io::read_text(scratch.file("f.txt", text));

  const auto& array = std::get<Array<std::int64_t>>(any);
  ASSERT_EQ(array.size(), count);
  EXPECT_TRUE(std::all_of(array.data(), array.data() + count,
                          [](std::int64_t number) { return number == 123456; }));
}

}  // namespace
}  // namespace gridgrad::test

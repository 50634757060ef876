// fitted_text_test.cpp: words that fit into a picture
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/fitted_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gridgrad::cli {
namespace {

using testing::ElementsAre;
using testing::EndsWith;

TEST(Text, EscapesWhatXmlHasAMeaningFor) {
  EXPECT_EQ(escaped("a < b & \"c\" > 'd'"),
            "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
  EXPECT_EQ(escaped("∂T/∂z in °C m⁻¹"), "∂T/∂z in °C m⁻¹");
}

TEST(Text, ReplacesWhatXmlCannotHold) {
  const std::string bad = "\xef\xbf\xbd";

  EXPECT_EQ(escaped(std::string_view("a\0b\x1b", 4)), "a" + bad + "b" + bad);
  EXPECT_EQ(escaped("\xb0 C"), bad + " C");                       // Latin-1
  EXPECT_EQ(escaped("a\xc3"), "a" + bad);                         // cut
  EXPECT_EQ(escaped("\xc0\xaf"), bad + bad);                      // longer than needed
  EXPECT_EQ(escaped("\xe0\x80\xaf"), bad + bad + bad);            // the same
  EXPECT_EQ(escaped("\xed\xa0\x80"), bad + bad + bad);            // half of a pair
  EXPECT_EQ(escaped("\xf4\x90\x80\x80"), bad + bad + bad + bad);  // beyond Unicode
  EXPECT_EQ(escaped("\xef\xbf\xbf"), bad + bad + bad);            // no character
}

// The widths of '0' and 'i' in the font are 0.636 and 0.278 of its size.
TEST(Text, IsAsWideAsItsLetters) {
  EXPECT_DOUBLE_EQ(text_width("000", 10), 3 * 6.36);
  EXPECT_DOUBLE_EQ(text_width("i", 100), 27.8);
  EXPECT_EQ(text_width("", 10), 0);
}

TEST(Text, StaysInOneLineThatIsWideEnough) {
  const FittedText text = fitted("latitude in degrees_north", {400, 12, 2});

  EXPECT_THAT(text.lines, ElementsAre("latitude in degrees_north"));
  EXPECT_EQ(text.size, 12);
}

TEST(Text, IsBrokenBetweenWords) {
  const FittedText text = fitted("one two three four", {50, 12, 4});

  EXPECT_THAT(text.lines, ElementsAre("one two", "three", "four"));
  EXPECT_EQ(text.size, 12);
}

TEST(Text, KeepsTheUnitInOneLine) {
  EXPECT_THAT(fitted("derivative of t along time (K hour-1)", {140, 12, 3}).lines,
              ElementsAre("derivative of t along", "time (K hour-1)"));
  EXPECT_THAT(fitted("derivative along time (Deg C hour-1)", {170, 12, 3}).lines,
              ElementsAre("derivative along time", "(Deg C hour-1)"));
}

TEST(Text, GetsSmallerBeforeItIsCut) {
  const double width = text_width("one two three", 12);
  const FittedText text = fitted("one two three", {0.9 * width, 12, 1});

  EXPECT_THAT(text.lines, ElementsAre("one two three"));
  EXPECT_LT(text.size, 12);
}

TEST(Text, IsCutWhereThereIsNoRoom) {
  const FittedText text = fitted("one two three four five six seven", {60, 12, 2});

  ASSERT_EQ(text.lines.size(), 2U);
  EXPECT_THAT(text.lines.back(), EndsWith("…"));
  for (const std::string& line : text.lines) EXPECT_LE(text_width(line, text.size), 60);
}

TEST(Text, BreaksWordsThatAreWiderThanALine) {
  const FittedText text = fitted("abcdefghijklmnopqrstuvwxyzäöü", {40, 12, 20});

  std::string joined;
  for (const std::string& line : text.lines) {
    EXPECT_LE(text_width(line, text.size), 40);
    joined += line;
  }
  EXPECT_EQ(joined, "abcdefghijklmnopqrstuvwxyzäöü");
}

TEST(Text, OfNothingHasNoLines) {
  EXPECT_TRUE(fitted("", {40, 12, 2}).lines.empty());
  EXPECT_EQ(fitted("  ", {40, 12, 2}).height(), 0);
}

}  // namespace
}  // namespace gridgrad::cli

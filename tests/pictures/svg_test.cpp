// svg_test.cpp: pictures as SVG
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/svg.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pictures/field_drawing.hpp"
#include "pictures/pictures.hpp"
#include "pictures/well_formed.hpp"

namespace gridgrad::cli {
namespace {

using test::expect_well_formed;
using test::line_of;
using test::map_of;
using test::vectors_of;
using testing::HasSubstr;
using testing::Not;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view hostile = "<script> & \"quotes\" 'too' \x01 \xb0";

FieldPicture hostile_map() {
  FieldPicture picture = vectors_of(4, 5, 1, 2);
  picture.title = hostile;
  picture.captions = {std::string(hostile), ""};
  picture.x.title = hostile;
  picture.y.title = hostile;
  for (Layer& layer : picture.layers) {
    layer.title = hostile;
    layer.unit = hostile;
  }
  picture.sliders.push_back({std::string(hostile), {std::string(hostile)}});
  return picture;
}

LinePicture hostile_line() {
  LinePicture picture = line_of({1, 2, missing, 4});
  picture.title = hostile;
  picture.x.title = hostile;
  picture.panels[0].title = hostile;
  picture.panels[0].lines.push_back({std::string(hostile), {4, 3, 2, 1}});
  return picture;
}

TEST(Svg, IsWellFormed) {
  expect_well_formed(svg_of(vectors_of(30, 50, 1, 2)));
  expect_well_formed(svg_of(line_of({1, 2, missing, 4})));
}

TEST(Svg, IsWellFormedWhateverTheWords) {
  const std::string map = svg_of(hostile_map());
  const std::string line = svg_of(hostile_line());

  expect_well_formed(map);
  expect_well_formed(line);
  EXPECT_THAT(map, Not(HasSubstr("<script")));
  EXPECT_THAT(map, HasSubstr("&lt;script&gt; &amp; &quot;quotes&quot; &#39;too&#39;"));
}

TEST(Svg, IsTheSameEachTime) {
  EXPECT_EQ(svg_of(vectors_of(30, 50, 1, 2)), svg_of(vectors_of(30, 50, 1, 2)));
  EXPECT_EQ(svg_of(hostile_line()), svg_of(hostile_line()));
}

TEST(Svg, NeedsNoOtherFile) {
  const std::string svg = svg_of(vectors_of(3, 3, 1, 2));

  for (std::size_t i = svg.find("href='"); i != std::string::npos;
       i = svg.find("href='", i + 1)) {
    EXPECT_EQ(svg.substr(i, 28), "href='data:image/png;base64,");
  }
  EXPECT_THAT(svg, HasSubstr("font-family='DejaVu Sans, Verdana, Arial, sans-serif'"));
}

TEST(Svg, SaysWhatWasDone) {
  FieldPicture picture = map_of(2, 2, {0, 1, 2, 3});
  picture.captions = {"Means of 10 x 10 samples."};
  picture.sliders = {{"time", {"2001-01-31", "2001-02-28"}}, {"depth", {"10 m"}}};

  const std::string svg = svg_of(picture);

  EXPECT_THAT(svg, HasSubstr(">Means of 10 x 10 samples.</text>"));
  EXPECT_THAT(svg, HasSubstr(">time 2001-01-31, depth 10 m</text>"));
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t i = text.find(part); i != std::string::npos;
       i = text.find(part, i + 1)) {
    ++count;
  }
  return count;
}

// A bar of colours is an outline with one more corner for each tip.
std::string outline_corners(double least, double most) {
  FieldPicture picture = map_of(1, 2, {0, 1});
  picture.layers[0].least = least;
  picture.layers[0].most = most;
  const std::string svg = svg_of(picture);
  const std::size_t end = svg.find("Z' fill='none' stroke='#222'");
  const std::size_t begin = svg.rfind("d='", end);
  return std::to_string(count_of(svg.substr(begin, end - begin), "L"));
}

TEST(Svg, HasTipsWhereValuesAreBeyondTheColours) {
  const double infinity = std::numeric_limits<double>::infinity();

  EXPECT_EQ(outline_corners(0, 1), "3");
  EXPECT_EQ(outline_corners(-0.1, 1), "4");
  EXPECT_EQ(outline_corners(0, 1.1), "4");
  EXPECT_EQ(outline_corners(-infinity, infinity), "5");
}

TEST(Svg, HasAReferenceForArrows) {
  FieldPicture picture = vectors_of(5, 5, 3e-6F, 0);
  picture.layers[1].unit = "K m-1";
  picture.layers[2].unit = "K m-1";

  EXPECT_THAT(svg_of(picture), HasSubstr(">5×10⁻⁶ K m-1</text>"));
}

TEST(Svg, DrawsArrowsOnlyOverPanelsThatHaveThem) {
  FieldPicture picture = vectors_of(5, 5, 1, 0);
  picture.panels[0].overlay = Overlay::none;

  EXPECT_EQ(count_of(svg_of(picture), "<clipPath"), 0U);
  picture.panels.push_back({0, Overlay::arrows});
  EXPECT_EQ(count_of(svg_of(picture), "<clipPath"), 1U);
}

TEST(Svg, OfLinesHasALegendForSeveralOfThem) {
  LinePicture picture = line_of({1, 2, 3});
  EXPECT_THAT(svg_of(picture), Not(HasSubstr(">second</text>")));

  picture.panels[0].lines.push_back({"second", {3, 2, 1}});

  EXPECT_THAT(svg_of(picture), HasSubstr(">second</text>"));
}

TEST(Svg, OfDerivativesHasALineAtZero) {
  constexpr std::string_view zero_line = "stroke='#777'";
  LinePicture picture = line_of({-1, 1, 2});
  EXPECT_EQ(count_of(svg_of(picture), zero_line), 0U);

  picture.panels.push_back({"derivative", {{"derivative", {2, -1, 1}}}});
  EXPECT_EQ(count_of(svg_of(picture), zero_line), 1U);

  picture.panels[1].lines[0].samples = {2, 1, 1};
  EXPECT_EQ(count_of(svg_of(picture), zero_line), 0U);
}

TEST(Svg, DrawsWhatHasNoExtentOrNoValue) {
  const double infinity = std::numeric_limits<double>::infinity();
  const float none = std::numeric_limits<float>::quiet_NaN();

  expect_well_formed(svg_of(map_of(1, 1, {none})));
  expect_well_formed(svg_of(line_of({5})));
  expect_well_formed(svg_of(line_of({3, 3, 3})));
  expect_well_formed(svg_of(line_of({0, 0})));
  expect_well_formed(svg_of(line_of({missing, infinity})));
  EXPECT_THAT(svg_of(line_of({1e308, -1e308})), Not(HasSubstr("nan")));
  EXPECT_THAT(svg_of(line_of({1e308, -1e308})), Not(HasSubstr("inf")));
}

// In places and lengths: what is quoted and begins with a digit, a sign or these words.
void expect_numbers(const std::string& svg) {
  for (const std::string_view word : {"'nan", "'-nan", "'inf", "'-inf", " nan", " inf"}) {
    EXPECT_THAT(svg, Not(HasSubstr(word)));
  }
}

TEST(Svg, HasPlacesOnlyWhateverTheSizes) {
  for (const double size : {1e-300, 1e-40, 1.0, 1e18, 1e300}) {
    FieldPicture picture = vectors_of(3, 4, 1e-38F, -1e38F);
    picture.is_to_scale = true;
    for (double& position : picture.x.positions) position *= size;
    for (double& border : picture.x.borders) border *= size;
    picture.layers[0].range = {ColourScale::diverging, -size, size};
    picture.layers[0].unit = "degree";
    LinePicture line = line_of({size, -size, missing, 2 * size});
    line.x.positions = picture.x.positions;
    line.x.values = AxisValues::dates;

    expect_well_formed(svg_of(picture));
    expect_numbers(svg_of(picture));
    expect_numbers(svg_of(line));
  }
}

TEST(Svg, IsSharpUnlessCellsAreSmallerThanPixels) {
  const auto map = [](std::size_t columns) {
    return svg_of(map_of(2, columns, std::vector<double>(2 * columns)));
  };

  EXPECT_EQ(count_of(map(1280), "image-rendering:pixelated"), 2U);
  EXPECT_EQ(count_of(map(1281), "image-rendering:pixelated"), 1U);  // the bar
}

TEST(Svg, OfManySamplesStaysSmall) {
  std::vector<double> samples(1000000);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<double>(i * 7919 % 1000);
  }

  EXPECT_LT(svg_of(line_of(samples)).size(), 150000U);
}

TEST(MapLayout, KeepsTheShapeOfTheData) {
  FieldPicture picture = map_of(90, 180, std::vector<double>(90 * 180));
  picture.is_to_scale = true;

  EXPECT_EQ(map_layout_of(picture).width, 2 * map_layout_of(picture).height);
  picture.is_to_scale = false;
  EXPECT_EQ(3 * map_layout_of(picture).width, 4 * map_layout_of(picture).height);
}

TEST(MapLayout, PutsWideMapsBelowEachOther) {
  FieldPicture picture = map_of(90, 180, std::vector<double>(90 * 180));
  picture.is_to_scale = true;
  picture.panels.resize(2);

  EXPECT_EQ(map_layout_of(picture).columns, 1U);
  picture.is_to_scale = false;
  EXPECT_EQ(map_layout_of(picture).columns, 2U);
  picture.panels.resize(4);
  picture.is_to_scale = true;
  EXPECT_EQ(map_layout_of(picture).columns, 2U);
}

}  // namespace
}  // namespace gridgrad::cli

// kept_samples_test.cpp: which samples of long lines a page holds
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pictures/kept_samples.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gridgrad::cli {
namespace {

using testing::Each;
using testing::IsSupersetOf;
using testing::Le;

LinePicture picture_of(const std::vector<std::vector<double>>& lines) {
  LinePicture picture;
  picture.x.positions.resize(lines.front().size());
  std::iota(picture.x.positions.begin(), picture.x.positions.end(), 0.0);
  for (const auto& samples : lines) picture.panels.push_back({"", {{"", samples}}});
  return picture;
}

TEST(KeptSamples, AreAllOfThemIfFew) {
  const LinePicture picture = picture_of({{4, 2, NAN, 7, 7}});

  const KeptSamples kept = kept_samples(picture, 5);

  EXPECT_EQ(kept.block, 1);
  EXPECT_EQ(kept.indices, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(KeptSamples, AreTheLeastTheGreatestAndTheFirstMissingOfEveryBlock) {
  const LinePicture picture = picture_of({{5, 6, 1, 9, 5, 5, 3, NAN, NAN, 8, 7, 7}});

  const KeptSamples kept = kept_samples(picture, 6);

  EXPECT_EQ(kept.block, 6);
  EXPECT_EQ(kept.indices, (std::vector<std::size_t>{0, 2, 3, 6, 7, 9, 11}));
}

TEST(KeptSamples, AreThoseOfEveryLine) {
  std::vector<double> first(1000, 0.0);
  std::vector<double> second(1000, 0.0);
  first[501] = 1;
  second[502] = -1;

  const KeptSamples kept = kept_samples(picture_of({first, second}), 60);

  EXPECT_THAT(kept.indices, IsSupersetOf({0u, 501u, 502u, 999u}));
}

TEST(KeptSamples, AreNotManyMoreThanAskedForAndAscend) {
  std::vector<double> samples(10'007);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<double>(i * 7919 % samples.size());
  }

  const KeptSamples kept = kept_samples(picture_of({samples, samples}), 600);

  EXPECT_LE(kept.indices.size(), 602);
  EXPECT_TRUE(std::ranges::is_sorted(kept.indices, std::less_equal()));
  EXPECT_THAT(kept.indices, Each(Le(samples.size() - 1)));
}

TEST(KeptSamples, AreTheEndsOfALineThatIsMissing) {
  const std::vector<double> samples(100, NAN);

  const KeptSamples kept = kept_samples(picture_of({samples}), 3);

  EXPECT_EQ(kept.indices, (std::vector<std::size_t>{0, 99}));
}

TEST(KeptSamples, NeedNoLines) {
  LinePicture picture = picture_of({std::vector<double>(100, 1.0)});
  picture.panels.clear();

  EXPECT_EQ(kept_samples(picture, 10).indices, (std::vector<std::size_t>{0, 99}));
}

}  // namespace
}  // namespace gridgrad::cli

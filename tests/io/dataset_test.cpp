// tests/io/dataset_test.cpp: names in groups, links and extents of chunks
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/dataset.hpp"

#include <gtest/gtest.h>

namespace gridgrad::io {
namespace {

Dataset linked_dataset() {
  Dataset dataset;
  dataset.variables.push_back({"data/speed", ElementType::float32, {}, {}, {}});
  dataset.links = {{"entry", "data"},
                   {"data/all", ""},
                   {"alias", "data/speed"},
                   {"one", "two"},
                   {"two", "one"}};
  return dataset;
}

TEST(DatasetNames, AreSplitAtTheLastSlash) {
  EXPECT_EQ(leaf_of("run/wind/speed"), "speed");
  EXPECT_EQ(group_of("run/wind/speed"), "run/wind");
  EXPECT_EQ(leaf_of("speed"), "speed");
  EXPECT_EQ(group_of("speed"), "");
}

TEST(DatasetLinks, LeadToTheVariableByAnyPath) {
  const Dataset dataset = linked_dataset();

  for (const char* const path : {"data/speed", "entry/speed", "alias",
                                 "data/all/data/speed", "data/all/entry/all/alias"}) {
    ASSERT_NE(find_linked_variable(dataset, path), nullptr) << path;
    EXPECT_EQ(find_linked_variable(dataset, path)->name, "data/speed");
  }
}

TEST(DatasetLinks, EndWhereTheyGoInCirclesOrNowhere) {
  const Dataset dataset = linked_dataset();

  for (const char* const path : {"one", "two/speed", "entry/", "entr", "data/all/all"}) {
    EXPECT_EQ(find_linked_variable(dataset, path), nullptr) << path;
  }
}

TEST(UsualChunks, AreWholeAlongTheLastAxesAndOfAboutOneMebibyte) {
  using Extents = std::vector<std::size_t>;

  EXPECT_EQ(usual_chunks(Extents{}, 8), Extents{});
  EXPECT_EQ(usual_chunks(Extents{10, 20}, 8), (Extents{10, 20}));
  EXPECT_EQ(usual_chunks(Extents{1000, 1024}, 8), (Extents{128, 1024}));
  EXPECT_EQ(usual_chunks(Extents{50, 1 << 20, 4}, 4), (Extents{1, 1 << 16, 4}));
  EXPECT_EQ(usual_chunks(Extents{0, 3}, 4), (Extents{1, 3}));
}

}  // namespace
}  // namespace gridgrad::io

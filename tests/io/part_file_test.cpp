// part_file_test.cpp: all of a file or nothing
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/part_file.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/io/file.hpp"
#include "io/scratch.hpp"

namespace gridgrad::test {
namespace {

using io::Existing;
using io::PartFile;

void write(const std::string& path, const std::string& text) {
  io::File::rewrite(path).write(std::as_bytes(std::span(text)));
}

TEST(PartFile, AppearsUnderItsNameWhenPublished) {
  const Scratch scratch;
  PartFile part(scratch.path("out"), 3);
  EXPECT_EQ(part.path(), scratch.path("out.part-" + std::to_string(getpid())));
  write(part.path(), "new");
  EXPECT_FALSE(io::name_is_taken(scratch.path("out")));

  EXPECT_TRUE(part.publish(Existing::keep));

  EXPECT_EQ(scratch.contents("out"), "new");
  EXPECT_EQ(scratch.file_count(), 1U);
}

TEST(PartFile, LeavesNothingUnlessPublished) {
  const Scratch scratch;
  { const PartFile part(scratch.path("out"), 0); }

  EXPECT_EQ(scratch.file_count(), 0U);
}

TEST(PartFile, NeverReplacesAFileThatAppearedMeanwhile) {
  const Scratch scratch;
  {
    PartFile part(scratch.path("out"), 0);
    write(part.path(), "new");
    static_cast<void>(scratch.file("out", "theirs"));

    EXPECT_FALSE(part.publish(Existing::keep));
  }

  EXPECT_EQ(scratch.contents("out"), "theirs");
  EXPECT_EQ(scratch.file_count(), 1U);
}

TEST(PartFile, ReplacesAFileIfItMay) {
  const Scratch scratch;
  static_cast<void>(scratch.file("out", "old"));
  PartFile part(scratch.path("out"), 0);
  write(part.path(), "new");

  EXPECT_TRUE(part.publish(Existing::replace));

  EXPECT_EQ(scratch.contents("out"), "new");
}

TEST(PartFile, WhatIsLeftOfAKilledProcessIsNoObstacle) {
  const Scratch scratch;
  static_cast<void>(scratch.file("out.part-" + std::to_string(getpid()), "rest"));

  const PartFile part(scratch.path("out"), 0);

  EXPECT_EQ(scratch.contents("out.part-" + std::to_string(getpid())), "");
}

TEST(PartFile, DirectoriesMustExist) {
  const Scratch scratch;
  const std::string missing = scratch.path("no");
  const std::string file = scratch.file("file", "");

  expect_error(ErrorCode::io,
               "output: directory " + missing + ": No such file or directory",
               [&] { PartFile(missing + "/out", 0); });
  expect_error(ErrorCode::io, "output: " + file + " is not a directory",
               [&] { PartFile(file + "/out", 0); });
}

TEST(PartFile, DirectoriesAreNotReplaced) {
  const Scratch scratch;
  const std::string path = scratch.path("directory");
  std::filesystem::create_directory(path);

  expect_error(ErrorCode::bad_argument,
               "output: " + path + " is not a regular file and cannot be replaced",
               [&] { PartFile(path, 0); });
}

TEST(PartFile, TooLittleSpaceIsToldWithBothFigures) {
  const Scratch scratch;
  constexpr std::uint64_t bytes = std::numeric_limits<std::uint64_t>::max();

  const auto error = error_of([&] { PartFile(scratch.path("out"), bytes); });

  ASSERT_TRUE(error);
  const std::string what = error->what();
  EXPECT_TRUE(
      what.starts_with("output: " + std::to_string(bytes) + " bytes are needed, "));
  const std::string directory = std::filesystem::path(scratch.path("out")).parent_path();
  EXPECT_TRUE(what.ends_with(" are free in " + directory)) << what;
  EXPECT_EQ(scratch.file_count(), 0U);
}

TEST(SameFile, IsToldByTheFileAndNotByItsName) {
  const Scratch scratch;
  const std::string one = scratch.file("one", "x");
  const std::string same = scratch.path("./one");
  std::filesystem::create_hard_link(one, scratch.path("hard"));
  std::filesystem::create_symlink(one, scratch.path("soft"));
  const std::string other = scratch.file("other", "x");

  EXPECT_TRUE(io::is_same_file(one, same));
  EXPECT_TRUE(io::is_same_file(one, scratch.path("hard")));
  EXPECT_TRUE(io::is_same_file(one, scratch.path("soft")));
  EXPECT_FALSE(io::is_same_file(one, other));
  EXPECT_FALSE(io::is_same_file(one, scratch.path("none")));
}

}  // namespace
}  // namespace gridgrad::test

// part_file_test.cpp: all of a file or nothing
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/part_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <limits>
#include <utility>

#include <gtest/gtest.h>

#include "gridgrad/io/file.hpp"
#include "io/scratch.hpp"

namespace gridgrad::test {
namespace {

using io::Existing;
using io::PartFile;
using io::PartKind;

// Larger than process ids are on Linux.
const std::string killed = "999999998";
const std::string also_killed = "999999999";

void write(const std::string& path, const std::string& text) {
  io::File::rewrite(path).write(std::as_bytes(std::span(text)));
}

void make_store(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(path + "/c/0");
  static_cast<void>(io::File::create(path + "/zarr.json"));
  io::File::create(path + "/c/0/1").write(std::as_bytes(std::span(text)));
}

// Another process that runs `work` until it is told to end.
class Process {
 public:
  template <class Work>
  explicit Process(Work work) {
    EXPECT_EQ(pipe(ready_), 0);
    EXPECT_EQ(pipe(end_), 0);
    number_ = fork();
    if (number_ == 0) run(std::move(work));
    char byte = 0;
    EXPECT_EQ(read(ready_[0], &byte, 1), 1);
  }
  ~Process() {
    EXPECT_EQ(::write(end_[1], "x", 1), 1);
    EXPECT_EQ(waitpid(number_, nullptr, 0), number_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] std::string number() const { return std::to_string(number_); }

 private:
  template <class Work>
  [[noreturn]] void run(Work work) {
    work([this] {
      char byte = 0;
      if (::write(ready_[1], "x", 1) != 1 || read(end_[0], &byte, 1) != 1) _exit(1);
    });
    _exit(0);
  }

  int ready_[2] = {};
  int end_[2] = {};
  pid_t number_ = 0;
};

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

TEST(PartFile, WhatAKilledProcessLeftIsRemoved) {
  const Scratch scratch;
  static_cast<void>(scratch.file("out.part-" + killed, "rest"));
  make_store(scratch.path("out.part-" + also_killed), "rest");
  for (const char* name : {"out.part-", "out.part-x", "out.part-1x", "out.part--1"}) {
    static_cast<void>(scratch.file(name, "not ours"));
  }
  static_cast<void>(scratch.file("outer.part-" + killed, "of another output"));

  io::require_place(scratch.path("out"), 0);

  EXPECT_EQ(scratch.file_count(), 5U);
  EXPECT_FALSE(io::name_is_taken(scratch.path("out.part-" + killed)));
  EXPECT_FALSE(io::name_is_taken(scratch.path("out.part-" + also_killed)));
}

TEST(PartFile, WhatAnotherRunWritesIsLeftAlone) {
  for (const PartKind kind : {PartKind::file, PartKind::directory}) {
    const Scratch scratch;
    const Process other([&](auto wait) {
      const PartFile part(scratch.path("out"), 0, kind);
      wait();
    });
    // A name says nothing of who writes.
    const std::string held = scratch.path("out.part-" + killed);
    std::filesystem::rename(scratch.path("out.part-" + other.number()), held);

    const PartFile part(scratch.path("out"), 0);

    EXPECT_TRUE(io::name_is_taken(held));
    std::filesystem::remove_all(held);
  }
}

TEST(PartFile, WhatALiveProcessMadeAMomentAgoIsLeftAlone) {
  const Scratch scratch;
  const Process other([](auto wait) { wait(); });
  const std::string part = scratch.file("out.part-" + other.number(), "");

  io::require_place(scratch.path("out"), 0);

  EXPECT_TRUE(io::name_is_taken(part));
}

TEST(PartFile, AreRemovedAllWhenTheProgramEnds) {
  const Scratch scratch;
  {
    const Process other([&](auto wait) {
      const PartFile one(scratch.path("one"), 0);
      const PartFile two(scratch.path("two"), 0, PartKind::directory);
      make_store(two.path(), "half");
      PartFile done(scratch.path("done"), 0);
      if (!done.publish(Existing::keep)) _exit(1);
      io::abandon_part_files();
      wait();
      _exit(0);
    });
    EXPECT_EQ(scratch.file_count(), 1U);
  }

  EXPECT_TRUE(io::name_is_taken(scratch.path("done")));
}

TEST(PartDirectory, AppearsUnderItsNameWhenPublished) {
  const Scratch scratch;
  PartFile part(scratch.path("out.zarr/"), 0, PartKind::directory);
  EXPECT_EQ(part.path(), scratch.path("out.zarr.part-" + std::to_string(getpid())));
  make_store(part.path(), "new");

  EXPECT_TRUE(part.publish(Existing::keep));

  EXPECT_EQ(scratch.contents("out.zarr/c/0/1"), "new");
  EXPECT_EQ(scratch.file_count(), 1U);
}

TEST(PartDirectory, LeavesNothingUnlessPublished) {
  const Scratch scratch;
  {
    const PartFile part(scratch.path("out"), 0, PartKind::directory);
    make_store(part.path(), "half");
  }

  EXPECT_EQ(scratch.file_count(), 0U);
}

TEST(PartDirectory, NeverReplacesWhatAppearedMeanwhile) {
  const Scratch scratch;
  {
    PartFile part(scratch.path("out"), 0, PartKind::directory);
    std::filesystem::create_directory(scratch.path("out"));

    EXPECT_FALSE(part.publish(Existing::keep));
  }

  EXPECT_TRUE(std::filesystem::is_empty(scratch.path("out")));
  EXPECT_EQ(scratch.file_count(), 1U);
}

TEST(PartDirectory, ReplacesAStoreAnEmptyDirectoryOrAFile) {
  const Scratch scratch;
  make_store(scratch.path("store"), "old");
  std::filesystem::create_directory(scratch.path("empty"));
  static_cast<void>(scratch.file("file", "old"));
  for (const std::string name : {"store", "empty", "file"}) {
    PartFile part(scratch.path(name), 0, PartKind::directory);
    make_store(part.path(), "new");

    EXPECT_TRUE(part.publish(Existing::replace));

    EXPECT_EQ(scratch.contents(name + "/c/0/1"), "new");
  }
  EXPECT_EQ(scratch.file_count(), 3U);
}

TEST(PartDirectory, ReplacesNoDirectoryOfOtherThings) {
  const Scratch scratch;
  const std::string path = scratch.path("photos");
  std::filesystem::create_directory(path);
  static_cast<void>(scratch.file("photos/one.jpg", ""));

  expect_error(
      ErrorCode::bad_argument,
      "output: " + path + " is a directory without a Zarr store and cannot be replaced",
      [&] { PartFile(path, 0, PartKind::directory); });
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

// memory_test.cpp: memory of results is used again, within a limit
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/memory.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/array.hpp"
#include "gridgrad/gradient.hpp"

namespace gridgrad::test {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t large = 8 * mebibyte;

std::uintptr_t address(const void* memory) {
  return reinterpret_cast<std::uintptr_t>(memory);
}

// With nothing waiting and a limit that the tests know.
class Memory : public testing::Test {
 protected:
  Memory() {
    release_memory();
    recycle_at_most(64 * mebibyte);
  }
};

void take_and_give_back(std::size_t bytes) {
  deallocate(allocate(bytes));
}

// The flags of the mapping that an address lies in.
std::string mapping_flags(const void* memory) {
  std::ifstream file("/proc/self/smaps");
  bool is_within = false;
  for (std::string line; std::getline(file, line);) {
    std::uintptr_t first = 0;
    std::uintptr_t last = 0;
    char dash = 0;
    std::istringstream text(line);
    if (text >> std::hex >> first >> dash >> last && dash == '-') {
      is_within = first <= address(memory) && address(memory) < last;
    }
    if (is_within && line.starts_with("VmFlags:")) return line;
  }
  return "";
}

TEST_F(Memory, IsAlignedToACacheLine) {
  for (const std::size_t bytes : {1UL, 100UL, 10000UL, 3 * mebibyte}) {
    void* const memory = allocate(bytes);
    EXPECT_EQ(address(memory) % 64, 0);
    deallocate(memory);
  }
}

TEST_F(Memory, OfLargeResultsIsAlignedToAHugePage) {
  void* const memory = allocate(large + 1);

  EXPECT_EQ(address(memory) % (2 * mebibyte), 0);
  std::memset(memory, 1, large + 1);
  deallocate(memory);
}

TEST_F(Memory, OfLargeResultsAsksForHugePages) {
  if (!std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) {
    GTEST_SKIP() << "this kernel has no transparent huge pages";
  }
  void* const memory = allocate(large);
  std::memset(memory, 1, large);

  EXPECT_NE(mapping_flags(memory).find(" hg"), std::string::npos);
  deallocate(memory);
}

TEST_F(Memory, IsUsedAgain) {
  void* const first = allocate(large);
  deallocate(first);
  EXPECT_EQ(recycled_memory(), large);

  void* const second = allocate(large - 100);

  EXPECT_EQ(second, first);
  EXPECT_EQ(recycled_memory(), 0);
  deallocate(second);
}

TEST_F(Memory, IsUsedAgainByTheResultOfACall) {
  const Array<double> field({1024, 1024}, std::vector<double>(mebibyte));
  const double* recycled = derivative(field, {0}).data();

  const Array<double> result = derivative(field, {0});

  EXPECT_EQ(result.data(), recycled);
}

TEST_F(Memory, ThatFitsBestIsTaken) {
  void* const loose = allocate(10 * mebibyte);
  void* const tight = allocate(large);
  deallocate(loose);
  deallocate(tight);

  void* const taken = allocate(large);

  EXPECT_EQ(taken, tight);
  deallocate(taken);
}

TEST_F(Memory, IsNotWastedOnMuchSmallerResults) {
  take_and_give_back(16 * mebibyte);

  void* const memory = allocate(large);

  EXPECT_EQ(recycled_memory(), 16 * mebibyte);
  deallocate(memory);
}

TEST_F(Memory, OfSmallResultsDoesNotWait) {
  take_and_give_back(3 * mebibyte);

  EXPECT_EQ(recycled_memory(), 0);
}

TEST_F(Memory, WaitsUpToTheLimit) {
  recycle_at_most(3 * large);
  std::array<void*, 5> blocks{};
  for (void*& block : blocks) block = allocate(large);
  for (void* const block : blocks) deallocate(block);
  EXPECT_EQ(recycled_memory(), 3 * large);

  recycle_at_most(large);
  EXPECT_EQ(recycled_memory(), large);

  // The oldest went first.
  void* const last = allocate(large);
  EXPECT_EQ(last, blocks.back());
  deallocate(last);
}

TEST_F(Memory, DoesNotWaitIfTheLimitIsZero) {
  recycle_at_most(0);
  take_and_give_back(large);

  EXPECT_EQ(recycled_memory(), 0);
}

TEST_F(Memory, IsReleasedOnDemand) {
  take_and_give_back(large);
  release_memory();

  EXPECT_EQ(recycled_memory(), 0);
}

TEST_F(Memory, MayBeGivenBackAsNothing) {
  EXPECT_NO_THROW(deallocate(nullptr));
}

// Writes its own mark into a block and finds it there.
bool keeps_its_mark(unsigned char mark) {
  auto* const memory = static_cast<unsigned char*>(allocate(large));
  memory[0] = memory[large - 1] = mark;
  std::this_thread::yield();
  const bool is_kept = memory[0] == mark && memory[large - 1] == mark;
  deallocate(memory);
  return is_kept;
}

void count_marks_kept(unsigned char mark, std::atomic<int>& kept) {
  for (int k = 0; k < 200; ++k) kept += keeps_its_mark(mark) ? 1 : 0;
}

TEST_F(Memory, IsSafeToUseFromManyThreads) {
  recycle_at_most(2 * large);
  std::atomic<int> kept = 0;
  std::array<std::thread, 4> threads;
  unsigned char mark = 0;
  for (std::thread& thread : threads) {
    thread = std::thread(count_marks_kept, ++mark, std::ref(kept));
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(kept, 4 * 200);
}

TEST_F(Memory, IsThereInAChildThatWasForkedMeanwhile) {
  std::atomic<bool> is_done = false;
  std::thread busy([&is_done] {
    while (!is_done) take_and_give_back(large);
  });
  for (int k = 0; k < 20; ++k) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(keeps_its_mark(7) ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  is_done = true;
  busy.join();
}

}  // namespace
}  // namespace gridgrad::test

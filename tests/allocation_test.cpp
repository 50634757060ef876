// allocation_test.cpp: a call that is given its results takes no memory from the heap
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstdlib>
#include <new>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

// Not inlined: GCC 12 would take malloc and free for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  ++allocations;
  void* const memory = std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace gridgrad::test {
namespace {

// Of the second call: the first keeps the rows for it.
template <class F>
std::size_t allocations_of(const F& call) {
  call();
  const std::size_t before = allocations;
  call();
  return allocations - before;
}

TEST(Allocation, IsNotNeededAlongALine) {
  const std::vector<double> samples(64, 1);
  std::vector<double> out(64);
  const auto field = StridedView<const double>::contiguous(samples.data(), {64});
  const auto result = StridedView<double>::contiguous(out.data(), {64});

  for (const int accuracy : {2, 4, 8}) {
    const Scheme scheme = {.accuracy = accuracy};
    EXPECT_EQ(allocations_of([&] { gradient_into(field, {Along{0}}, {result}, scheme); }),
              0U);
  }
  const Axis periodic = Axis().with_ends(Periodic());
  EXPECT_EQ(allocations_of([&] {
              gradient_into(field, {Along{0, periodic}}, {result});
            }),
            0U);
}

TEST(Allocation, IsNotNeededAlongAllAxes) {
  const std::vector<float> samples(6000, 1);
  std::vector<std::vector<float>> out(3, samples);
  const auto view = [](auto* memory) {
    using T = std::remove_pointer_t<decltype(memory)>;
    return StridedView<T>::contiguous(memory, {10, 20, 30});
  };

  const std::size_t count = allocations_of([&] {
    gradient_into(view(samples.data()), {{0}, {1}, {2}},
                  {view(out[0].data()), view(out[1].data()), view(out[2].data())});
  });

  EXPECT_EQ(count, 0U);
}

}  // namespace
}  // namespace gridgrad::test

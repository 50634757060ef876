// allocation_test.cpp: a call that is given its results takes no memory from the heap
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstdlib>
#include <limits>
#include <new>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/differentiator.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/interpolant.hpp"

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

template <class I>
concept NeverThrows = requires(const I& interpolant, typename I::Location at) {
  { interpolant.value(at) }
  noexcept;
  { interpolant.value_and_gradient(at) }
  noexcept;
  { interpolant.value_gradient_and_hessian(at) }
  noexcept;
};
static_assert(NeverThrows<Interpolant<1>> && NeverThrows<Interpolant<2>> &&
              NeverThrows<Interpolant<3>> && NeverThrows<Interpolant<4>> &&
              NeverThrows<Interpolant<2, 3>>);

// Inside, at the border, outside, with a gap and without: none takes another path to
// memory.
TEST(Allocation, IsNotNeededForAQuery) {
  std::vector<float> samples(7 * 8, 1);
  samples[0] = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> whole(7 * 8, 1);
  for (const Interpolation kind :
       {Interpolation::linear, Interpolation::cubic, Interpolation::spline}) {
    const bool is_spline = kind == Interpolation::spline;
    const auto field = StridedView<const float>::contiguous(
        is_spline ? whole.data() : samples.data(), {7, 8});
    const Interpolant<2> map(field, {Axis(), Axis().with_ends(Periodic{})},
                             {.interpolation = kind, .outside = Outside::extend});
    for (const double x : {0.1, 3.5, 6.0, 9.0, -4.0}) {
      EXPECT_EQ(allocations_of([&] {
                  static_cast<void>(map.value_gradient_and_hessian({x, 2 * x}));
                }),
                0U);
    }
  }
}

// The checks of a call take some; a location takes none.
TEST(Allocation, OfABatchDoesNotGrowWithItsLocations) {
  const std::vector<double> samples(6 * 6 * 6 * 6, 1);
  const auto field = StridedView<const double>::contiguous(samples.data(), {6, 6, 6, 6});
  const Interpolant<4> block(field, {Axis(), Axis(), Axis(), Axis()});
  const std::vector<double> locations(800 * 4, 2.5);
  std::vector<double> values(800);
  const auto allocations_for = [&](std::size_t n) {
    const auto at = StridedView<const double>::contiguous(locations.data(), {n, 4});
    const auto value = StridedView<double>::contiguous(values.data(), {n});
    return allocations_of([&] { block.evaluate(at, {.value = value}); });
  };

  EXPECT_EQ(allocations_for(800), allocations_for(1));
}

TEST(Allocation, IsNotNeededForASampleOfASignal) {
  for (const DifferentiatorOptions& options :
       {DifferentiatorOptions{.method = Backward{8}},
        DifferentiatorOptions{.method = LocalPolynomial{}, .period = 1.0},
        DifferentiatorOptions{.method = Filtered{}, .max_gap = 5.0}}) {
    const std::size_t before = allocations;
    Differentiator<double> rate(options);
    for (int i = 0; i < 100; ++i) (void)rate.push(static_cast<double>(i), 0.3 * i);
    EXPECT_EQ(allocations, before);
  }
}

}  // namespace
}  // namespace gridgrad::test

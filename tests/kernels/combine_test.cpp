// combine_test.cpp: sums of rows in runs with gaps, on every target
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/combine.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/targets.hpp"
#include "support/bits.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

struct Case {
  std::size_t count;   // columns
  std::size_t offset;  // of the results from where their memory begins
  kernels::Stores stores;
};

// Two rows that read both neighbours of a sample, on samples that end with what they
// read.
template <class T>
class Run {
 public:
  Run(std::size_t count, Random& random)
      : samples_(random_samples<T>(count + 2, random)) {
    const T* const own = samples_.data() + 1;
    odd_ = {own + 1, own - 1, own, &one_};
    even_ = {own + 1, own - 1, own, &weight_};
    products_ = {{RowForm::paired_odd, {&odd_, 1}, 0, half_, &one_, 0, nullptr},
                 {RowForm::paired_even, {&even_, 1}, 0, one_, &factor_, 0, nullptr}};
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  [[nodiscard]] const std::vector<kernels::RowProduct<T>>& products() const {
    return products_;
  }

  [[nodiscard]] T product(std::size_t k, std::size_t j) const {
    const T* const own = samples_.data() + 1 + j;
    if (k == 0) return half_ * (own[1] - own[-1]);
    return factor_ * (weight_ * ((own[1] - own[0]) - (own[0] - own[-1])));
  }

 private:
  T one_ = 1;
  T half_ = T(0.5);
  T weight_ = T(0.3);
  T factor_ = -1;
  std::vector<T> samples_;
  RowTerm<T, T> odd_;
  RowTerm<T, T> even_;
  std::vector<kernels::RowProduct<T>> products_;
};

template <class T>
void expect_filled(const Run<T>& run, const Case& with, const kernels::Gaps<T>& gaps) {
  constexpr T guard = 42;
  const auto is_gap = [&](std::size_t j) {
    return gaps.width > 0 && j >= gaps.first &&
           (j - gaps.first) % gaps.apart < gaps.width;
  };
  for (const bool is_root : {false, true}) {
    std::vector<T> out(with.offset + with.count + 1, guard);
    const kernels::RunTarget<T> to = {out.data() + with.offset, with.count, gaps};
    is_root ? kernels::magnitude(run.products(), to, with.stores)
            : kernels::sum(run.products(), to, with.stores);
    kernels::flush_streams();
    std::size_t next = 0;
    for (std::size_t j = 0; j < with.count; ++j) {
      const T a = run.product(0, j);
      const T b = run.product(1, j);
      const double squares = double{a} * a + double{b} * b;
      const T computed = is_root ? static_cast<T>(std::sqrt(squares)) : a + b;
      const T expected = is_gap(j) ? gaps.values[next++] : computed;
      ASSERT_TRUE(same_bits(to.out[j], expected))
          << "column " << j << " of " << with.count << ", gaps of " << gaps.width
          << " from " << gaps.first << ", " << gaps.apart << " apart";
    }
    EXPECT_EQ(out.back(), guard);
    for (std::size_t j = 0; j < with.offset; ++j) EXPECT_EQ(out[j], guard);
  }
}

template <class T>
void expect_every_gap_filled() {
  Random random(seed);
  const std::vector<T> values = random_samples<T>(400, random);
  for (const std::size_t count : {1, 3, 15, 16, 63, 64, 65, 130, 400}) {
    const Run<T> run(count, random);
    for (const kernels::Stores stores :
         {kernels::Stores::ordinary, kernels::Stores::streamed}) {
      for (const std::size_t offset : {0, 1, 7}) {
        const Case with = {count, offset, stores};
        expect_filled<T>(run, with, {});
        for (const std::size_t width : {1, 2, 6, 80}) {
          for (const std::size_t fused : {1, 4, 59, 64, 128}) {
            for (const std::size_t first : {std::size_t{0}, fused, count - 1, count}) {
              expect_filled<T>(run, with, {first, width, width + fused, values.data()});
            }
          }
        }
      }
    }
  }
}

class CombineOnTarget : public EveryTarget {};

TEST_P(CombineOnTarget, FillsGaps) {
  kernels::ensure_target();
  expect_every_gap_filled<float>();
  expect_every_gap_filled<double>();
}

GRIDGRAD_FOR_EVERY_TARGET(CombineOnTarget);

}  // namespace
}  // namespace gridgrad::test

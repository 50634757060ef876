// tests/adapt/mdspan_test.cpp: views of std::mdspan; links nothing, to run with any
// library
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/adapt/mdspan.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdio>
#include <mdspan>
#include <numeric>

namespace {

using gridgrad::view;
using Extents = std::extents<int, 2, std::dynamic_extent>;

int failures = 0;

void expect(bool holds, const char* what) {
  if (holds) return;
  std::printf("does not hold: %s\n", what);
  ++failures;
}

/// The view finds each sample where the mdspan does.
template <class Mdspan>
void expect_same_samples(const Mdspan& field, const char* what) {
  const auto samples = view(field);
  bool same = samples.rank() == 2 && samples.size() == field.size();
  for (int i = 0; same && i < field.extent(0); ++i) {
    for (int k = 0; k < field.extent(1); ++k) {
      const auto offset = i * samples.strides()[0] + k * samples.strides()[1];
      same = same && samples.data() + offset == &field[i, k];
    }
  }
  expect(same, what);
}

void layouts(double* samples) {
  expect_same_samples(std::mdspan<double, Extents>(samples, 3), "layout_right");
  expect_same_samples(std::mdspan<double, Extents, std::layout_left>(samples, 3),
                      "layout_left");
  const std::layout_stride::mapping padded(Extents(3), std::array{1, 4});
  expect_same_samples(std::mdspan(samples, padded), "layout_stride");
  expect_same_samples(std::mdspan<const double, Extents>(samples, 3), "const samples");
}

void rank_zero(double* samples) {
  const std::mdspan<double, std::extents<int>> scalar(samples);

  expect(view(scalar).rank() == 0 && view(scalar).size() == 1, "rank 0");
}

void writing(double* samples) {
  const std::mdspan<double, Extents> field(samples, 3);

  view(field).data()[1] = -1;

  expect(field[0, 1] == -1, "a view of non-const samples writes to them");
}

template <class T>
using FieldOf = std::mdspan<T, Extents, std::layout_left>;
static_assert(std::same_as<decltype(view(std::declval<FieldOf<const float>&>())),
                           gridgrad::StridedView<const float>>);
static_assert(
    std::same_as<gridgrad::ResultOf<FieldOf<const float>>, gridgrad::Array<float>>);
static_assert(std::same_as<gridgrad::ResultOf<FieldOf<int>>, gridgrad::Array<double>>);

}  // namespace

int main() {
  std::array<double, 16> samples{};
  std::iota(samples.begin(), samples.end(), 1.0);

  layouts(samples.data());
  rank_zero(samples.data());
  writing(samples.data());

  return failures == 0 ? 0 : 1;
}

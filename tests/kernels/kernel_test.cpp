// kernel_test.cpp: each kernel against its one-line definition, on every target
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "half.hpp"
#include "kernels/across.hpp"
#include "kernels/along.hpp"
#include "kernels/halves.hpp"
#include "kernels/table.hpp"
#include "support/bits.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

// Around one, two and four vectors of every width, and around four rows.
constexpr std::array<std::size_t, 14> lengths = {1, 2,  3,  4,  5,  7,  8,
                                                 9, 15, 16, 17, 31, 33, 67};
constexpr std::size_t longest_radius = 6;  // four unrolled, and beyond
constexpr double guard = 42;

template <class T>
T weighted_sum(const std::vector<T>& weights, std::span<const T> differences) {
  T sum = weights[0] * differences[0];
  for (std::size_t k = 1; k < weights.size(); ++k) sum += weights[k] * differences[k];
  return sum;
}

// In every other case, where there may be one.
template <class T>
std::optional<T> random_divisor(std::size_t which, bool has_one, Random& random) {
  if (which % 2 == 0 || !has_one) return {};
  return random_sample<T>(random);
}

// Samples with room for the reach on both sides and no more, so that the address
// sanitizer sees what is read beyond, and the results around a guard.
template <class S, class T>
struct Fixture {
  Fixture(std::size_t rows, std::size_t columns, std::size_t reach, Random& random)
      : step(static_cast<std::ptrdiff_t>(columns)),
        samples(random_samples<S>((rows + 2 * reach) * columns, random)),
        out(rows * columns + 1, T{guard}),
        slab{samples.data() + reach * columns, step, out.data(), step, rows, columns} {}

  [[nodiscard]] S sample(std::size_t row, std::ptrdiff_t offset,
                         std::size_t column) const {
    const auto at = static_cast<std::ptrdiff_t>(row) + offset;
    return slab.in[at * step + static_cast<std::ptrdiff_t>(column)];
  }

  std::ptrdiff_t step;
  std::vector<S> samples;
  std::vector<T> out;
  kernels::Slab<S, T> slab;
};

// How many samples a kernel is given, and what it makes of them.
struct PairCase {
  std::size_t rows;
  std::size_t columns;
  std::size_t radius;
  RowForm form;
};

template <class S, class T, class Kernel>
void expect_pairs(Kernel kernel, const PairCase& with) {
  const auto [rows, columns, radius, form] = with;
  SCOPED_TRACE(testing::Message() << rows << " x " << columns << ", radius " << radius);
  Random random(seed + radius);
  Fixture<S, T> fixture(rows, columns, radius, random);
  const std::vector<T> weights = random_samples<T>(radius, random);
  const T scale = random_sample<T>(random);
  const std::optional<T> divisor = random_divisor<T>(
      rows + columns, radius == 1 && form == RowForm::paired_odd, random);

  kernel(fixture.slab, kernels::PairedRow<T>{form, weights, scale, divisor});

  std::size_t different = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      std::vector<T> differences;
      for (std::size_t k = 1; k <= radius; ++k) {
        const auto reach = static_cast<std::ptrdiff_t>(k);
        const S plus = fixture.sample(i, reach, j);
        const S minus = fixture.sample(i, -reach, j);
        const S centre = fixture.sample(i, 0, j);
        differences.push_back(form == RowForm::paired_odd
                                  ? difference(plus, minus)
                                  : difference(plus, centre) - difference(centre, minus));
      }
      const T sum = weighted_sum<T>(weights, differences);
      const T expected = scaled_sum(sum, scale, divisor);
      different += same_bits(fixture.out[i * columns + j], expected) ? 0 : 1;
    }
  }
  EXPECT_EQ(different, 0U);
  EXPECT_EQ(fixture.out.back(), T{guard}) << "written past the end";
}

constexpr auto across = [](const auto& slab, const auto& row) {
  kernels::across(slab, row);
};
constexpr auto streamed_across = [](auto slab, const auto& row) {
  slab.stores = kernels::Stores::streamed;
  kernels::across(slab, row);
};
constexpr auto streamed_along = [](auto slab, const auto& row) {
  slab.stores = kernels::Stores::streamed;
  kernels::along(slab, row);
};
constexpr auto along = [](const auto& slab, const auto& row) {
  kernels::along(slab, row);
};

template <class S, class T, class Kernel>
void expect_all_pairs(Kernel kernel) {
  for (const std::size_t rows : lengths) {
    for (const std::size_t columns : lengths) {
      for (std::size_t radius = 1; radius <= longest_radius; ++radius) {
        expect_pairs<S, T>(kernel, {rows, columns, radius, RowForm::paired_odd});
        expect_pairs<S, T>(kernel, {rows, columns, radius, RowForm::paired_even});
      }
    }
  }
}

class Kernel : public EveryTarget {};
GRIDGRAD_FOR_EVERY_TARGET(Kernel);

TEST_P(Kernel, AcrossIsItsDefinition) {
  expect_all_pairs<float, float>(across);
  expect_all_pairs<double, double>(across);
  expect_all_pairs<std::int64_t, double>(across);
  expect_all_pairs<float, float>(streamed_across);
}

TEST_P(Kernel, AlongIsItsDefinition) {
  expect_all_pairs<float, float>(along);
  expect_all_pairs<double, double>(along);
  expect_all_pairs<std::int64_t, double>(along);
  expect_all_pairs<float, float>(streamed_along);
}

// What stands at the ends of lines: their number and place.
template <class T>
struct KnownEnds {
  std::size_t lines;
  std::size_t before;
  std::size_t after;
  std::vector<T> values = std::vector<T>(before + after + 2 * kernels::end_margin, -1);

  static T value(std::size_t line, std::size_t at) {
    return static_cast<T>(1000 * line + at);
  }
  static const T* before_line(void* context, std::size_t boundary) {
    auto& ends = *static_cast<KnownEnds*>(context);
    T* const to = ends.values.data() + kernels::end_margin;
    for (std::size_t at = 0; boundary > 0 && at < ends.after; ++at) {
      to[at] = value(boundary - 1, ends.before + at);
    }
    for (std::size_t at = 0; boundary < ends.lines && at < ends.before; ++at) {
      to[ends.after + at] = value(boundary, at);
    }
    return to;
  }
};

// Lines of `length` results each, of which the ends are given.
template <class S, class T>
void expect_lines(std::size_t length, std::size_t radius, kernels::Stores stores) {
  SCOPED_TRACE(testing::Message() << "lines of " << length << ", radius " << radius);
  constexpr std::size_t lines = 9;
  Random random(seed);
  Fixture<S, T> fixture(lines * length, 1, radius, random);
  const std::vector<T> weights = random_samples<T>(radius, random);
  const kernels::PairedRow<T> row = {RowForm::paired_odd, weights, T{2}};
  kernels::along(fixture.slab, row);
  KnownEnds<T> known = {lines, radius, radius + 1};
  const std::size_t own = length - known.before - known.after;
  std::vector<T> expected = fixture.out;
  for (std::size_t line = 0; line < lines; ++line) {
    for (std::size_t at = 0; at < known.before + known.after; ++at) {
      const std::size_t place = at < known.before ? at : at + own;
      expected[line * length + place] = known.value(line, at);
    }
  }

  fixture.slab.stores = stores;
  kernels::along(fixture.slab, row,
                 {known.before_line, &known, known.before, known.after, length});

  std::size_t different = 0;
  for (std::size_t q = 0; q < expected.size(); ++q) {
    different += same_bits(fixture.out[q], expected[q]) ? 0 : 1;
  }
  EXPECT_EQ(different, 0U);
}

TEST_P(Kernel, AlongLinesKeepsTheirEnds) {
  for (const std::size_t radius : {1, 3, 5}) {
    for (std::size_t own = 1; own < 70; ++own) {
      for (const auto stores : {kernels::Stores::ordinary, kernels::Stores::streamed}) {
        expect_lines<float, float>(own + 2 * radius + 1, radius, stores);
        expect_lines<double, double>(own + 2 * radius + 1, radius, stores);
        expect_lines<std::int64_t, double>(own + 2 * radius + 1, radius, stores);
      }
    }
  }
}

// Three terms, with or without a sample to subtract, weights shared or one per row, some
// of them 0.
template <class S, class T>
void expect_table(std::size_t rows, std::size_t columns, std::ptrdiff_t weight_step,
                  RowForm form, bool leaves_out,
                  kernels::Stores stores = kernels::Stores::ordinary) {
  SCOPED_TRACE(testing::Message()
               << rows << " x " << columns << ", step " << weight_step);
  Random random(seed);
  Fixture<S, T> fixture(rows, columns, 5, random);
  fixture.slab.stores = stores;
  constexpr std::array<std::ptrdiff_t, 3> offsets = {-2, 1, 5};
  std::vector<T> weights = random_samples<T>(3 * rows, random);
  if (leaves_out) weights[rows] = 0;
  const T scale = random_sample<T>(random);
  const std::optional<T> divisor = random_divisor<T>(rows + columns, true, random);
  std::vector<RowTerm<S, T>> terms;
  for (std::size_t k = 0; k < 3; ++k) {
    terms.push_back({fixture.slab.in + offsets[k] * fixture.step, fixture.slab.in,
                     fixture.slab.in, &weights[k * rows]});
  }

  kernels::table(fixture.slab, kernels::TermRow<S, T>{form, terms, weight_step, scale,
                                                      leaves_out, divisor});

  std::size_t different = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      T sum = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        const S plus = fixture.sample(i, offsets[k], j);
        const T value = form == RowForm::plain
                            ? static_cast<T>(plus)
                            : difference(plus, fixture.sample(i, 0, j));
        const T weight = weights[k * rows + (weight_step == 0 ? 0 : i)];
        const T term = weight == 0 ? T{0} : weight * value;
        sum = k == 0 ? term : sum + term;
      }
      const T expected = scaled_sum(sum, scale, divisor);
      different += same_bits(fixture.out[i * columns + j], expected) ? 0 : 1;
    }
  }
  EXPECT_EQ(different, 0U);
  EXPECT_EQ(fixture.out.back(), T{guard}) << "written past the end";
}

// Two terms along lines of `own` results between their ends, whose weights recur.
template <class S, class T>
void expect_table_lines(std::size_t own, std::size_t before, bool is_weighted,
                        kernels::Stores stores) {
  constexpr std::size_t after = 2;
  const std::size_t length = before + own + after;
  SCOPED_TRACE(testing::Message() << "lines of " << length);
  constexpr std::size_t lines = 9;
  Random random(seed);
  Fixture<S, T> fixture(1, lines * length, 0, random);
  std::vector<S> samples(lines * length + 3);
  for (S& sample : samples) sample = random_sample<S>(random);
  const std::size_t recurring = length + kernels::end_margin;
  std::vector<T> weights(2 * recurring);
  for (std::size_t k = 0; k < 2; ++k) {
    for (std::size_t p = 0; p < recurring; ++p) {
      T& weight = weights[k * recurring + p];
      weight =
          p < length ? random_sample<T>(random) : weights[k * recurring + p - length];
    }
  }
  const S* const at = samples.data() + 1;
  const std::vector<RowTerm<S, T>> terms = {{at, at - 1, at, weights.data()},
                                            {at + 2, at, at, &weights[recurring]}};
  KnownEnds<T> known = {lines, before, after};
  fixture.slab.stores = stores;

  kernels::table(
      fixture.slab,
      kernels::TermRow<S, T>{RowForm::based, terms, is_weighted ? 1 : 0, T{2}, false},
      {known.before_line, &known, known.before, known.after, length});

  std::size_t different = 0;
  for (std::size_t q = 0; q < lines * length; ++q) {
    const std::size_t line = q / length;
    const std::size_t p = q % length;
    const std::size_t w = is_weighted ? p : 0;
    const T below = weights[w] * difference(at[q], samples[q]);
    const T above = weights[recurring + w] * difference(samples[q + 3], at[q]);
    T expected = T{2} * (below + above);
    if (p < known.before) expected = known.value(line, p);
    if (p + known.after >= length) {
      expected = known.value(line, known.before + p + known.after - length);
    }
    different += same_bits(fixture.out[q], expected) ? 0 : 1;
  }
  EXPECT_EQ(different, 0U);
}

TEST_P(Kernel, TableAlongLinesKeepsTheirEnds) {
  for (std::size_t own = 1; own < 70; ++own) {
    for (const std::size_t before : {1, 100}) {
      for (const auto stores : {kernels::Stores::ordinary, kernels::Stores::streamed}) {
        for (const bool is_weighted : {false, true}) {
          expect_table_lines<float, float>(own, before, is_weighted, stores);
          expect_table_lines<double, double>(own, before, is_weighted, stores);
          expect_table_lines<std::int64_t, double>(own, before, is_weighted, stores);
        }
      }
    }
  }
}

template <class S, class T>
void expect_all_tables() {
  for (const std::size_t rows : lengths) {
    for (const std::size_t columns : lengths) {
      for (const std::ptrdiff_t weight_step : {0, 1}) {
        for (const bool leaves_out : {false, true}) {
          expect_table<S, T>(rows, columns, weight_step, RowForm::plain, leaves_out);
          expect_table<S, T>(rows, columns, weight_step, RowForm::based, leaves_out);
        }
      }
    }
  }
}

TEST_P(Kernel, TableIsItsDefinition) {
  expect_all_tables<float, float>();
  expect_all_tables<double, double>();
  expect_all_tables<std::int64_t, double>();
}

// Rows that are computed some columns at a time, aligned alike and not.
TEST_P(Kernel, TableOfWideRowsIsItsDefinition) {
  for (const std::size_t columns : {1500, 1536}) {
    for (const auto stores : {kernels::Stores::ordinary, kernels::Stores::streamed}) {
      expect_table<float, float>(5, columns, 1, RowForm::based, false, stores);
      expect_table<double, double>(5, columns, 1, RowForm::based, false, stores);
    }
  }
}

// All 65536 of them, one more than fits whole vectors.
template <class Half>
std::vector<Half> all_halves() {
  std::vector<Half> halves(65537);
  for (std::size_t i = 0; i < halves.size(); ++i) {
    halves[i].bits = static_cast<std::uint16_t>(i);
  }
  return halves;
}

// What lies around every half and halfway to the next, infinity and NaN among them.
template <class Half>
std::vector<float> around_all_halves() {
  constexpr std::array<std::uint32_t, 7> beyond = {0,      1,          0xfff,     0x1000,
                                                   0x1001, 0x7fffffff, 0xffffffff};
  std::vector<float> numbers;
  for (const Half half : all_halves<Half>()) {
    const auto bits = std::bit_cast<std::uint32_t>(widened(half));
    for (const std::uint32_t more : beyond) {
      numbers.push_back(std::bit_cast<float>(bits + more));
      numbers.push_back(std::bit_cast<float>(bits + (more << 3)));
    }
  }
  return numbers;
}

template <class Half, class Narrow>
void expect_conversions(const Narrow& narrowed) {
  const std::vector<Half> halves = all_halves<Half>();
  std::vector<float> wide(halves.size());
  kernels::widen(halves.data(), wide.data(), wide.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < halves.size(); ++i) {
    const auto expected = std::bit_cast<std::uint32_t>(widened(halves[i]));
    different += std::bit_cast<std::uint32_t>(wide[i]) == expected ? 0 : 1;
  }
  const std::vector<float> numbers = around_all_halves<Half>();
  std::vector<Half> narrow(numbers.size());
  kernels::narrow(numbers.data(), narrow.data(), narrow.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    different += narrow[i] == narrowed(numbers[i]) ? 0 : 1;
  }
  EXPECT_EQ(different, 0U);
}

TEST_P(Kernel, HalvesAreConvertedAsOneByOne) {
  expect_conversions<Float16>(narrowed_to_float16);
  expect_conversions<BFloat16>(narrowed_to_bfloat16);
}

// Halves that borrow from each other, and the farthest apart that integers can be.
TEST_P(Kernel, DifferencesOfIntegersAreRoundedOnce) {
  constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::int64_t> samples = {lowest, 0xffffffff, highest, 0x100000000,
                                             -1,     -2,         lowest,  highest};
  std::vector<double> out(6);
  const std::vector<double> one = {1};
  kernels::along(kernels::Slab<std::int64_t, double>{&samples[1], 1, out.data(), 1, 6, 1},
                 kernels::PairedRow<double>{RowForm::paired_odd, one, 1});

  // highest - lowest = 2^64 - 1; 1 - 2^63 + 2^32; -2^63; -2^32 - 2; 1 - 2^63; 2^63 + 1:
  // each the nearest double.
  EXPECT_EQ(out,
            (std::vector<double>{0x1p64, 1.0, -0x1p63, -0x1p32 - 2, -0x1p63, 0x1p63}));
}

}  // namespace
}  // namespace gridgrad::test

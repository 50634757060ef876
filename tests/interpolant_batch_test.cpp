// interpolant_batch_test.cpp: many locations at once, on threads, of any strides and rank
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <thread>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "support/bits.hpp"
#include "support/interpolant_comparison.hpp"

namespace gridgrad::test {
namespace {

// Results of n locations of rank R, poisoned.
template <std::size_t R>
struct Results {
  std::vector<double> value;
  std::vector<double> gradient;
  std::vector<double> hessian;
  std::vector<std::uint8_t> status;

  explicit Results(std::size_t n)
      : value(n, -7), gradient(n * R, -7), hessian(n * R * R, -7), status(n, 77) {}

  template <class Interpolant>
  void fill(const Interpolant& interpolant, const StridedView<const double>& locations,
            Execution execution = {}) {
    const std::size_t n = value.size();
    const auto v = StridedView<double>::contiguous(value.data(), {n});
    const auto g = StridedView<double>::contiguous(gradient.data(), {n, R});
    const auto h = StridedView<double>::contiguous(hessian.data(), {n, R, R});
    const auto s = StridedView<std::uint8_t>::contiguous(status.data(), {n});
    interpolant.evaluate(locations, {v, g, h, s, execution});
  }

  friend bool operator==(const Results& a, const Results& b) {
    const auto same = [](const std::vector<double>& x, const std::vector<double>& y) {
      return std::ranges::equal(x, y, same_bits<double>);
    };
    return same(a.value, b.value) && same(a.gradient, b.gradient) &&
           same(a.hessian, b.hessian) && a.status == b.status;
  }
};

template <std::size_t R>
std::vector<double> random_locations(const GridCase<R>& grid, std::size_t n,
                                     Random& random) {
  std::vector<double> locations;
  for (std::size_t k = 0; k < n; ++k) {
    const std::array<double, R> at = random_location(grid, random);
    locations.insert(locations.end(), at.begin(), at.end());
  }
  return locations;
}

// One query after the other.
template <std::size_t R>
Results<R> answers(const Interpolant<R>& interpolant,
                   const std::vector<double>& locations) {
  Results<R> results(locations.size() / R);
  for (std::size_t k = 0; k < results.value.size(); ++k) {
    std::array<double, R> at;
    std::copy_n(&locations[k * R], R, at.begin());
    const auto answer = interpolant.value_gradient_and_hessian(at);
    results.value[k] = answer.value;
    std::ranges::copy(answer.gradient, &results.gradient[k * R]);
    for (std::size_t a = 0; a < R; ++a) {
      std::ranges::copy(answer.hessian[a], &results.hessian[(k * R + a) * R]);
    }
    results.status[k] = static_cast<std::uint8_t>(answer.status);
  }
  return results;
}

template <std::size_t R>
void expect_bits_of_queries(const InterpolantOptions& options, Random& random) {
  SCOPED_TRACE("rank " + std::to_string(R) + " " + described(options));
  const bool is_spline = options.interpolation == Interpolation::spline;
  const GridCase<R> grid =
      random_grid<R>(options, random, is_spline ? spline_ends() : cubic_ends());
  constexpr std::size_t n = 2500;
  const std::vector<double> locations = random_locations(grid, n, random);
  const Interpolant<R> interpolant(grid.field(), grid.rules(), options);
  const Results<R> expected = answers(interpolant, locations);
  for (const std::size_t threads : {0, 1, 2, 3, 8}) {
    Results<R> batch(n);
    batch.fill(interpolant,
               StridedView<const double>::contiguous(locations.data(), {n, R}),
               {threads});
    EXPECT_TRUE(batch == expected) << threads << " threads";
  }
}

TEST(InterpolantBatch, HasTheBitsOfSingleQueriesOnAnyNumberOfThreads) {
  Random random(seed);
  for (const Interpolation kind :
       {Interpolation::linear, Interpolation::cubic, Interpolation::spline}) {
    for (const int accuracy : {2, 4}) {
      for (const Outside outside : {Outside::missing, Outside::extend, Outside::clamp}) {
        const InterpolantOptions options = {kind, accuracy, outside};
        expect_bits_of_queries<1>(options, random);
        expect_bits_of_queries<2>(options, random);
        expect_bits_of_queries<3>(options, random);
      }
    }
  }
  expect_bits_of_queries<4>({.accuracy = 4}, random);
}

TEST(InterpolantBatch, MayBeAskedByEightThreadsAtOnce) {
  Random random(seed);
  const GridCase<2> grid = random_grid<2>({}, random);
  constexpr std::size_t n = 2000;
  const std::vector<double> locations = random_locations(grid, n, random);
  const Interpolant<2> shared(grid.field(), grid.rules(), {.outside = Outside::extend});
  const Results<2> expected = answers(shared, locations);
  std::vector<Results<2>> results(8, Results<2>(n));
  {
    std::vector<std::jthread> readers;
    for (Results<2>& mine : results) {
      readers.emplace_back([&] { mine = answers(shared, locations); });
    }
  }
  for (const Results<2>& mine : results) EXPECT_TRUE(mine == expected);
}

// Locations with gaps, backwards and transposed; results likewise.
TEST(InterpolantBatch, ReadsAndWritesArraysOfAnyStrides) {
  Random random(seed);
  const GridCase<2> grid = random_grid<2>({}, random);
  const Interpolant<2> interpolant(grid.field(), grid.rules());
  const std::vector<std::size_t> shape = {3, 5, 2};
  const std::vector<double> plain = random_locations(grid, 15, random);
  const Results<2> expected = answers(interpolant, plain);
  const auto source = StridedView<const double>::contiguous(plain.data(), shape);
  for (const std::ptrdiff_t gap : {1, 2}) {
    StridedField<double> locations(shape, {2, 0, 1}, gap, {false, true, gap == 2});
    for_each_index(shape, [&](std::span<const std::size_t> index) {
      at(locations.view(), index) = at(source, index);
    });
    StridedField<double> value({3, 5}, {1, 0}, gap, {true, false});
    StridedField<double> gradient(shape, {2, 1, 0}, gap, {false, true, true});
    StridedField<double> hessian({3, 5, 2, 2}, {3, 0, 2, 1}, gap,
                                 {false, false, true, true});
    StridedField<std::uint8_t> status({3, 5}, {0, 1}, 3, {true, true});
    const auto v = value.view();
    const auto g = gradient.view();
    const auto h = hessian.view();
    const auto s = status.view();
    interpolant.evaluate(locations.view(), {v, g, h, s});
    for_each_index(shape, [&](std::span<const std::size_t> index) {
      const std::size_t k = index[0] * 5 + index[1];
      const std::size_t a = index[2];
      EXPECT_TRUE(same_bits(at(v, index.first(2)), expected.value[k]));
      EXPECT_TRUE(same_bits(at(g, index), expected.gradient[k * 2 + a]));
      for (std::size_t b = 0; b < 2; ++b) {
        const std::vector<std::size_t> place = {index[0], index[1], a, b};
        EXPECT_TRUE(same_bits(at(h, std::span<const std::size_t>(place)),
                              expected.hessian[(k * 2 + a) * 2 + b]));
      }
      EXPECT_EQ(at(s, index.first(2)), expected.status[k]);
    });
  }
}

TEST(InterpolantBatch, OfSamplesInAnyOrderOfMemoryHasTheSameBits) {
  Random random(seed);
  const GridCase<2> grid = random_grid<2>({}, random);
  const std::vector<double> locations = random_locations(grid, 50, random);
  const Interpolant<2> plain(grid.field(), grid.rules());
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1}, std::vector<std::size_t>{1, 0}}) {
    StridedField<float> floats(grid.extents, order, 2, {true, false});
    std::vector<double> rounded;
    for_each_index(grid.extents, [&](std::span<const std::size_t> index) {
      const auto sample = static_cast<float>(at(grid.field(), index));
      at(floats.view(), index) = sample;
      rounded.push_back(sample);
    });
    const Interpolant<2> strided(floats.view(), grid.rules());
    const Interpolant<2> copied(
        StridedView<const double>::contiguous(rounded.data(), grid.extents),
        grid.rules());
    EXPECT_TRUE(answers(strided, locations) == answers(copied, locations));
  }
}

// Locations of other types than double are the same numbers.
TEST(InterpolantBatch, TakesLocationsOfAnyRealType) {
  const std::vector<double> samples = {1, 2, 4, 8, 16};
  const Interpolant<1> line(samples, {Axis()});
  const std::vector<double> doubles = {0, 1, 3};
  const std::vector<int> integers = {0, 1, 3};
  const std::vector<float> floats = {0, 1, 3};
  std::vector<double> expected(3);
  std::vector<double> actual(3);
  const auto column = [](auto& numbers) {
    return StridedView<const std::remove_cvref_t<decltype(numbers[0])>>::contiguous(
        numbers.data(), {3, 1});
  };
  const auto e = view(expected);
  const auto a = view(actual);
  line.evaluate(column(doubles), {.value = e});

  line.evaluate(column(integers), {.value = a});
  EXPECT_EQ(actual, expected);
  line.evaluate(column(floats), {.value = a});
  EXPECT_EQ(actual, expected);
  EXPECT_EQ(expected, (std::vector<double>{1, 2, 8}));
}

TEST(InterpolantBatch, ComputesOnlyWhatItIsAskedFor) {
  Random random(seed);
  const GridCase<3> grid = random_grid<3>({}, random);
  const Interpolant<3> interpolant(grid.field(), grid.rules());
  const std::vector<double> locations = random_locations(grid, 20, random);
  const auto at = StridedView<const double>::contiguous(locations.data(), {20, 3});
  const Results<3> expected = answers(interpolant, locations);
  Results<3> results(20);
  const auto g = StridedView<double>::contiguous(results.gradient.data(), {20, 3});

  interpolant.evaluate(at, {.gradient = g});
  interpolant.evaluate(at, {});

  EXPECT_TRUE(std::ranges::equal(results.gradient, expected.gradient, same_bits<double>));
  EXPECT_EQ(results.value, std::vector<double>(20, -7));
}

TEST(InterpolantBatch, OfNoLocationsWritesNothing) {
  const std::vector<double> samples = {1, 2, 4, 8, 16};
  const Interpolant<1> line(samples, {Axis()});
  const std::vector<double> none;
  std::vector<double> value;
  const auto v = view(value);

  line.evaluate(StridedView<const double>::contiguous(none.data(), {0, 1}), {.value = v});

  EXPECT_TRUE(value.empty());
}

// Also with threads and gaps: the ranks above 4 have a path of their own.
template <std::size_t R>
void expect_reference_at_rank(const InterpolantOptions& options, Random& random) {
  SCOPED_TRACE("rank " + std::to_string(R) + " " + described(options));
  GridCase<R> grid;
  for (std::size_t a = 0; a < R; ++a) {
    grid.extents.push_back(std::max<std::size_t>(3, window_of(options)) +
                           (a == 1 ? 1 : 0));
    grid.axes[a] = random_axis(grid.extents[a], {OneSided{}, Symmetric{}}, random);
  }
  grid.samples = random_samples<double>(product(grid.extents), random);
  std::array<InterpolatedAxis, R> axes;
  for (std::size_t a = 0; a < R; ++a) {
    axes[a] = interpolated_axis(grid.axes[a].rule, grid.axes[a].x, options);
  }
  const AnyInterpolant interpolant(grid.field(), grid.rules(), options);
  constexpr std::size_t n = 3;
  const std::vector<double> locations = random_locations(grid, n, random);
  const auto batch = StridedView<const double>::contiguous(locations.data(), {n, R});
  Results<R> results(n);
  Results<R> threaded(n);
  results.fill(interpolant, batch);
  threaded.fill(interpolant, batch, {2});
  EXPECT_TRUE(threaded == results);
  constexpr double largest = 100;  // of random_sample()
  for (std::size_t k = 0; k < n; ++k) {
    std::array<double, R> at;
    std::copy_n(&locations[k * R], R, at.begin());
    const auto expected = reference_query<R>(axes, grid.extents, grid.samples.data(), at);
    const auto near = [&](double actual, Real exact, std::vector<std::size_t> along) {
      EXPECT_LE(static_cast<double>(std::abs(actual - exact)),
                partial_bound(expected, options, largest, along));
    };
    EXPECT_EQ(results.status[k], static_cast<std::uint8_t>(expected.status));
    near(results.value[k], expected.at.value, {});
    for (std::size_t a = 0; a < R; ++a) {
      near(results.gradient[k * R + a], expected.at.first[a], {a});
      for (std::size_t b = 0; b <= a; ++b) {
        near(results.hessian[(k * R + a) * R + b], expected.at.second[a][b], {a, b});
      }
    }
  }
}

TEST(InterpolantBatch, OfRankFiveToEightEqualsTheReference) {
  Random random(seed);
  const InterpolantOptions linear = {.interpolation = Interpolation::linear,
                                     .outside = Outside::extend};
  expect_reference_at_rank<5>(linear, random);
  expect_reference_at_rank<6>(linear, random);
  expect_reference_at_rank<7>(linear, random);
  expect_reference_at_rank<8>(linear, random);
  expect_reference_at_rank<5>({.outside = Outside::extend}, random);
  expect_reference_at_rank<6>({.outside = Outside::clamp}, random);
  expect_reference_at_rank<8>({.outside = Outside::extend}, random);
  expect_reference_at_rank<5>({.accuracy = 4, .outside = Outside::extend}, random);
}

// Rank 5 of a field that is constant along one axis, which has one gap far away.
TEST(InterpolantBatch, OfRankFiveIsMissingWhereAWeightFallsOnAGap) {
  const std::vector<std::size_t> extents = {4, 4, 4, 4, 6};
  std::vector<float> samples(product(extents), 2);
  samples.back() = std::nanf("");
  const auto field = StridedView<const float>::contiguous(samples.data(), extents);
  const AnyInterpolant interpolant(field, std::vector<Axis>(5),
                                   {.interpolation = Interpolation::linear});
  const std::vector<double> locations = {2.5, 2.5, 2.5, 2.5, 4.5, 2.5, 2.5, 2.5, 2.5, 4};
  Results<5> results(2);

  results.fill(interpolant,
               StridedView<const double>::contiguous(locations.data(), {2, 5}));

  EXPECT_EQ(results.status[0], static_cast<std::uint8_t>(Status::missing));
  EXPECT_TRUE(std::isnan(results.value[0]) && std::isnan(results.gradient[4]));
  EXPECT_EQ(results.status[1], static_cast<std::uint8_t>(Status::missing));
}

TEST(InterpolantBatch, OfAVectorFieldWritesJacobians) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(5 * 6 * 3, random);
  const auto field = StridedView<const double>::contiguous(samples.data(), {5, 6, 3});
  const Interpolant<2, 3> vectors(field, {Axis(), Axis()});
  const std::vector<double> locations = {1.5, 2.5, 3.25, 4};
  std::vector<double> value(2 * 3);
  std::vector<double> gradient(2 * 3 * 2);
  const auto v = StridedView<double>::contiguous(value.data(), {2, 3});
  const auto g = StridedView<double>::contiguous(gradient.data(), {2, 3, 2});

  vectors.evaluate(StridedView<const double>::contiguous(locations.data(), {2, 2}),
                   {.value = v, .gradient = g});

  for (std::size_t k = 0; k < 2; ++k) {
    const auto expected =
        vectors.value_and_gradient({locations[2 * k], locations[2 * k + 1]});
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_EQ(value[k * 3 + c], expected.value[c]);
      EXPECT_EQ(gradient[(k * 3 + c) * 2], expected.gradient[c][0]);
      EXPECT_EQ(gradient[(k * 3 + c) * 2 + 1], expected.gradient[c][1]);
    }
  }
}

}  // namespace
}  // namespace gridgrad::test

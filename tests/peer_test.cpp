// peer_test.cpp: NumPy's and torch's formulas, written out operation by operation
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/peer.hpp"

#include <cfenv>
#include <vector>

#include <gtest/gtest.h>

#include "support/bits.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using std::vector;

// numpy.gradient(f, h) for samples and a spacing of one type.
template <class T>
vector<T> numpy_uniform(const vector<T>& f, T h, int edge_order) {
  const std::size_t n = f.size();
  vector<T> out(n);
  for (std::size_t i = 1; i + 1 < n; ++i) out[i] = (f[i + 1] - f[i - 1]) / (T{2} * h);
  if (edge_order == 1) {
    out[0] = (f[1] - f[0]) / h;
    out[n - 1] = (f[n - 1] - f[n - 2]) / h;
  } else {
    const T a = T{-1.5} / h;
    const T b = T{2} / h;
    const T c = T{-0.5} / h;
    out[0] = (a * f[0] + b * f[1]) + c * f[2];
    out[n - 1] = (-c * f[n - 3] + -b * f[n - 2]) + -a * f[n - 1];
  }
  return out;
}

// The same at coordinates of type C, samples being stored as S and weighed as P.
template <class S, class P, class C>
vector<S> numpy_at(const vector<S>& f, const vector<C>& x) {
  const std::size_t n = f.size();
  vector<S> out(n);
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const C p = x[i] - x[i - 1];
    const C q = x[i + 1] - x[i];
    const P a = -q / (p * (p + q));
    const P b = (q - p) / (p * q);
    const P c = p / (q * (p + q));
    out[i] = static_cast<S>((a * P{f[i - 1]} + b * P{f[i]}) + c * P{f[i + 1]});
  }
  out[0] = static_cast<S>(P{f[1] - f[0]} / P{x[1] - x[0]});
  out[n - 1] = static_cast<S>(P{f[n - 1] - f[n - 2]} / P{x[n - 1] - x[n - 2]});
  return out;
}

template <class T>
vector<T> along_only_axis(const vector<T>& f, const PeerSpacing& spacing,
                          int edge_order = 1) {
  vector<T> out(f.size());
  const auto field = view(f);
  const auto result = view(out);
  const PeerAlong along = {0, spacing};
  const AnyOutput any(result);
  numpy_gradient_into(field, {&along, 1}, {&any, 1}, edge_order);
  return out;
}

template <class T>
void expect_same_bits(const vector<T>& actual, const vector<T>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    EXPECT_TRUE(same_bits(actual[i], expected[i])) << "at " << i;
  }
}

template <class C>
PeerSpacing spacing_of(const vector<C>& coordinates) {
  return {1, {coordinates.begin(), coordinates.end()}, element_type<C>()};
}

template <class C>
vector<C> irregular(std::size_t count, Random& random) {
  const vector<double> positions = random_positions(count, random);
  return {positions.begin(), positions.end()};
}

TEST(Peer, WorkedExamplesOfTorch) {
  const vector<double> values = {9, 6, 14, 21, 30};
  EXPECT_EQ(along_only_axis(values, {}), (vector<double>{-3, 2.5, 7.5, 8, 9}));
  EXPECT_EQ(along_only_axis(values, spacing_of<double>({-2, 1, -3, 4, 5}), 2),
            (vector<double>{-4, 2, -6, 8, 10}));
}

template <class T>
void expect_numpy_on_uniform_spacing() {
  Random random(seed);
  for (const double spacing : {1.0, 0.1, -3.0, 0.25, 1e-3}) {
    const T h = static_cast<T>(spacing);
    for (const std::size_t n : {2, 3, 4, 17, 1000}) {
      const vector<T> f = random_samples<T>(n, random);
      for (const int edge_order : {1, 2}) {
        if (n == 2 && edge_order == 2) continue;
        const PeerSpacing as_typed = {h, {}, element_type<T>()};
        expect_same_bits(along_only_axis(f, as_typed, edge_order),
                         numpy_uniform(f, h, edge_order));
      }
    }
  }
}

TEST(Peer, UniformSpacing) {
  expect_numpy_on_uniform_spacing<float>();
  expect_numpy_on_uniform_spacing<double>();
}

TEST(Peer, CoordinatesOfTheSamplesType) {
  Random random(seed);
  for (const std::size_t n : {3, 4, 17, 1000}) {
    const auto f = random_samples<float>(n, random);
    const auto x = irregular<float>(n, random);
    expect_same_bits(along_only_axis(f, spacing_of(x)),
                     numpy_at<float, float, float>(f, x));
    const auto g = random_samples<double>(n, random);
    const auto y = irregular<double>(n, random);
    expect_same_bits(along_only_axis(g, spacing_of(y)),
                     numpy_at<double, double, double>(g, y));
  }
}

TEST(Peer, CoordinatesOfAnotherType) {
  Random random(seed);
  for (const std::size_t n : {3, 4, 17, 1000}) {
    const auto f = random_samples<float>(n, random);
    const auto y = irregular<double>(n, random);
    expect_same_bits(along_only_axis(f, spacing_of(y)),
                     numpy_at<float, double, double>(f, y));
    const auto g = random_samples<double>(n, random);
    const auto x = irregular<float>(n, random);
    expect_same_bits(along_only_axis(g, spacing_of(x)),
                     numpy_at<double, double, float>(g, x));
  }
}

// A double that no float equals: the quotient is rounded twice, as NumPy does.
TEST(Peer, DistanceOfAWiderType) {
  Random random(seed);
  const auto f = random_samples<float>(1000, random);
  const double h = 0.1;
  const vector<float> out = along_only_axis(f, {h, {}, ElementType::float64});
  for (std::size_t i = 1; i + 1 < f.size(); ++i) {
    const auto expected = static_cast<float>(double{f[i + 1] - f[i - 1]} / (2 * h));
    ASSERT_TRUE(same_bits(out[i], expected)) << "at " << i;
  }
}

TEST(Peer, EquallySpacedCoordinatesAreADistance) {
  const vector<double> f = {0, 1, NAN, 9, 16};
  const auto out = along_only_axis(f, spacing_of<double>({0, 2, 4, 6, 8}));
  expect_same_bits(out, numpy_uniform(f, 2.0, 1));
  EXPECT_EQ(out[2], 2);
}

// What NumPy takes for 0 counts where a sample is not finite.
TEST(Peer, WeightsOfZeroCount) {
  const vector<double> f = {0, 1, INFINITY, 9, 16, 25};
  const auto out = along_only_axis(f, spacing_of<double>({0, 1, 2, 3, 4, 6}));
  EXPECT_TRUE(std::isnan(out[2]));
}

TEST(Peer, WideIntegersAreDifferencedExactly) {
  const std::int64_t beyond = std::int64_t{1} << 53;
  const vector<std::int64_t> f = {beyond + 1, beyond + 3, beyond + 5};
  vector<double> out(3);
  const auto field = view(f);
  const auto result = view(out);
  const PeerAlong along = {0};
  const AnyOutput any(result);
  numpy_gradient_into(field, {&along, 1}, {&any, 1});
  EXPECT_EQ(out, (vector<double>{2, 2, 2}));
}

// Axes of several kinds in one call; the threads do not change the bits, and what they
// raise is raised here.
TEST(Peer, AxesOfSeveralKinds) {
  Random random(seed);
  const std::size_t n = 37;
  Array<float> f({n, n}, random_samples<float>(n * n, random));
  f(3, 3) = INFINITY;
  f(3, 5) = INFINITY;
  const vector<PeerAlong> along = {{1, {0.1, {}, ElementType::float64}},
                                   {0, spacing_of(irregular<float>(n, random))}};
  vector<Array<float>> singles;
  for (const std::size_t threads : {1, 3}) {
    auto d_1 = Array<float>::like(view(f));
    auto d_0 = Array<float>::like(view(f));
    const auto first = view(d_1);
    const auto second = view(d_0);
    const vector<AnyOutput> out = {first, second};
    std::feclearexcept(FE_ALL_EXCEPT);
    numpy_gradient_into(view(std::as_const(f)), along, out, 2, {threads});
    EXPECT_TRUE(std::fetestexcept(FE_INVALID));
    singles.push_back(std::move(d_1));
    singles.push_back(std::move(d_0));
  }
  for (std::size_t k = 0; k < n * n; ++k) {
    EXPECT_TRUE(same_bits(singles[0].data()[k], singles[2].data()[k]));
    EXPECT_TRUE(same_bits(singles[1].data()[k], singles[3].data()[k]));
  }
}

TEST(Peer, TorchDividesTwice) {
  Random random(seed);
  const auto f = random_samples<float>(100, random);
  const float h = 0.3F;
  const auto difference =
      torch_difference({h, {}, ElementType::float32}, f.size(), 2, ElementType::float32);
  vector<float> out(f.size());
  difference.apply(f, 0, out);
  for (std::size_t i = 1; i + 1 < f.size(); ++i) {
    ASSERT_TRUE(same_bits(out[i], ((f[i + 1] - f[i - 1]) / h) / 2)) << "at " << i;
  }
  EXPECT_TRUE(same_bits(out[0], ((-1.5F * f[0] + 2 * f[1]) - 0.5F * f[2]) / h));
  EXPECT_TRUE(same_bits(out[99], ((0.5F * f[97] - 2 * f[98]) + 1.5F * f[99]) / h));
}

TEST(Peer, TransposeHasTheSameMatrix) {
  const auto difference =
      torch_difference({0.3, {}, ElementType::float64}, 5, 2, ElementType::float64);
  const SparseRows rows = difference.rows();
  const SparseRows columns = difference.transposed().rows();
  std::size_t matched = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k) {
      const std::size_t j = rows.columns[k];
      for (std::size_t m = columns.starts[j]; m < columns.starts[j + 1]; ++m) {
        if (columns.columns[m] != i) continue;
        EXPECT_EQ(columns.weights[m], rows.weights[k]);
        ++matched;
      }
    }
  }
  EXPECT_EQ(matched, rows.weights.size());
  EXPECT_DOUBLE_EQ(rows.weights[0], -1.5 / 0.3);
}

TEST(Peer, Refusals) {
  const vector<double> f = {1, 2};
  EXPECT_ERROR(along_only_axis(f, {}, 3), bad_argument,
               "edge_order: 3 given; 1 or 2 is needed");
  EXPECT_ERROR(along_only_axis(f, {}, 2), too_few_samples,
               "field: 2 samples along the axis given; at least 3 are needed");
  EXPECT_ERROR(along_only_axis(f, spacing_of<double>({1, 2, 3})), bad_shape,
               "coordinates: 3 given for 2 samples; one each is needed");
  EXPECT_ERROR(along_only_axis(vector<BFloat16>(3), {}), bad_type,
               "field: bfloat16 given; NumPy has no such type");
}

}  // namespace
}  // namespace gridgrad::test

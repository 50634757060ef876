// patch_test.cpp: the sums over a window against their definition, on every target
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "kernels/patch.hpp"
#include "support/bits.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

using kernels::Order;
using kernels::PatchAxis;

constexpr std::array<Order, 3> orders = {Order::value, Order::gradient, Order::hessian};

// Weights of one axis for the derivatives 0, 1 and 2, as kernels/patch.hpp defines them.
using Weights = std::array<std::vector<double>, 3>;

Weights weights_of(const PatchAxis& axis, std::size_t window) {
  Weights weights;
  const double u = axis.offset;
  for (std::size_t s = 0; s < window; ++s) {
    const double c0 = axis.weights[s];
    const double c1 = axis.weights[window + s];
    const double c2 = axis.weights[2 * window + s];
    const double c3 = axis.weights[3 * window + s];
    weights[0].push_back(c0 + (c1 + (c2 + c3 * u) * u) * u);
    weights[1].push_back((c1 + (c2 + c2 + c3 * (3 * u)) * u) * axis.sense);
    weights[2].push_back((c2 + c2 + c3 * (6 * u)) * (axis.sense * axis.sense));
  }
  return weights;
}

// From the left, or of the last axis in pairs.
double sum_of(const std::vector<double>& terms, bool is_last_axis) {
  if (!is_last_axis) {
    double sum = terms[0];
    for (std::size_t s = 1; s < terms.size(); ++s) sum += terms[s];
    return sum;
  }
  double sum = (terms[0] + terms[1]) + (terms[2] + terms[3]);
  if (terms.size() > 4) sum += terms[4] + terms[5];
  return sum;
}

// A window of any rank, and how often it is differentiated along each axis.
struct Contraction {
  const std::vector<PatchAxis>& axes;
  std::size_t window;
  const std::vector<std::size_t>& times;

  // The first axis is contracted first, so the last stands outermost here.
  [[nodiscard]] double run(const std::vector<double>& samples, std::size_t axis) const {
    if (axis == 0) return samples[0];
    // Columns: what is left of the window before this axis, one number per slot.
    const std::size_t a = axis - 1;
    std::vector<double> slots;
    for (std::size_t s = 0; s < window; ++s) slots.push_back(run(slice(samples, s), a));
    const Weights weights = weights_of(axes[a], window);
    const double own = slots[axes[a].base];
    std::vector<double> terms;
    for (std::size_t s = 0; s < window; ++s) {
      terms.push_back(weights[times[a]][s] * (slots[s] - own));
    }
    const double sum = sum_of(terms, axis == axes.size());
    return times[a] == 0 ? own + sum : sum;
  }

  // Every window-th sample: those of slot s of the last axis.
  [[nodiscard]] std::vector<double> slice(const std::vector<double>& samples,
                                          std::size_t s) const {
    std::vector<double> part;
    for (std::size_t k = s; k < samples.size(); k += window) part.push_back(samples[k]);
    return part;
  }
};

// Samples of S in a window of memory with gaps between its lines.
template <class S>
struct WindowInMemory {
  WindowInMemory(std::size_t window, std::size_t rank, Random& random)
      : strides(rank, 1) {
    std::size_t size = window;
    for (std::size_t a = rank - 1; a-- > 0;) {
      size += 3;
      strides[a] = static_cast<std::ptrdiff_t>(size);
      size *= window;
    }
    memory = random_samples<S>(size, random);
    const std::vector<std::size_t> extents(rank, window);
    for_each_index(extents, [&](std::span<const std::size_t> index) {
      std::ptrdiff_t offset = 0;
      for (std::size_t a = 0; a < rank; ++a) {
        offset += static_cast<std::ptrdiff_t>(index[a]) * strides[a];
      }
      samples.push_back(memory[static_cast<std::size_t>(offset)]);
    });
  }

  std::vector<std::ptrdiff_t> strides;
  std::vector<S> memory;
  std::vector<double> samples;  // in C order
};

template <class S>
void expect_definition(std::size_t window, std::size_t rank, Random& random) {
  const WindowInMemory<S> in(window, rank, random);
  const auto weights = random_samples<double>(4 * window * rank, random);
  std::vector<PatchAxis> axes;
  for (std::size_t a = 0; a < rank; ++a) {
    axes.push_back({weights.data() + 4 * window * a, random() % window,
                    random_sample<double>(random) / 100, a % 2 == 0 ? -1.0 : 2.0});
  }
  for (const Order order : orders) {
    const auto kernels = std::is_same_v<S, float>
                             ? kernels::patch_kernels_f32(window, rank, order)
                             : kernels::patch_kernels_f64(window, rank, order);
    std::vector<double> partials(kernels::partials_of(order, rank));
    kernels.contract(axes.data(), in.memory.data(), in.strides.data(), partials.data());
    const auto expect = [&](std::size_t p, std::vector<std::size_t> times) {
      const double exact = Contraction{axes, window, times}.run(in.samples, rank);
      EXPECT_TRUE(same_bits(partials[p], exact)) << p << ' ' << partials[p];
    };
    std::vector<std::size_t> times(rank, 0);
    expect(0, times);
    for (std::size_t a = 0; a < rank && order != Order::value; ++a) {
      times[a] = 1;
      expect(1 + a, times);
      for (std::size_t b = 0; b <= a && order == Order::hessian; ++b) {
        ++times[b];
        expect(1 + rank + kernels::pair_index(a, b), times);
        --times[b];
      }
      times[a] = 0;
    }
  }
}

class PatchKernel : public EveryTarget {};
GRIDGRAD_FOR_EVERY_TARGET(PatchKernel);

TEST_P(PatchKernel, SumsInTheOrderOfItsDefinition) {
  Random random(seed);
  for (const std::size_t window : {4U, 6U}) {
    for (std::size_t rank = 1; rank <= 4; ++rank) {
      SCOPED_TRACE(testing::Message() << "window " << window << " rank " << rank);
      expect_definition<double>(window, rank, random);
      expect_definition<float>(window, rank, random);
    }
  }
}

// Single queries, batches and queries of other element types take other ways.
TEST_P(PatchKernel, GivesAnInterpolantTheBitsOfOtherWays) {
  Random random(seed);
  const auto floats = random_samples<float>(12 * 11 * 10, random);
  const std::vector<double> doubles(floats.begin(), floats.end());
  const std::array<std::size_t, 3> extents = {12, 11, 10};
  const auto single = StridedView<const float>::contiguous(floats.data(), extents);
  const auto field = StridedView<const double>::contiguous(doubles.data(), extents);
  const std::array<Axis, 3> axes = {Axis::spaced(-0.3, 1), Axis(), Axis::cells(2, 0.1)};
  for (const Interpolation interpolation :
       {Interpolation::linear, Interpolation::cubic, Interpolation::spline}) {
    const InterpolantOptions options = {.interpolation = interpolation};
    const Interpolant<3> direct(field, axes, options);
    const Interpolant<3> converted(single, axes, options);
    std::uniform_real_distribution<double> share(0, 1);
    for (int draw = 0; draw < 1000; ++draw) {
      const std::array<double, 3> at = {1 - 3.3 * share(random), 10 * share(random),
                                        2.05 + 0.9 * share(random)};
      const auto one = direct.value_gradient_and_hessian(at);
      const auto other = converted.value_gradient_and_hessian(at);
      ASSERT_TRUE(same_bits(one.value, other.value));
      for (std::size_t a = 0; a < 3; ++a) {
        ASSERT_TRUE(same_bits(one.gradient[a], other.gradient[a]));
        ASSERT_TRUE(same_bits(one.hessian[a][0], other.hessian[a][0]));
      }
      ASSERT_EQ(direct.value(at).value, one.value);
    }
  }
}

}  // namespace
}  // namespace gridgrad::test

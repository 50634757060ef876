// callable_table_test.cpp: gradients of a table of functions against closed forms
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gridgrad/gradient_of.hpp"
#include "support/bounds.hpp"
#include "support/jet.hpp"

namespace gridgrad::test {
namespace {

using std::acos, std::acosh, std::asin, std::asinh, std::atan, std::atanh, std::cos,
    std::cosh, std::exp, std::exp2, std::expm1, std::log, std::log10, std::log1p,
    std::log2, std::sin, std::sinh, std::sqrt, std::tan, std::tanh;
using Complex = std::complex<double>;

// A function, its derivative, and points where it is smooth.
struct Entry {
  std::string name;
  std::function<double(double)> f;
  std::function<Digits(const Digits&)> exact;
  std::function<Digits(const Digits&)> derivative;
  std::vector<double> points;
  std::function<Complex(const Complex&)> complex = {};  // where the library has it
};

template <class F, class D>
Entry real_entry(const char* name, F f, D derivative, std::vector<double> points) {
  return {name, f, f, derivative, std::move(points)};
}

template <class F, class D>
Entry entry(const char* name, F f, D derivative, std::vector<double> points) {
  Entry made = real_entry(name, f, derivative, std::move(points));
  made.complex = f;
  return made;
}

const std::vector<double> anywhere = {-3, -0.5, 0, 0.3, 1, 7};
const std::vector<double> inside = {-0.6, 0, 0.3, 0.8};
const std::vector<double> positive = {0.5, 1, 3, 700};

Digits square(const Digits& x) {
  return x * x;
}

std::vector<Entry> trigonometric() {
  using D = const Digits&;
  const auto arc = [](D x) { return Digits(1 / sqrt(1 - x * x)); };
  return {
      entry(
          "cos", [](const auto& x) { return cos(x); }, [](D x) { return -sin(x); },
          anywhere),
      entry(
          "sin", [](const auto& x) { return sin(x); }, [](D x) { return cos(x); },
          anywhere),
      entry(
          "tan", [](const auto& x) { return tan(x); },
          [](D x) { return 1 / square(cos(x)); }, inside),
      entry(
          "arccos", [](const auto& x) { return acos(x); }, [arc](D x) { return -arc(x); },
          inside),
      entry(
          "arcsin", [](const auto& x) { return asin(x); }, arc, inside),
      entry(
          "arctan", [](const auto& x) { return atan(x); },
          [](D x) { return 1 / (1 + x * x); }, anywhere),
  };
}

std::vector<Entry> hyperbolic() {
  using D = const Digits&;
  return {
      entry(
          "cosh", [](const auto& x) { return cosh(x); }, [](D x) { return sinh(x); },
          anywhere),
      entry(
          "sinh", [](const auto& x) { return sinh(x); }, [](D x) { return cosh(x); },
          anywhere),
      entry(
          "tanh", [](const auto& x) { return tanh(x); },
          [](D x) { return 1 / square(cosh(x)); }, anywhere),
      entry(
          "arcsinh", [](const auto& x) { return asinh(x); },
          [](D x) { return 1 / sqrt(x * x + 1); }, anywhere),
      entry(
          "arccosh", [](const auto& x) { return acosh(x); },
          [](D x) { return 1 / sqrt(x * x - 1); }, {1.3, 2, 50}),
      entry(
          "arctanh", [](const auto& x) { return atanh(x); },
          [](D x) { return 1 / (1 - x * x); }, inside),
  };
}

std::vector<Entry> powers_and_logarithms() {
  using D = const Digits&;
  const Digits ln2 = log(Digits(2));
  const Digits ln10 = log(Digits(10));
  return {
      entry(
          "exp", [](const auto& x) { return exp(x); }, [](D x) { return exp(x); },
          anywhere),
      real_entry(
          "exp2", [](const auto& x) { return exp2(x); },
          [ln2](D x) { return exp2(x) * ln2; }, anywhere),
      real_entry(
          "expm1", [](const auto& x) { return expm1(x); }, [](D x) { return exp(x); },
          anywhere),
      entry(
          "square", [](const auto& x) { return x * x; }, [](D x) { return 2 * x; },
          anywhere),
      entry(
          "sqrt", [](const auto& x) { return sqrt(x); },
          [](D x) { return 1 / (2 * sqrt(x)); }, positive),
      entry(
          "log", [](const auto& x) { return log(x); }, [](D x) { return 1 / x; },
          positive),
      real_entry(
          "log1p", [](const auto& x) { return log1p(x); },
          [](D x) { return 1 / (1 + x); }, {-0.4, 0, 0.3, 40}),
      entry(
          "log10", [](const auto& x) { return log10(x); },
          [ln10](D x) { return 1 / (x * ln10); }, positive),
      real_entry(
          "log2", [](const auto& x) { return log2(x); },
          [ln2](D x) { return 1 / (x * ln2); }, positive),
  };
}

std::vector<Entry> table() {
  std::vector<Entry> entries = trigonometric();
  std::ranges::move(hyperbolic(), std::back_inserter(entries));
  std::ranges::move(powers_and_logarithms(), std::back_inserter(entries));
  return entries;
}

// The derivative of order n, to a few digits of a hundred: the difference of order n.
double high_derivative(const Entry& entry, double x, int n) {
  const Digits h = ldexp(Digits(1), -16);
  Digits sum = 0;
  Digits binomial = 1;
  for (int k = 0; k <= n; ++k) {
    sum += (k % 2 == n % 2 ? 1 : -1) * binomial * entry.exact(x + (k - n / 2) * h);
    binomial = binomial * (n - k) / (k + 1);
  }
  return static_cast<double>(sum / pow(h, n));
}

// |f| / s + s^p |f^(p + 1)| + |f'|, each the largest at the nodes.
double condition(const Entry& entry, double x, int accuracy) {
  const CallableRows rows({&x, 1}, {.accuracy = accuracy});
  const double size = std::max(std::abs(x), 1.0);
  double value = std::abs(entry.f(x));
  double slope = 0;
  double high = 0;
  for (const auto& [variable, node] : rows.nodes()) {
    value = std::max(value, std::abs(entry.f(node)));
    slope = std::max(slope, std::abs(static_cast<double>(entry.derivative(node))));
    high = std::max(high, std::abs(high_derivative(entry, node, accuracy + 1)));
  }
  return value / size + std::pow(size, accuracy) * high + slope;
}

TEST(CallableTable, IsMetToTheOrderOfTheAccuracy) {
  double worst = 0;
  for (const Entry& entry : table()) {
    for (const int accuracy : {2, 4, 6, 8}) {
      for (const double x : entry.points) {
        const auto f = [&](std::span<const double> at) { return entry.f(at[0]); };

        const CallableGradient found = gradient_of(f, {&x, 1}, {.accuracy = accuracy});

        const double bound = callable_bound(accuracy, condition(entry, x, accuracy));
        const auto exact = static_cast<double>(entry.derivative(x));
        EXPECT_NEAR(found.gradient[0], exact, bound)
            << entry.name << " at " << x << ", accuracy " << accuracy;
        EXPECT_EQ(found.value, entry.f(x));
        worst = std::max(worst, std::abs(found.gradient[0] - exact) / bound);
      }
    }
  }
  RecordProperty("largest_share_of_the_bound", std::to_string(worst));
}

TEST(CallableTable, IsMetToRoundingByComplexSteps) {
  for (const Entry& entry : table()) {
    if (!entry.complex) continue;
    for (const double x : entry.points) {
      const auto f = [&](std::span<const Complex> at) { return entry.complex(at[0]); };

      const auto [value, gradient, evaluations] = gradient_of(f, {&x, 1});

      const auto exact = static_cast<double>(entry.derivative(x));
      EXPECT_NEAR(gradient[0], exact, complex_function_bound(exact)) << entry.name << x;
      EXPECT_NEAR(value, entry.f(x), complex_function_bound(entry.f(x))) << entry.name;
      EXPECT_EQ(evaluations, 2U);
    }
  }
}

// A real number from a complex point has lost what the step is for.
static_assert(!ComplexFunction<double (*)(std::span<const Complex>)>);
static_assert(ComplexFunction<Complex (*)(std::span<const Complex>)>);
static_assert(!ComplexFunction<double (*)(std::span<const double>)>);

TEST(CallableTable, OfSeveralComplexVariables) {
  const auto f = [](std::span<const Complex> x) { return x[0] * exp(x[1]) / x[2]; };

  const auto [value, gradient, evaluations] = gradient_of(f, std::array{2.0, 0.0, 4.0});

  EXPECT_EQ(value, 0.5);
  EXPECT_EQ(gradient, (std::vector<double>{0.25, 0.5, -0.125}));
  EXPECT_EQ(evaluations, 4U);
}

}  // namespace
}  // namespace gridgrad::test

// gridgrad/gradient_of.hpp: the gradient of a function that can be called
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>
#include <variant>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad {

/// Steps max(|x_i|, scale_i) * eps^(1 / (p + 1)), p the accuracy and eps = 2^-52.
struct ScaledStep {
  /// Sizes of the variables next to 0, in their units: finite and above 0, one for all
  /// or one per variable.
  std::vector<double> scales = {1};
};

/// Steps as they are.
struct FixedStep {
  /// In the units of the variables: finite and above 0, one for all or one per variable.
  std::vector<double> lengths;
};

/// Where a variable may be, both ends included: lower < upper, infinite where there is
/// none.
struct Bounds {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

struct CallableOptions {
  /// Order p of the truncation error: even, 2 to 20. The function is evaluated up to
  /// p / 2 steps to either side of x, near a bound up to p steps to one side.
  int accuracy = 2;
  /// How far apart the points are.
  std::variant<ScaledStep, FixedStep> step = ScaledStep();
  /// None, or one per variable.
  std::vector<Bounds> bounds = {};
};

/// What is known of a function at x.
struct CallableGradient {
  double value = 0;              ///< f(x)
  std::vector<double> gradient;  ///< one component per variable
  std::size_t evaluations = 0;   ///< points at which f was evaluated, x among them
};

/// A point at which a function is evaluated: x, but for one variable.
template <class T>
struct CallableNode {
  std::size_t variable;
  T position;  ///< of that variable
};

/// The rows of a gradient at x, one per variable: where the function is to be evaluated,
/// and what its values are worth. Immutable.
///
/// A row has p + 1 nodes, x_i among them, and is exact for polynomials of degree p. The
/// nodes are the doubles x_i + k h nearest to the step h, k = -p/2 ... p/2; the weights
/// are those of `derivative` on the distances that they really have (docs/math.md). Next
/// to a bound the row is the most central one that stays within, of the same accuracy;
/// where the bounds are too near for p steps, h is 1 / (p + 1) of their distance. No node
/// is outside the bounds, or infinite.
class GRIDGRAD_API CallableRows {
 public:
  /// Throws Error: bad_argument where x is not finite or outside its bounds, an option
  /// is outside its range, bounds are so near that no p + 1 different numbers are found
  /// between them (equal bounds included: leave out a variable that cannot vary), or a
  /// step vanishes beside x or has weights that are no normal numbers; bad_shape where
  /// there are not as many steps or bounds as variables. Cost: O(p^2) operations of 106
  /// bits per variable.
  CallableRows(std::span<const double> x, const CallableOptions& options);

  /// Number of variables.
  [[nodiscard]] std::size_t size() const noexcept { return x_.size(); }

  /// The points besides x: p per variable, in the order of the variables.
  [[nodiscard]] std::span<const CallableNode<double>> nodes() const noexcept {
    return nodes_;
  }

  /// All points, one per row of an array of nodes().size() + 1 rows and size() columns in
  /// C order: x, then nodes().
  [[nodiscard]] std::vector<double> points() const;

  /// The gradient from the values at points(). A constant has gradient exactly 0; a value
  /// that is NaN or infinite makes its component NaN or infinite, at x all of them.
  /// Throws Error: bad_shape unless there is one value per point.
  [[nodiscard]] CallableGradient combined(std::span<const double> values) const;

 private:
  std::vector<double> x_;
  std::vector<CallableNode<double>> nodes_;
  std::vector<double> weights_;  // of nodes_
};

/// The same with one complex step per variable, df/dx_i = Im f(x + i h e_i) / h: nothing
/// is subtracted, so h is so small, 2^-332, that the truncation error is below the
/// rounding of f. Needs a function that is analytic and real where x is real: not abs,
/// real parts, conjugates or comparisons of complex numbers.
class GRIDGRAD_API ComplexSteps {
 public:
  /// Throws Error: bad_argument where x is not finite.
  explicit ComplexSteps(std::span<const double> x);

  /// As CallableRows: one node per variable.
  [[nodiscard]] std::span<const CallableNode<std::complex<double>>> nodes()
      const noexcept {
    return nodes_;
  }

  /// As CallableRows. The value is the real part of the first.
  [[nodiscard]] CallableGradient combined(
      std::span<const std::complex<double>> values) const;

 private:
  std::vector<CallableNode<std::complex<double>>> nodes_;
};

/// A function of one point: f(std::span<const double>) -> double.
template <class F>
concept PointFunction = std::is_invocable_r_v<double, F&, std::span<const double>>;

/// A function of many points: f(StridedView<const double> points, std::span<double>
/// values), where points has one row per value and one column per variable, in C order.
template <class F>
concept BatchFunction = std::invocable<F&, StridedView<const double>, std::span<double>>;

/// A function of a complex point that takes no real one:
/// f(std::span<const std::complex<double>>) -> std::complex<double>.
template <class F>
concept ComplexFunction =
    !PointFunction<F> &&
    std::is_invocable_r_v<std::complex<double>, F&,
                          std::span<const std::complex<double>>> &&
    !std::is_invocable_r_v<double, F&, std::span<const std::complex<double>>>;

/// The gradient of f at x, and f(x).
///
///   const auto area = [](std::span<const double> x) { return x[0] * x[1]; };
///   const auto [value, gradient, evaluations] = gradient_of(area, std::array{2.0, 3.0});
///
/// are 6, (3, 2) and 5. The error is of the order of eps^(p / (p + 1)) times
/// |f| / s + s^p |f^(p + 1)|, s = max(|x_i|, scale_i), next to a bound up to 2.5 (p = 2),
/// 75 (p = 8), 1e5 (p = 20) times that; it is not estimated.
///
///   f    called once per point, x first, then p per variable; computed in double; what
///        it throws passes through
///   x    finite, within the bounds; may be empty
///
/// Throws Error as CallableRows, before f is called. NaN: as CallableRows. Cost:
/// 1 + p x.size() evaluations. Source: Press, Teukolsky, Vetterling, Flannery, Numerical
/// Recipes (2007), section 5.7 (steps); Fornberg, Math. Comp. 51 (1988) 699-706
/// (weights).
template <PointFunction F>
[[nodiscard]] CallableGradient gradient_of(F&& f, std::span<const double> x,
                                           const CallableOptions& options = {});

/// The same, f called once with all points.
template <BatchFunction F>
[[nodiscard]] CallableGradient gradient_of(F&& f, std::span<const double> x,
                                           const CallableOptions& options = {});

/// The gradient by complex steps: as exact as f itself. See ComplexSteps. Cost: 1 +
/// x.size() evaluations. Source: Squire, Trapp, SIAM Review 40 (1998) 110-112.
template <ComplexFunction F>
[[nodiscard]] CallableGradient gradient_of(F&& f, std::span<const double> x);

namespace traits {

/// The value at x and those at the nodes.
template <class T, class F>
std::vector<T> values_at(F& f, std::span<const double> x,
                         std::span<const CallableNode<T>> nodes) {
  std::vector<T> point(x.begin(), x.end());
  std::vector<T> values = {static_cast<T>(f(std::span<const T>(point)))};
  for (const auto& [variable, position] : nodes) {
    const T own = point[variable];
    point[variable] = position;
    values.push_back(static_cast<T>(f(std::span<const T>(point))));
    point[variable] = own;
  }
  return values;
}

}  // namespace traits

template <PointFunction F>
CallableGradient gradient_of(F&& f, std::span<const double> x,
                             const CallableOptions& options) {
  const CallableRows rows(x, options);
  return rows.combined(traits::values_at(f, x, rows.nodes()));
}

template <BatchFunction F>
CallableGradient gradient_of(F&& f, std::span<const double> x,
                             const CallableOptions& options) {
  const CallableRows rows(x, options);
  const std::vector<double> points = rows.points();
  std::vector<double> values(rows.nodes().size() + 1);
  f(StridedView<const double>::contiguous(points.data(), {values.size(), rows.size()}),
    std::span<double>(values));
  return rows.combined(values);
}

template <ComplexFunction F>
CallableGradient gradient_of(F&& f, std::span<const double> x) {
  const ComplexSteps steps(x);
  return steps.combined(traits::values_at(f, x, steps.nodes()));
}

}  // namespace gridgrad

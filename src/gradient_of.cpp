// gradient_of.cpp: where a function is evaluated, and what its values are worth
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient_of.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "gridgrad/error.hpp"
#include "message.hpp"
#include "orders.hpp"
#include "row_form.hpp"
#include "weights.hpp"

namespace gridgrad {
namespace {

constexpr double largest = std::numeric_limits<double>::max();

[[noreturn]] void refuse(const char* argument, const std::string& message) {
  throw Error(ErrorCode::bad_argument, argument, message);
}

// "x[2]"
std::string name_of(std::size_t variable) {
  return "x[" + std::to_string(variable) + "]";
}

std::string range_text(const Bounds& bounds) {
  return text(bounds.lower) + " to " + text(bounds.upper);
}

void check_finite(std::span<const double> x) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isfinite(x[i])) continue;
    refuse("x", name_of(i) + " = " + text(x[i]) + " given; finite numbers are needed");
  }
}

void check_count(const char* argument, std::size_t given, std::size_t needed) {
  if (given == needed) return;
  throw Error(ErrorCode::bad_shape, argument,
              std::to_string(given) + " given for " + counted(needed, "variable"));
}

void check_bounds(std::span<const Bounds> bounds, std::span<const double> x) {
  if (!bounds.empty()) check_count("bounds", bounds.size(), x.size());
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const auto& [lower, upper] = bounds[i];
    if (!(lower < upper)) {
      refuse("bounds", range_text(bounds[i]) + " given for " + name_of(i) +
                           "; a lower one below the upper one is needed, and a variable "
                           "that cannot vary has no derivative");
    }
    if (x[i] >= lower && x[i] <= upper) continue;
    refuse("x", name_of(i) + " = " + text(x[i]) + " given, which is outside its bounds " +
                    range_text(bounds[i]));
  }
}

// The steps that were asked for.
class Steps {
 public:
  Steps(const CallableOptions& options, std::size_t variables)
      : is_scaled_(std::holds_alternative<ScaledStep>(options.step)),
        numbers_(is_scaled_ ? std::get<ScaledStep>(options.step).scales
                            : std::get<FixedStep>(options.step).lengths),
        factor_(root_of_epsilon(options.accuracy + 1)) {
    if (numbers_.size() != 1) check_count(argument(), numbers_.size(), variables);
    for (const double number : numbers_) {
      if (number > 0 && std::isfinite(number)) continue;
      refuse(argument(), text(number) + " given; a finite number above 0 is needed");
    }
  }

  [[nodiscard]] const char* argument() const { return is_scaled_ ? "scale" : "step"; }

  [[nodiscard]] double number(std::size_t variable) const {
    return numbers_[numbers_.size() == 1 ? 0 : variable];
  }

  [[nodiscard]] double length(std::size_t variable, double x) const {
    const double given = number(variable);
    return is_scaled_ ? std::max(std::abs(x), given) * factor_ : given;
  }

 private:
  // In a float: pow may differ by an ulp between machines, and results must not.
  static double root_of_epsilon(int degree) {
    return static_cast<float>(
        std::pow(std::numeric_limits<double>::epsilon(), 1.0 / degree));
  }

  bool is_scaled_;
  std::span<const double> numbers_;  // of the options
  double factor_;
};

// How many nodes a row has below and above x.
struct Sides {
  int below;
  int above;
};

// Where the nodes of a variable may stand: at x + k h, k of at most the accuracy.
struct Place {
  double x;
  Bounds bounds;  // finite
  int accuracy;

  [[nodiscard]] double node(double h, int k) const { return x + k * h; }

  // Rounded down to a multiple of the gap between doubles at the outermost node, which
  // makes k h exact, and nodes that are h apart different. NaN or 0 where it vanishes.
  [[nodiscard]] double representable(double h) const {
    const double outermost = std::min(std::abs(x) + accuracy * h, largest);
    const double gap = outermost - std::nextafter(outermost, 0.0);
    return std::floor(h / gap) * gap;
  }

  // Of which the nodes k = 1, 2, ... to one side of x are within the bounds.
  [[nodiscard]] int room(double h, int side) const {
    int k = 0;
    while (k < accuracy) {
      const double next = node(h, side * (k + 1));
      if (next < bounds.lower || next > bounds.upper) break;
      ++k;
    }
    return k;
  }

  // Half the nodes on either side, or as nearly so as there is room for.
  [[nodiscard]] Sides sides(double h) const {
    const int above = room(h, 1);
    const int below = std::min(room(h, -1), std::max(accuracy / 2, accuracy - above));
    return {below, std::min(above, accuracy - below)};
  }

  // The longest step, but for roundings, with room for a row wherever x is: of n steps
  // that fit between the bounds, parts of two are lost to x. What is taken off covers
  // the rounding of the width and the division.
  [[nodiscard]] double longest_step() const {
    constexpr double roundings = 0x1p-50;
    const double width = bounds.upper / 2 - bounds.lower / 2;
    return width / (accuracy + 1) * 2 * (1 - roundings);
  }
};

// What one variable adds to the table.
struct Row {
  std::array<double, most_nodes> positions;
  std::array<DoubleDouble, most_nodes> distances;  // from x, exact
  std::array<Rounded, most_nodes> weights;
  std::size_t size = 0;
};

Row row_at(const Place& place, double h, Sides sides) {
  Row row;
  const auto add = [&](int k) {
    row.positions[row.size] = place.node(h, k);
    row.distances[row.size] = two_sum(row.positions[row.size], -place.x);
    ++row.size;
  };
  for (int k = 1; k <= place.accuracy; ++k) {
    if (k <= sides.below) add(-k);
    if (k <= sides.above) add(k);
  }
  derivative_weights({row.distances.data(), row.size}, 1, 1, row.weights);
  return row;
}

bool is_usable(const Row& row) {
  return std::all_of(row.weights.begin(), row.weights.begin() + row.size,
                     [](const Rounded& weight) { return std::isnormal(weight.f64); });
}

Row row_of(std::size_t variable, const Place& place, const Steps& steps) {
  double h = place.representable(steps.length(variable, place.x));
  if (!(h > 0)) {
    refuse(steps.argument(), text(steps.number(variable)) + " given, which vanishes at " +
                                 name_of(variable) + " = " + text(place.x));
  }
  Sides sides = place.sides(h);
  const bool fits = sides.below + sides.above == place.accuracy;
  if (!fits) {
    h = place.representable(place.longest_step());
    if (!(h > 0)) {
      refuse("bounds", range_text(place.bounds) + " given for " + name_of(variable) +
                           ", which are too near for the " +
                           std::to_string(place.accuracy + 1) + " points of a row");
    }
    sides = place.sides(h);
  }
  const Row row = row_at(place, h, sides);
  if (is_usable(row)) return row;
  const double given = steps.number(variable);
  refuse(fits ? steps.argument() : "bounds",
         (fits ? text(given) : range_text(place.bounds)) + " given for " +
             name_of(variable) + ", with which weights are no normal numbers");
}

void check_values(std::size_t given, std::size_t nodes) {
  if (given == nodes + 1) return;
  throw Error(ErrorCode::bad_shape, "values",
              std::to_string(given) + " given for " + counted(nodes + 1, "point"));
}

// Its square is a normal number, far below the rounding of any other term.
constexpr double complex_step = 0x1p-332;

}  // namespace

CallableRows::CallableRows(std::span<const double> x, const CallableOptions& options)
    : x_(x.begin(), x.end()) {
  static_cast<void>(orders_of({.derivative = 1, .accuracy = options.accuracy}));
  check_finite(x_);
  check_bounds(options.bounds, x_);
  const Steps steps(options, x_.size());
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const Bounds given = options.bounds.empty() ? Bounds() : options.bounds[i];
    const Bounds finite = {std::max(given.lower, -largest),
                           std::min(given.upper, largest)};
    const Row row = row_of(i, {x_[i], finite, options.accuracy}, steps);
    for (std::size_t k = 0; k < row.size; ++k) {
      nodes_.push_back({i, row.positions[k]});
      weights_.push_back(row.weights[k].f64);
    }
  }
}

std::vector<double> CallableRows::points() const {
  std::vector<double> points;
  points.reserve((nodes_.size() + 1) * x_.size());
  points.insert(points.end(), x_.begin(), x_.end());
  for (const auto& [variable, position] : nodes_) {
    points.insert(points.end(), x_.begin(), x_.end());
    points[points.size() - x_.size() + variable] = position;
  }
  return points;
}

CallableGradient CallableRows::combined(std::span<const double> values) const {
  check_values(values.size(), nodes_.size());
  CallableGradient result = {values[0], std::vector<double>(x_.size()), values.size()};
  for (std::size_t k = 0; k < nodes_.size(); ++k) {
    result.gradient[nodes_[k].variable] +=
        weights_[k] * difference(values[k + 1], values[0]);
  }
  return result;
}

ComplexSteps::ComplexSteps(std::span<const double> x) {
  check_finite(x);
  for (std::size_t i = 0; i < x.size(); ++i) nodes_.push_back({i, {x[i], complex_step}});
}

CallableGradient ComplexSteps::combined(
    std::span<const std::complex<double>> values) const {
  check_values(values.size(), nodes_.size());
  CallableGradient result = {values[0].real(), {}, values.size()};
  for (const std::complex<double>& value : values.subspan(1)) {
    result.gradient.push_back(value.imag() / complex_step);
  }
  return result;
}

}  // namespace gridgrad

// curvilinear_factors.cpp: factors from scale factors that were given, and their
// derivatives
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>

#include "convert.hpp"
#include "coordinates.hpp"
#include "kernels/targets.hpp"
#include "message.hpp"
#include "metric_request.hpp"

namespace gridgrad {
namespace {

using Extents = std::vector<std::size_t>;

// Numbers on a part of the axes of a field: extents have its rank, 1 along the others. In
// C order.
struct Spread {
  Extents extents;
  std::vector<double> values;
};

std::size_t size_of(const Extents& extents) {
  std::size_t size = 1;
  for (const std::size_t extent : extents) size *= extent;
  return size;
}

// The least extents that two arrays broadcast to. Precondition: both broadcast against
// one field.
Extents broadcast(const Extents& a, const Extents& b) {
  Extents both = a;
  for (std::size_t d = 0; d < both.size(); ++d) {
    if (both[d] == 1) both[d] = b[d];
  }
  return both;
}

// The shape of an array with 1 in front of it. Precondition: no more axes than that.
Extents with_rank(std::span<const std::size_t> extents, std::size_t rank) {
  Extents padded(rank, 1);
  const auto front = static_cast<std::ptrdiff_t>(rank - extents.size());
  std::ranges::copy(extents, padded.begin() + front);
  return padded;
}

std::vector<double> expanded(const Spread& from, const Extents& to) {
  PerDimension<std::ptrdiff_t> strides = dense_strides(from.extents);
  for (std::size_t d = 0; d < to.size(); ++d) {
    if (from.extents[d] != to[d]) strides[d] = 0;
  }
  std::vector<double> values(size_of(to));
  if (values.empty()) return values;
  kernels::ensure_target();
  convert<double, double>(to, {from.values.data(), strides},
                          {values.data(), dense_strides(to)});
  return values;
}

Extents checked_extents(const Scale& scale, std::span<const std::size_t> field) {
  const std::span<const std::size_t> given = scale.extents;
  bool fits = given.size() <= field.size();
  for (std::size_t d = 0; fits && d < given.size(); ++d) {
    const std::size_t extent = field[field.size() - given.size() + d];
    fits = given[d] == 1 || given[d] == extent;
  }
  if (fits) return with_rank(given, field.size());
  throw Error(ErrorCode::bad_shape, "metric",
              "scale factors of shape " + shape_text(given) + " along axis " +
                  std::to_string(scale.axis) + " given for a field of shape " +
                  shape_text(field) +
                  "; they broadcast against it from the last axis on");
}

// One axis of the operator: its place in the request, its scale factors and 1 over them,
// one of which was given.
struct Direction {
  std::size_t place;
  GivenAs given;
  Spread lengths;
  Spread inverses;
};

Spread inverted(const Spread& numbers) {
  Spread inverses = {numbers.extents, {}};
  inverses.values.reserve(numbers.values.size());
  for (const double number : numbers.values) inverses.values.push_back(1 / number);
  return inverses;
}

// The ends of lines that close on themselves are halfway between two neighbours, too.
void close(const Scale& scale, const Along& along, Spread& lengths) {
  if (scale.seams.empty()) return;
  if (!std::holds_alternative<Periodic>(along.rule.lower())) return;
  if (std::ranges::find(scale.seams, 0.0) != scale.seams.end()) {
    throw Error(ErrorCode::bad_argument, "boundary",
                "periodic along axis " + std::to_string(along.axis) +
                    ", whose first and last samples are at the same place; each place is "
                    "needed once");
  }
  constexpr double half = 0.5;
  const std::size_t extent = lengths.extents[along.axis];
  const std::size_t step =
      along.axis + 1 == lengths.extents.size() ? 1 : lengths.extents[along.axis + 1];
  const std::size_t apart = step == 1 ? extent : 1;
  for (std::size_t k = 0; k < scale.seams.size(); ++k) {
    double& first = lengths.values[k * apart];
    double& last = lengths.values[k * apart + (extent - 1) * step];
    first = half * (first + scale.seams[k]);
    last = half * (last + scale.seams[k]);
  }
}

// Samples that have latitudes and longitudes are one unit of their axis apart.
void check_plain(const Along& along) {
  const Axis& rule = along.rule;
  if (rule.coordinates() == nullptr && rule.spacing() == 1 && rule.unit() == 1) return;
  throw Error(ErrorCode::bad_argument, "spacing",
              "axis " + std::to_string(along.axis) +
                  " has positions or a spacing; a metric from latitudes and longitudes "
                  "of samples needs an axis without");
}

std::size_t axis_of(const Scale& scale, const Curvilinear& metric, std::size_t rank) {
  if (metric.axes == CountedFrom::first) return scale.axis;
  if (scale.axis < rank) return rank - 1 - scale.axis;
  throw Error(ErrorCode::bad_shape, "metric",
              "latitudes and longitudes of two axes given for a field of rank " +
                  std::to_string(rank) + "; its last two axes are theirs");
}

std::vector<Direction> directions_of(const Curvilinear& metric,
                                     const MetricRequest& request) {
  std::vector<Direction> directions;
  for (const Scale& scale : metric.scales) {
    const std::size_t axis = axis_of(scale, metric, request.extents.size());
    const std::size_t place = request.place_of(axis);
    const Along& along = request.along[place];
    if (metric.axes == CountedFrom::last) check_plain(along);
    Spread numbers = {checked_extents(scale, request.extents), scale.values};
    close(scale, along, numbers);
    Spread inverses = inverted(numbers);
    if (scale.given == GivenAs::map_factor) std::swap(numbers, inverses);
    directions.push_back({place, scale.given, std::move(numbers), std::move(inverses)});
  }
  return directions;
}

// Without extents where there is one number.
Factor factor_of(const Extents& extents) {
  return {size_of(extents) == 1 ? Extents() : extents, {}, {}};
}

// 1 / h or 1 / h^2 from what was given, each rounded once.
Rounded inverse_power(GivenAs given, double number, int power) {
  if (given == GivenAs::map_factor) {
    if (power == 1) return {number, static_cast<float>(number)};
    const DoubleDouble square = two_product(number, number);
    return rounded_sum(std::array{square.high, square.low});
  }
  if (power == 1) return rounded_inverse(number);
  return rounded_quotient({1, 0}, two_product(number, number));
}

Factor inverse_power(const Direction& of, int power) {
  const Spread& given = of.given == GivenAs::length ? of.lengths : of.inverses;
  Factor factor = factor_of(given.extents);
  factor.f64.reserve(given.values.size());
  factor.f32.reserve(given.values.size());
  for (const double number : given.values) {
    const Rounded rounded = inverse_power(of.given, number, power);
    factor.f64.push_back(rounded.f64);
    factor.f32.push_back(rounded.f32);
  }
  return factor;
}

Factor computed_factor(Spread numbers) {
  Factor factor = factor_of(numbers.extents);
  factor.f64 = std::move(numbers.values);
  factor.f32.assign(factor.f64.begin(), factor.f64.end());
  return factor;
}

// What scale factors have beyond the ends of an axis is not what the field has there.
Axis rule_of_lengths(const Axis& rule) {
  if (std::holds_alternative<Periodic>(rule.lower())) return rule;
  return rule.with_ends(OneSided());
}

Scheme scheme_of_lengths(const MetricRequest& request, std::size_t extent) {
  constexpr std::size_t most = 20;
  const auto reached = static_cast<int>(std::min(extent, most + 1)) - 1;
  Scheme scheme;
  scheme.accuracy = request.scheme.accuracy;
  scheme.edge_order = std::max(1, std::min(request.accuracy(), reached));
  scheme.bias = request.scheme.bias;
  return scheme;
}

// The derivative along an axis that the numbers vary along, on the extents of the result:
// those of the numbers, and of positions that vary along other axes.
Spread derivative_along(const Along& along, const Spread& numbers,
                        const MetricRequest& request) {
  Spread result = {numbers.extents, {}};
  if (along.rule.varies()) {
    const Extents& shape = along.rule.coordinates()->extents;
    const std::size_t rank = numbers.extents.size();
    if (shape.size() <= rank) {
      result.extents = broadcast(result.extents, with_rank(shape, rank));
    }
  }
  const bool is_copied = numbers.extents != result.extents;
  const std::vector<double> copy =
      is_copied ? expanded(numbers, result.extents) : std::vector<double>();
  const std::vector<double>& samples = is_copied ? copy : numbers.values;
  result.values.resize(samples.size());
  const auto field =
      StridedView<const double>::contiguous(samples.data(), result.extents);
  const auto out = StridedView<double>::contiguous(result.values.data(), result.extents);
  const AnyOutput output(out);
  const Along plain = {along.axis, rule_of_lengths(along.rule)};
  gradient_into(field, {&plain, 1}, {&output, 1},
                scheme_of_lengths(request, result.extents[along.axis]));
  return result;
}

void multiply(Spread& numbers, const Spread& by) {
  const Extents both = broadcast(numbers.extents, by.extents);
  if (numbers.extents != both) numbers = {both, expanded(numbers, both)};
  const bool is_copied = by.extents != both;
  const std::vector<double> copy = is_copied ? expanded(by, both) : std::vector<double>();
  const std::vector<double>& factors = is_copied ? copy : by.values;
  for (std::size_t k = 0; k < factors.size(); ++k) numbers.values[k] *= factors[k];
}

void add_curvatures(std::span<const Direction> directions, const MetricRequest& request,
                    MetricFactors& factors) {
  const std::size_t axes = request.along.size();
  for (const Direction& of : directions) {
    for (std::size_t j = 0; j < axes; ++j) {
      const Along& along = request.along[j];
      if (j == of.place || of.lengths.extents[along.axis] == 1) continue;
      Spread curvature = derivative_along(along, of.lengths, request);
      multiply(curvature, of.inverses);
      for (const Direction& other : directions) {
        if (other.place == j) multiply(curvature, other.inverses);
      }
      factors.curvature[of.place * axes + j] = computed_factor(std::move(curvature));
    }
  }
}

// 1 / H d(H / h_i^2) / dx_i along the i-th axis of the operator.
void add_first(std::span<const Direction> directions, const MetricRequest& request,
               std::size_t i, MetricFactors& factors) {
  Spread inside = {Extents(request.extents.size(), 1), {1}};
  Spread outside = inside;
  for (const Direction& of : directions) {
    multiply(inside, of.place == i ? of.inverses : of.lengths);
    multiply(outside, of.inverses);
  }
  const Along& along = request.along[i];
  if (inside.extents[along.axis] == 1) return;
  Spread first = derivative_along(along, inside, request);
  multiply(first, outside);
  factors.first[i] = computed_factor(std::move(first));
}

}  // namespace

MetricFactors curvilinear_factors(const Curvilinear& metric,
                                  const MetricRequest& request) {
  MetricFactors factors(request.along.size());
  const std::vector<Direction> directions = directions_of(metric, request);
  if (std::ranges::find(request.extents, 0U) != request.extents.end()) return factors;
  const MetricUse use = request.use;
  const bool is_of_second = use == MetricUse::laplacian || use == MetricUse::all;
  for (const Direction& of : directions) {
    if (use != MetricUse::laplacian) factors.inverse[of.place] = inverse_power(of, 1);
    if (is_of_second) factors.second[of.place] = inverse_power(of, 2);
  }
  if (use == MetricUse::vectors || use == MetricUse::all) {
    add_curvatures(directions, request, factors);
  }
  if (!is_of_second) return factors;
  for (std::size_t i = 0; i < request.along.size(); ++i) {
    add_first(directions, request, i, factors);
  }
  return factors;
}

}  // namespace gridgrad

// support/extended.hpp: fields with what lies beyond their ends written out
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "gridgrad/array.hpp"
#include "gridgrad/axis.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

// A boundary, and what it means: the value k steps beyond the end, from the samples
// counted from that end, and how far beyond the end that stands.
struct GhostCase {
  std::string name;
  Boundary boundary;
  // weight of an end value, the sample it goes with, sign of that sample, constant
  struct Value {
    int end_times;
    int sign;
    std::size_t sample;
    double constant;
  };
  std::function<Value(std::size_t k, std::size_t extent)> value;
  // From positions counted from the end (x[0] is the end's) and k to the ghost's
  // position.
  std::function<double(const std::vector<double>& x, std::size_t k)> position;
  bool keeps_constants;
};

constexpr double ghost_constant = 3;
constexpr double ghost_period = 64;

inline std::vector<GhostCase> ghost_cases() {
  using X = std::vector<double>;
  using Value = GhostCase::Value;
  const auto wrapped = [](std::size_t k, std::size_t n) { return Value{0, 1, n - k, 0}; };
  const auto at_sample = [](const X& x, std::size_t k) { return 2 * x[0] - x[k]; };
  const auto at_half = [](const X& x, std::size_t k) {
    return 2 * x[0] - (x[1] - x[0]) - x[k - 1];
  };
  const auto continued = [](const X& x, std::size_t k) {
    return x[0] - static_cast<double>(k) * (x[1] - x[0]);
  };
  const auto seam = [](const X& x, std::size_t k) {
    return x[x.size() - k] + (x[0] < x[1] ? -ghost_period : ghost_period);
  };
  const auto mirrored = [](int sign, int end_times, std::size_t closer) {
    return [=](std::size_t k, std::size_t) {
      return Value{end_times, sign, k - closer, 0};
    };
  };
  constexpr Mirror half = Mirror::half_point;
  constexpr Level end = Level::end_value;
  return {
      {"periodic", Periodic{ghost_period}, wrapped, seam, true},
      {"symmetric", Symmetric{}, mirrored(1, 0, 0), at_sample, true},
      {"symmetric half", Symmetric{half}, mirrored(1, 0, 1), at_half, true},
      {"antisymmetric", Antisymmetric{}, mirrored(-1, 0, 0), at_sample, false},
      {"antisymmetric half", Antisymmetric{half}, mirrored(-1, 0, 1), at_half, false},
      {"turned", Antisymmetric{Mirror::sample, end}, mirrored(-1, 2, 0), at_sample, true},
      {"turned half", Antisymmetric{half, end}, mirrored(-1, 2, 1), at_half, true},
      {"nearest", Nearest{},
       [](std::size_t, std::size_t) {
         return Value{0, 1, 0, 0};
       },
       continued, true},
      {"constant", Constant{ghost_constant},
       [](std::size_t, std::size_t) {
         return Value{0, 0, 0, ghost_constant};
       },
       continued, false},
  };
}

// The sample, or ghost, at index v of a line; `sample(i)` gives those within.
template <class T, class Sample>
T extended_sample(const GhostCase& lower, const GhostCase& upper, std::ptrdiff_t v,
                  std::size_t extent, Sample&& sample) {
  const auto n = static_cast<std::ptrdiff_t>(extent);
  if (v >= 0 && v < n) return sample(static_cast<std::size_t>(v));
  const bool is_lower = v < 0;
  const GhostCase& rule = is_lower ? lower : upper;
  const auto k = static_cast<std::size_t>(is_lower ? -v : v - n + 1);
  const auto value = rule.value(k, extent);
  if (value.sign == 0) return static_cast<T>(value.constant);
  const auto from_end = [&](std::size_t i) {
    return sample(is_lower ? i : extent - 1 - i);
  };
  if (value.end_times == 2) {
    const T end = from_end(0);
    return static_cast<T>(end + end - from_end(value.sample));
  }
  return value.sign > 0 ? from_end(value.sample)
                        : static_cast<T>(T{} - from_end(value.sample));
}

// Positions with `reach` more at either end.
inline std::vector<double> extended_positions(const GhostCase& lower,
                                              const GhostCase& upper,
                                              const std::vector<double>& x,
                                              std::size_t reach) {
  const std::vector<double> turned(x.rbegin(), x.rend());
  std::vector<double> result;
  for (std::size_t k = reach; k > 0; --k) result.push_back(lower.position(x, k));
  result.insert(result.end(), x.begin(), x.end());
  for (std::size_t k = 1; k <= reach; ++k) result.push_back(upper.position(turned, k));
  return result;
}

template <class T>
Array<T> extended_field(const StridedView<const T>& field, std::size_t axis,
                        std::size_t reach, const std::pair<GhostCase, GhostCase>& rules) {
  std::vector<std::size_t> extents(field.extents().begin(), field.extents().end());
  const std::size_t extent = extents[axis];
  extents[axis] += 2 * reach;
  Array<T> result{std::span<const std::size_t>(extents)};
  const StridedView<T> out = view(result);
  for_each_index(extents, [&](std::span<const std::size_t> index) {
    std::vector<std::size_t> place(index.begin(), index.end());
    const auto v =
        static_cast<std::ptrdiff_t>(index[axis]) - static_cast<std::ptrdiff_t>(reach);
    at(out, index) =
        extended_sample<T>(rules.first, rules.second, v, extent, [&](std::size_t i) {
          place[axis] = i;
          return at(field, std::span<const std::size_t>(place));
        });
  });
  return result;
}

}  // namespace gridgrad::test

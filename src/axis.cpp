// axis.cpp: takes positions in, exactly
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "coordinates.hpp"
#include "element_dispatch.hpp"
#include "message.hpp"

namespace gridgrad {
namespace {

void require_finite_and_not_zero(const char* argument, double number) {
  if (std::isfinite(number) && number != 0) return;
  throw Error(ErrorCode::bad_argument, argument,
              text(number) + " given; a finite number other than 0 is needed");
}

template <class T>
DoubleDouble exactly(T position) {
  if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
    return {to_float(position), 0};
  } else if constexpr (sizeof(T) == sizeof(std::int64_t) && Integer<T>) {
    constexpr T lower_half = 0xffffffff;
    const double high = static_cast<double>(position >> 32) * 0x1p32;
    return two_sum(high, static_cast<double>(position & lower_half));
  } else {
    return {static_cast<double>(position), 0};
  }
}

// Bits of the significand, 0 for integers.
template <class T>
constexpr int precision() {
  if constexpr (std::same_as<T, Float16>) return 11;
  if constexpr (std::same_as<T, BFloat16>) return 8;
  if constexpr (std::floating_point<T>) return std::numeric_limits<T>::digits;
  return 0;
}

double ulp_of(double magnitude, int digits) {
  if (digits == 0 || magnitude == 0) return 0;
  return std::ldexp(1.0, std::ilogb(magnitude) - digits + 1);
}

void note_ulp(Coordinates& x) {
  x.largest = 0;
  for (const double position : x.high) {
    x.largest = std::max(x.largest, std::abs(position));
  }
  x.ulp = ulp_of(x.largest, x.digits);
}

Gaps gaps_along(const Coordinates& x, std::size_t dimension) {
  std::size_t step = 1;
  for (std::size_t d = dimension + 1; d < x.extents.size(); ++d) step *= x.extents[d];
  const std::size_t line = step * x.extents[dimension];
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  Gaps gaps = {false, lowest, 0};
  for (std::size_t start = 0; start + line <= x.size() && line > step; start += line) {
    for (std::size_t i = start + step; i < start + line; ++i) {
      const double gap = x.high[i] - x.high[i - step];
      lowest = std::min(lowest, gap);
      highest = std::max(highest, gap);
      gaps.smallest = std::min(gaps.smallest, std::abs(gap));
    }
  }
  gaps.largest = std::max(std::abs(lowest), std::abs(highest));
  gaps.have_one_sign = lowest > 0 ? std::isfinite(lowest) : highest < 0;
  return gaps;
}

void note_gaps(Coordinates& x) {
  if (x.is_line() || !x.low.empty()) return;
  for (std::size_t d = 0; d < x.extents.size(); ++d) {
    x.gaps.push_back(gaps_along(x, d));
  }
}

// "3", or "(1, 2)" in an array of several dimensions.
std::string place_text(std::size_t flat, std::span<const std::size_t> extents) {
  if (extents.size() == 1) return std::to_string(flat);
  std::vector<std::size_t> place(extents.size());
  for (std::size_t d = extents.size(); d-- > 0;) {
    place[d] = flat % extents[d];
    flat /= extents[d];
  }
  return shape_text(place);
}

template <class T>
void append(const AnyField& positions, std::size_t axis, const T* position,
            Coordinates& read) {
  if (axis < positions.extents.size()) {
    for (std::size_t i = 0; i < positions.extents[axis]; ++i) {
      append(positions, axis + 1, position, read);
      position += positions.strides[axis];
    }
    return;
  }
  const DoubleDouble exact = exactly(*position);
  if (!std::isfinite(exact.high)) {
    throw Error(ErrorCode::bad_argument, "coordinates",
                "position " + place_text(read.high.size(), positions.extents) + " is " +
                    text(exact.high) + "; finite positions are needed");
  }
  read.high.push_back(exact.high);
  read.low.push_back(exact.low);
}

template <class T>
Coordinates read(const AnyField& positions) {
  Coordinates read;
  append(positions, 0, static_cast<const T*>(positions.data), read);
  if (std::ranges::all_of(read.low, [](double low) { return low == 0; })) {
    read.low.clear();
  }
  read.digits = precision<T>();
  read.extents.assign(positions.extents.begin(), positions.extents.end());
  note_ulp(read);
  note_gaps(read);
  return read;
}

}  // namespace

Coordinates Coordinates::line(std::size_t first, std::size_t step,
                              std::size_t count) const {
  Coordinates line;
  line.digits = digits;
  for (std::size_t i = 0; i < count; ++i) {
    line.high.push_back(high[first + i * step]);
    if (!low.empty()) line.low.push_back(low[first + i * step]);
  }
  note_ulp(line);
  return line;
}

Axis Axis::spaced(double spacing, double first) {
  require_finite_and_not_zero("spacing", spacing);
  if (!std::isfinite(first)) {
    throw Error(ErrorCode::bad_argument, "first",
                text(first) + " given; a finite number is needed");
  }
  Axis axis;
  axis.spacing_ = spacing;
  axis.first_ = first;
  return axis;
}

Axis Axis::cells(double origin, double size) {
  constexpr double half = 0.5;
  return spaced(size, origin + half * size);
}

Axis Axis::at(const AnyField& positions) {
  if (positions.extents.empty()) {
    throw Error(ErrorCode::bad_shape, "coordinates",
                "a single number given; one position per sample is needed");
  }
  Axis axis;
  dispatch(positions.type, [&]<class T>() {
    if constexpr (std::same_as<T, std::complex<float>> ||
                  std::same_as<T, std::complex<double>>) {
      throw Error(ErrorCode::bad_type, "coordinates",
                  std::string(name(positions.type)) + " given; real numbers are needed");
    } else {
      axis.coordinates_ = std::make_shared<const Coordinates>(read<T>(positions));
    }
  });
  return axis;
}

Axis Axis::with_coordinates(std::shared_ptr<const Coordinates> coordinates) const {
  Axis axis = *this;
  axis.coordinates_ = std::move(coordinates);
  return axis;
}

Axis Axis::per(double unit) const {
  require_finite_and_not_zero("unit", unit);
  Axis axis = *this;
  axis.unit_ = unit;
  return axis;
}

bool Axis::varies() const noexcept {
  return coordinates_ != nullptr && !coordinates_->is_line();
}

std::vector<double> Axis::positions(std::size_t extent) const {
  if (varies() || (coordinates_ != nullptr && coordinates_->size() != extent)) {
    throw Error(ErrorCode::bad_shape, "extent",
                std::to_string(extent) + " given for " +
                    (varies() ? "positions that vary along other axes, too"
                              : counted(coordinates_->size(), "position")));
  }
  if (coordinates_ != nullptr) return coordinates_->high;
  std::vector<double> positions(extent);
  for (std::size_t i = 0; i < extent; ++i) {
    positions[i] = first_ + static_cast<double>(i) * spacing_;
  }
  return positions;
}

Axis Axis::with_ends(Boundary lower, Boundary upper) const {
  Axis axis = *this;
  axis.lower_ = std::move(lower);
  axis.upper_ = std::move(upper);
  return axis;
}

}  // namespace gridgrad

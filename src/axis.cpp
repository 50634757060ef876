// axis.cpp: takes positions in, exactly
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/axis.hpp"

#include <cmath>
#include <limits>
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

template <class T>
Coordinates read(const AnyField& positions) {
  Coordinates read;
  double largest = 0;
  bool has_low = false;
  const T* position = static_cast<const T*>(positions.data);
  for (std::size_t i = 0; i < positions.extents[0]; ++i) {
    const DoubleDouble exact = exactly(*position);
    if (!std::isfinite(exact.high)) {
      throw Error(ErrorCode::bad_argument, "coordinates",
                  "position " + std::to_string(i) + " is " + text(exact.high) +
                      "; finite positions are needed");
    }
    read.high.push_back(exact.high);
    read.low.push_back(exact.low);
    has_low = has_low || exact.low != 0;
    largest = std::max(largest, std::abs(exact.high));
    position += positions.strides[0];
  }
  if (!has_low) read.low.clear();
  read.ulp = ulp_of(largest, precision<T>());
  return read;
}

}  // namespace

Axis Axis::spaced(double spacing) {
  require_finite_and_not_zero("spacing", spacing);
  Axis axis;
  axis.spacing_ = spacing;
  return axis;
}

Axis Axis::at_positions(const AnyField& positions) {
  if (positions.extents.size() != 1) {
    throw Error(ErrorCode::bad_shape, "coordinates",
                "rank " + std::to_string(positions.extents.size()) +
                    " given; one position per sample, rank 1, is needed");
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

Axis Axis::per(double unit) const {
  require_finite_and_not_zero("unit", unit);
  Axis axis = *this;
  axis.unit_ = unit;
  return axis;
}

Axis Axis::with_ends(Boundary lower, Boundary upper) const {
  Axis axis = *this;
  axis.lower_ = std::move(lower);
  axis.upper_ = std::move(upper);
  return axis;
}

}  // namespace gridgrad

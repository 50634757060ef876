// gridgrad/boundary.hpp: what lies beyond the ends of an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// What is known at one end of an axis: one number for all lines, or one per line. Cheap
/// to copy.
class GRIDGRAD_API EndValues {
 public:
  /// The same number on every line. Complex numbers are for complex fields; of others the
  /// imaginary part is not read.
  EndValues(std::complex<double> value = 0)  // NOLINT(google-explicit-constructor)
      : value_(value) {}
  EndValues(double value) : value_(value) {}  // NOLINT(google-explicit-constructor)

  /// One number per line: an array with the shape of the field less the axis, of any
  /// element type, copied. Its shape is checked when it meets the field.
  template <Field C>
  [[nodiscard]] static EndValues per_line(const C& values) {
    return per_line(AnyField(FieldTraits<C>::view(values)));
  }

  /// The same for an element type that is known only at run time.
  [[nodiscard]] static EndValues per_line(const AnyField& values);

  [[nodiscard]] bool is_per_line() const noexcept { return lines_ != nullptr; }

  /// The number of all lines; 0 if there is one per line.
  [[nodiscard]] std::complex<double> value() const noexcept { return value_; }

  /// Shape and numbers in C order; empty unless there is one per line.
  [[nodiscard]] std::span<const std::size_t> extents() const noexcept;
  [[nodiscard]] std::span<const std::complex<double>> values() const noexcept;

 private:
  struct Lines {
    std::vector<std::size_t> extents;
    std::vector<std::complex<double>> values;
  };

  std::complex<double> value_;
  std::shared_ptr<const Lines> lines_;
};

/// Nothing lies beyond the end: the rows near it are one-sided.
struct OneSided {};

/// The neighbours beyond the end are in the view already (ghost cells): the result is
/// shorter than the field by the reach of the stencil there.
struct Halo {};

/// The axis closes on itself after `period`, in unit L of the coordinates: longer than
/// the distance between the first and the last sample, since the first is not stored
/// twice. An axis given by a spacing may leave it out: extent * |spacing|. Taken at both
/// ends or at none.
struct Periodic {
  std::optional<double> period = {};
};

/// Where a mirror stands: on the end sample, or half the end spacing beyond it.
enum class Mirror { sample, half_point };

/// The field is mirrored: f_(-k) = f_k, or f_(k-1) from a half-point.
struct Symmetric {
  Mirror mirror = Mirror::sample;
};

/// What a turned field is turned about: zero, or the end sample's value.
enum class Level { zero, end_value };

/// The field is mirrored and turned: f_(-k) = -f_k, or 2 f_0 - f_k about the end value;
/// k - 1 instead of k on the right from a half-point. Not for 64-bit integers.
struct Antisymmetric {
  Mirror mirror = Mirror::sample;
  Level level = Level::zero;
};

/// Beyond the end the field has the value of the end sample, at the continued spacing.
struct Nearest {};

/// Beyond the end the field has a known value, at the continued spacing.
struct Constant {
  EndValues value = {};
};

/// The first derivative at the end sample is known, per `unit` of the axis.
struct Neumann {
  EndValues slope = {};
};

/// What lies beyond one end of an axis.
using Boundary = std::variant<OneSided, Halo, Periodic, Symmetric, Antisymmetric, Nearest,
                              Constant, Neumann>;

}  // namespace gridgrad

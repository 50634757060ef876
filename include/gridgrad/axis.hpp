// gridgrad/axis.hpp: where the samples along one axis lie, and what lies beyond its ends
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/boundary.hpp"
#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// Positions of samples, kept so that the difference of any two is exact.
struct Coordinates;

/// Positions and boundaries of one axis. Cheap to copy. Distance between neighbours 1
/// and one-sided ends unless told otherwise.
class GRIDGRAD_API Axis {
 public:
  Axis() = default;

  /// Equal distances between neighbours, in unit L: finite, not zero, negative where the
  /// axis runs backwards. The position of the first sample counts for an interpolant
  /// alone. Throws Error: bad_argument.
  [[nodiscard]] static Axis spaced(double spacing, double first = 0);

  /// The centres of cells of equal size, as of a map: the first cell begins at `origin`,
  /// so the first sample lies at origin + size / 2. Otherwise as `spaced`.
  [[nodiscard]] static Axis cells(double origin, double size);

  /// The positions themselves, in unit L: one per sample, of any real type, in any order,
  /// no neighbours of a row at the same place. Integers (time stamps) are differenced
  /// exactly. Positions that are equally spaced up to the rounding of their type (2 ulp
  /// of the largest) are treated as equally spaced.
  ///
  /// Positions that vary along other axes too (levels that follow the ground) are given
  /// in an array that broadcasts against the field from the last axis on, as in NumPy:
  /// z[k][j][i] along axis 1 of f[t][k][j][i]. Every line has rows of its own then, those
  /// of its own positions; `gradient` takes them, `Difference`, which is one set of rows,
  /// does not.
  ///
  /// Throws Error: bad_shape (a single number), bad_type (complex), bad_argument (NaN or
  /// infinite). That they fit the field is checked when they meet it. Copies the
  /// positions.
  template <Field C>
  [[nodiscard]] static Axis at(const C& coordinates) {
    return at(AnyField(FieldTraits<C>::view(coordinates)));
  }

  /// The same for an element type that is known only at run time.
  [[nodiscard]] static Axis at(const AnyField& coordinates);

  /// The same axis with derivatives per `unit` of its coordinates, as `per(1e9)` for
  /// stamps in nanoseconds and derivatives per second. Finite, not zero.
  [[nodiscard]] Axis per(double unit) const;

  /// The same axis with other ends, the lower being that of index 0. Default: one-sided.
  /// That they fit each other and the positions is checked when they meet a field.
  [[nodiscard]] Axis with_ends(const Boundary& both) const {
    return with_ends(both, both);
  }
  [[nodiscard]] Axis with_ends(Boundary lower, Boundary upper) const;

  /// Whether it was given positions that vary along other axes, too.
  [[nodiscard]] bool varies() const noexcept;

  /// Where `extent` samples stand, in unit L, rounded to float64. Throws Error: bad_shape
  /// for positions that vary along other axes or are not as many.
  [[nodiscard]] std::vector<double> positions(std::size_t extent) const;

  [[nodiscard]] double spacing() const noexcept { return spacing_; }

  /// Position of the first sample of an axis given by a spacing.
  [[nodiscard]] double first() const noexcept { return first_; }
  [[nodiscard]] double unit() const noexcept { return unit_; }
  [[nodiscard]] const Boundary& lower() const noexcept { return lower_; }
  [[nodiscard]] const Boundary& upper() const noexcept { return upper_; }

  /// The same axis at other positions; private to the library.
  [[nodiscard]] Axis with_coordinates(
      std::shared_ptr<const Coordinates> coordinates) const;

  /// Null where the axis was given by a spacing.
  [[nodiscard]] const std::shared_ptr<const Coordinates>& coordinates() const noexcept {
    return coordinates_;
  }

 private:
  double spacing_ = 1;
  double first_ = 0;
  double unit_ = 1;
  Boundary lower_;
  Boundary upper_;
  std::shared_ptr<const Coordinates> coordinates_;
};

}  // namespace gridgrad

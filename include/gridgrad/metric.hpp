// gridgrad/metric.hpp: what one unit of the coordinates measures, on a plane or the Earth
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "gridgrad/api.hpp"
#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// A sphere, that of weather models by default; the radius in the unit that lengths shall
/// have, metres there.
struct Sphere {
  double radius = 6371229;
};

/// An ellipsoid of revolution, WGS84 by default; lengths in metres.
struct Ellipsoid {
  double semi_major_axis = 6378137;
  double inverse_flattening = 298.257223563;
};

/// The axes of a field whose coordinates are latitudes and longitudes, in degrees.
struct GeographicAxes {
  std::size_t latitude;
  std::size_t longitude;
};

/// Lengths that one unit of the coordinates along an axis of the field measures: an array
/// that broadcasts against the field from the last axis on, as in NumPy; real, 1e-15 to
/// 1e18. It refers to the typed view that it was made from, which must outlive it.
struct ScaleFactor {
  std::size_t axis;
  AnyField lengths;
};

struct MetricDefinition;

/// Lengths on a grid with orthogonal axes. Cheap to copy. Cartesian unless told
/// otherwise: coordinates are lengths. An operator needs all axes of its metric. Formulas
/// and sources: docs/calculus.md, "Metrics".
class GRIDGRAD_API Metric {
 public:
  Metric() = default;

  /// Latitudes and longitudes on a sphere or an ellipsoid; other axes are lengths, and
  /// small beside the radius.
  ///
  ///   latitude   positions in degrees north, -90 to 90: `Axis::at`, or a spacing with a
  ///              first other than 0; a pole is the first or the last of them
  ///   longitude  degrees east, of which differences count alone
  ///
  /// That they fit is checked when they meet a field. Throws Error: bad_argument (radius,
  /// semi_major_axis: from 1e-15 to 1e18; inverse_flattening: finite and above 1),
  /// bad_axis (one axis for both).
  [[nodiscard]] static Metric on(const Sphere& sphere, GeographicAxes axes);
  [[nodiscard]] static Metric on(const Ellipsoid& ellipsoid, GeographicAxes axes);

  /// Orthogonal curvilinear axes. Axes without a scale factor are lengths. Derivatives of
  /// scale factors along an axis are estimated by the scheme of the operator, with rows
  /// of the same accuracy at the ends: one-sided, whatever the field has there, or
  /// periodic as the field. Throws Error: bad_type (complex), bad_axis (twice),
  /// bad_argument (a factor outside 1e-15 to 1e18, or marked as missing). That they
  /// broadcast is checked when they meet a field. Copies the factors.
  [[nodiscard]] static Metric scaled(std::span<const ScaleFactor> factors);

  /// The same from factors by which lengths are multiplied to give those on a map, as
  /// projections have them: 1 / factor.
  [[nodiscard]] static Metric mapped(std::span<const ScaleFactor> map_factors);

  /// Axes without coordinates of their own, whose samples have latitudes and longitudes
  /// (degrees; arrays of two axes, the last two of the field): scale factors are half the
  /// way along great circles from the one neighbour of a sample to it and on to the
  /// other; at ends that are not periodic the way to the only one.
  ///
  /// Throws Error: bad_shape (not two axes of two samples or more, or not the same),
  /// bad_type (complex), bad_argument (latitude outside -90 to 90, not finite, marked as
  /// missing; neighbours at the same place, as all samples at a pole are). Computed in
  /// double, within a few ulp, once per metric: 0.3 s per million samples.
  [[nodiscard]] static Metric at(const AnyField& latitudes, const AnyField& longitudes,
                                 const Sphere& sphere = {});

  /// The largest |cos| of the angle between the axes of `at`, 0 where they are
  /// orthogonal, as the operators take them to be: of chords from neighbour to neighbour,
  /// at samples that have them on all sides. 0 for other metrics.
  [[nodiscard]] double obliqueness() const noexcept;

  /// Whether coordinates are lengths.
  [[nodiscard]] bool is_cartesian() const noexcept { return definition_ == nullptr; }

  /// What the operators read; private to the library.
  [[nodiscard]] const std::shared_ptr<const MetricDefinition>& definition()
      const noexcept {
    return definition_;
  }

 private:
  explicit Metric(std::shared_ptr<const MetricDefinition> definition)
      : definition_(std::move(definition)) {}

  std::shared_ptr<const MetricDefinition> definition_;
};

}  // namespace gridgrad

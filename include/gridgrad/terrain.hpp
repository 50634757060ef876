// gridgrad/terrain.hpp: how steep a surface is, and where it faces
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/calculus.hpp"

namespace gridgrad {

enum class TerrainResult { slope, aspect };

/// Where the two slopes, east and north, come from.
enum class TerrainStencil {
  by_scheme,           ///< the derivatives that the scheme says
  horn,                ///< of 3 x 3 heights: central differences of three rows, weighted
                       ///< 1, 2, 1. Horn, Proc. IEEE 69 (1981) 14-47
  zevenbergen_thorne,  ///< of 4 heights: central differences. Zevenbergen and Thorne,
                       ///< Earth Surf. Process. Landforms 12 (1987) 47-56
};

enum class SlopeUnit {
  degrees,  ///< 0 to 90
  percent,  ///< rise over 100 of run
  ratio,    ///< rise over run
};

/// Aspects are degrees, 0 <= aspect < 360 (in 16-bit types up to 360).
enum class AspectAngle {
  compass,        ///< clockwise from north
  trigonometric,  ///< counter-clockwise from east
};

/// The aspect where both slopes are 0.
enum class FlatAspect { missing, zero };

/// What is made of heights.
struct Terrain {
  TerrainResult result = TerrainResult::slope;
  TerrainStencil stencil = TerrainStencil::by_scheme;
  SlopeUnit unit = SlopeUnit::degrees;
  AspectAngle angle = AspectAngle::compass;
  FlatAspect flat = FlatAspect::missing;
  /// Length of one unit of the heights in the unit of the lengths along the axes: 0.3048
  /// for feet above metres. Finite and above 0.
  double z_factor = 1;
};

/// The operator behind `slope` and `aspect` is GridOperator(terrain, grid, extents,
/// scheme): of one field and with one result, for blocks, many fields and files.
///
///   grid    two axes: east, north; positions increase eastwards and northwards, so where
///           rows run south they decrease, or their spacing is below 0
///   scheme  with a named stencil: central, accuracy 2 or unset, edge_order 1 if unset.
///           Missing heights: with Horn's stencil under Propagate a result is missing if
///           one of the nine is; under Adapt each difference adapts, and a row without a
///           neighbour counts alone
///
/// Throws Error: bad_argument (other than two axes; derivative, accuracy or bias that the
/// stencil does not have; z_factor), as GridOperator, and bad_type of complex heights
/// when applied.
///
/// How steep the surface is: the arctangent of the magnitude of its gradient, within 1
/// unit in the last place of it; or that magnitude itself. At a pole of a sphere the
/// limit from the parallels.
///
///   const auto steepness = slope(heights, {{{1, Axis::at(x)}, {0, Axis::at(y)}}},
///                                {.stencil = TerrainStencil::horn});
///
/// Costs an arctangent per sample (but of ratio and percent) besides `magnitude`, and
/// with Horn's stencil two means of derivatives that stop in the cache.
template <Field F>
[[nodiscard]] ResultOf<F> slope(const F& heights, const Grid& grid, Terrain terrain = {},
                                const Scheme& scheme = {});

/// The direction downhill: where the surface faces. At a pole of a sphere it is missing.
template <Field F>
[[nodiscard]] ResultOf<F> aspect(const F& heights, const Grid& grid, Terrain terrain = {},
                                 const Scheme& scheme = {});

namespace traits {

template <Field F>
ResultOf<F> terrain_of(const F& heights, const Grid& grid, const Terrain& terrain,
                       const Scheme& scheme) {
  const auto samples = FieldTraits<F>::view(heights);
  const GridOperator op(terrain, grid, samples.extents(), scheme);
  return std::move(computed<F>(op, std::span(&heights, 1), {}).front());
}

}  // namespace traits

template <Field F>
ResultOf<F> slope(const F& heights, const Grid& grid, Terrain terrain,
                  const Scheme& scheme) {
  terrain.result = TerrainResult::slope;
  return traits::terrain_of(heights, grid, terrain, scheme);
}

template <Field F>
ResultOf<F> aspect(const F& heights, const Grid& grid, Terrain terrain,
                   const Scheme& scheme) {
  terrain.result = TerrainResult::aspect;
  return traits::terrain_of(heights, grid, terrain, scheme);
}

}  // namespace gridgrad

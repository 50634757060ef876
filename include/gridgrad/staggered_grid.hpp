// gridgrad/staggered_grid.hpp: gradient, divergence and curl on an Arakawa C grid
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/array.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/field_traits.hpp"
#include "gridgrad/staggered.hpp"

namespace gridgrad {

/// One direction of a staggered grid: the axis of the fields that it lies along, the
/// cells there, and which of their faces have values.
struct StaggeredAlong {
  std::size_t axis;
  StaggeredAxis cells;
  Faces faces;
};

/// What the cells of a grid measure, per direction where there are several numbers; each
/// array broadcasts against the fields that stand where it does, from the last axis on.
/// What an operator does not need may be left out. Lengths count along the indices:
/// positive, whichever way the coordinates run.
struct StaggeredMeasures {
  using Views = std::vector<StridedView<const double>>;

  Views distances;     ///< at the faces: from centre to centre
  Views face_areas;    ///< at the faces: of each; on a plane its length
  Views volumes;       ///< one, at the centres: of each cell; on a plane its area
  Views edge_lengths;  ///< at the edges: of each; not read on a plane
  Views dual_areas;    ///< at the edges: of the face between centres that each pierces
};

struct StaggeredParts;

/// Where values stand on a grid: in the middle of cells, of their faces or of their
/// edges. On a plane the one component at the edges stands at the corners.
enum class Place { centres, faces, edges };

/// Gradient, divergence and curl between the centres, faces and edges of cells, of
/// second order, on 2 directions (a plane) or 3: Arakawa's C grid.
///
/// Directions 0, 1, 2 are right-handed in the order in which they are given, whichever
/// axes of the fields they lie along: x, y, z of fields f[z][y][x] are axes 2, 1, 0.
/// Other axes (time) are independent. Component d of a vector at the faces stands on the
/// faces across direction d, at the centres along the others; component d at the edges
/// stands on the edges along direction d: at the centres along d, on the faces along the
/// others. On a plane the edges are the corners, and have one component, that of the
/// normal. Along the axis of a direction an array has `count_of(faces, cells)` values
/// where it stands on faces, and `cells` elsewhere; index i is face i - 1/2 (left, outer)
/// or i + 1/2 (right, inner).
///
/// A direction that is not periodic is closed by walls: what would stand on a face at an
/// end and is not in the arrays is 0, and so is a difference across such a face, which is
/// what a gradient and a curl have on walls that are.
///
/// With d_a the difference from one value to the next along a, over the distance between
/// them (Cartesian), or of values times their lengths or areas, over the area or volume
/// of what they enclose (with measures: Stokes' and Gauss' theorems on each cell):
///
///   gradient    g_a = d_a f                              centres to faces
///   divergence  d   = d_0 u_0 + d_1 u_1 + d_2 u_2        faces to centres
///   curl        c_a = d_b u_c - d_c u_b                  faces to edges, edges to faces
///
/// with a, b, c = 0, 1, 2 and its rotations; on a plane faces to corners c = d_0 u_1 -
/// d_1 u_0, corners to faces u_0 = d_1 c, u_1 = -d_0 c. So the curl of a gradient and the
/// divergence of a curl are 0 but for roundings, on any cells and with any measures, and
/// NaN (a hole) spreads to what is computed from it and no further.
///
/// Sums are taken from the left, one rounding per operation: the same bits for any number
/// of threads and on every instruction set. Source: Arakawa and Lamb, Methods in
/// Computational Physics 17 (1977) 173-265; Hyman and Shashkov, Computers Math. Applic.
/// 33 (1997) 81-104.
class GRIDGRAD_API StaggeredGrid {
 public:
  /// 2 or 3 directions along different axes. Throws Error: bad_argument (directions:
  /// another number; faces: inner or outer where periodic; boundary: a Constant),
  /// bad_axis.
  explicit StaggeredGrid(std::vector<StaggeredAlong> directions);

  /// The same grid with lengths, areas and volumes in place of those of a Cartesian one.
  /// Copies them. Throws Error: bad_shape (one array per direction, or none; one).
  [[nodiscard]] StaggeredGrid with_measures(const StaggeredMeasures& measures) const;

  /// The shape of component `direction` at a place, for fields of a shape at the centres.
  /// Throws Error: bad_shape, bad_argument (direction).
  [[nodiscard]] std::vector<std::size_t> shape(std::span<const std::size_t> centres,
                                               Place place, std::size_t direction) const;

  /// Number of components of a vector there: directions, but one at the corners of a
  /// plane and one at the centres.
  [[nodiscard]] std::size_t components(Place place) const noexcept;

  /// The operators into memory of the caller's: float32 or float64, all arrays of one
  /// type, any strides; results overlap neither fields nor each other.
  ///
  /// Throws Error: bad_shape (number of components, shape, measures), bad_type,
  /// bad_argument (marks: holes are NaN here; measures: not given; overlap), all before
  /// the first value is written. Reads and writes each value once per component.
  void gradient_into(const AnyField& centres, std::span<const AnyOutput> faces,
                     Execution execution = {}) const;
  void divergence_into(std::span<const AnyField> faces, const AnyOutput& centres,
                       Execution execution = {}) const;
  void curl_to_edges_into(std::span<const AnyField> faces,
                          std::span<const AnyOutput> edges,
                          Execution execution = {}) const;
  void curl_to_faces_into(std::span<const AnyField> edges,
                          std::span<const AnyOutput> faces,
                          Execution execution = {}) const;

  /// The same as new arrays in C order.
  ///
  ///   const auto flow = grid.curl_to_faces(std::vector{view(potential)});
  ///   const auto none = grid.divergence(flow);
  template <Field F>
  [[nodiscard]] std::vector<Array<ElementOf<F>>> gradient(const F& centres) const {
    const auto field = FieldTraits<F>::view(centres);
    auto results = arrays<ElementOf<F>>(field.extents(), Place::faces);
    gradient_into(field, outputs(results).all);
    return results;
  }
  template <Field F>
  [[nodiscard]] Array<ElementOf<F>> divergence(const std::vector<F>& faces) const {
    const Fields<F> fields(faces);
    auto results =
        arrays<ElementOf<F>>(centres_of(fields.all, Place::faces), Place::centres);
    divergence_into(fields.all, outputs(results).all[0]);
    return std::move(results[0]);
  }
  template <Field F>
  [[nodiscard]] std::vector<Array<ElementOf<F>>> curl_to_edges(
      const std::vector<F>& faces) const {
    const Fields<F> fields(faces);
    auto results =
        arrays<ElementOf<F>>(centres_of(fields.all, Place::faces), Place::edges);
    curl_to_edges_into(fields.all, outputs(results).all);
    return results;
  }
  template <Field F>
  [[nodiscard]] std::vector<Array<ElementOf<F>>> curl_to_faces(
      const std::vector<F>& edges) const {
    const Fields<F> fields(edges);
    auto results =
        arrays<ElementOf<F>>(centres_of(fields.all, Place::edges), Place::faces);
    curl_to_faces_into(fields.all, outputs(results).all);
    return results;
  }

 private:
  // Views, and what refers to them.
  template <class F>
  struct Fields {
    explicit Fields(const std::vector<F>& fields) {
      views.reserve(fields.size());
      for (const F& field : fields) views.push_back(FieldTraits<F>::view(field));
      all.assign(views.begin(), views.end());
    }
    std::vector<StridedView<const ElementOf<F>>> views;
    std::vector<AnyField> all;
  };
  template <class T>
  struct Outputs {
    std::vector<StridedView<T>> views;
    std::vector<AnyOutput> all;
  };

  template <class T>
  static Outputs<T> outputs(std::vector<Array<T>>& arrays) {
    Outputs<T> outputs;
    outputs.views.reserve(arrays.size());
    for (Array<T>& array : arrays) outputs.views.push_back(view(array));
    outputs.all.assign(outputs.views.begin(), outputs.views.end());
    return outputs;
  }
  template <class T>
  [[nodiscard]] std::vector<Array<T>> arrays(std::span<const std::size_t> centres,
                                             Place place) const {
    std::vector<Array<T>> results;
    for (std::size_t d = 0; d < components(place); ++d) {
      results.emplace_back(std::span<const std::size_t>(shape(centres, place, d)));
    }
    return results;
  }

  // The shape at the centres of fields at a place.
  [[nodiscard]] std::vector<std::size_t> centres_of(std::span<const AnyField> fields,
                                                    Place place) const;

  explicit StaggeredGrid(std::shared_ptr<const StaggeredParts> parts);

  std::shared_ptr<const StaggeredParts> parts_;
};

}  // namespace gridgrad

// gridgrad/staggered.hpp: derivatives between the centres and the faces of cells
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>

#include "gridgrad/api.hpp"
#include "gridgrad/boundary.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/field_traits.hpp"
#include "gridgrad/scheme.hpp"

namespace gridgrad {

/// Which faces of the n cells of an axis have values. Cell i lies between its lower face,
/// i - 1/2, and its upper face, i + 1/2. The names are those of xgcm, whose `center`
/// are the n values between the faces.
enum class Faces {
  left,   ///< n values: index i is face i - 1/2; all but the last face
  right,  ///< n values: index i is face i + 1/2; all but the first face
  inner,  ///< n - 1 values: index i is face i + 1/2; none at the ends
  outer,  ///< n + 1 values: index i is face i - 1/2; both ends
};

/// Number of values at such faces of so many cells.
[[nodiscard]] GRIDGRAD_API std::size_t count_of(Faces faces, std::size_t cells) noexcept;

/// The cells along one axis: where their faces and their centres are, and what lies
/// beyond the first and the last face. Cheap to copy.
class GRIDGRAD_API StaggeredAxis {
 public:
  /// So many cells of equal size, in unit L: finite, not zero, negative where the axis
  /// runs backwards. Throws Error: bad_argument.
  [[nodiscard]] static StaggeredAxis spaced(std::size_t cells, double size);

  /// Cells between the given faces, n + 1 positions for n >= 1 cells, increasing or
  /// decreasing; centres midway between them. Equally spaced faces are recognised as in
  /// `Axis::at`. Throws Error: bad_shape, bad_type, bad_argument. Copies the positions.
  template <Field C>
  [[nodiscard]] static StaggeredAxis at(const C& faces) {
    return at(AnyField(FieldTraits<C>::view(faces)));
  }

  /// The same for an element type that is known only at run time.
  [[nodiscard]] static StaggeredAxis at(const AnyField& faces);

  /// The same cells with centres at these positions, one per cell and between its faces.
  /// Throws Error: bad_shape, bad_type, bad_argument.
  template <Field C>
  [[nodiscard]] StaggeredAxis with_centres(const C& centres) const {
    return with_centres(AnyField(FieldTraits<C>::view(centres)));
  }

  /// The same for an element type that is known only at run time.
  [[nodiscard]] StaggeredAxis with_centres(const AnyField& centres) const;

  /// The same cells with other ends: OneSided (the default); Periodic at both, where the
  /// last face is the first again, so that its period is the sum of all cells; Constant,
  /// a value known *on* the first or the last face. Throws Error: bad_argument.
  [[nodiscard]] StaggeredAxis with_ends(const Boundary& both) const {
    return with_ends(both, both);
  }
  [[nodiscard]] StaggeredAxis with_ends(Boundary lower, Boundary upper) const;

  /// Number of cells.
  [[nodiscard]] std::size_t cells() const noexcept;
  [[nodiscard]] bool is_periodic() const noexcept;
  [[nodiscard]] const Boundary& lower() const noexcept { return lower_; }
  [[nodiscard]] const Boundary& upper() const noexcept { return upper_; }

  /// Positions in half cells; private to the library.
  struct Lattice;
  [[nodiscard]] const Lattice& lattice() const noexcept { return *lattice_; }

 private:
  explicit StaggeredAxis(std::shared_ptr<const Lattice> lattice);

  std::shared_ptr<const Lattice> lattice_;
  Boundary lower_;
  Boundary upper_;
};

/// The first derivative at faces, from samples at the centres.
///
///   faces   left or right where the axis is periodic; inner needs no boundary; a face at
///           an end needs a Constant there, the value on that face, which `apply` is
///           given in `Block::ends`
///   scheme  derivative 1, central, without Adapt; any even accuracy
///
/// The row at face i + 1/2 reads as many centres on both sides as the accuracy has.
/// Equal cells: pairs around the face, w_k (f_(i+k) - f_(i+1-k)); at accuracy 2
/// (f_(i+1) - f_i) / h. Other faces and centres: differences from the centre below the
/// face, and one centre more where the rows would lose an order without it: the nearer
/// one, the lower of two that are equally far. Near ends the 1 + edge_order values most
/// centred on the face, the known one on the end face among them. A constant has
/// derivative exactly 0. A face is missing where its stencil contains a missing sample
/// (Propagate).
///
/// Throws Error: bad_argument (faces: at an end without a value, inner or outer of a
/// periodic axis; scheme), unsupported (Adapt), too_few_samples.
/// Weights: Fornberg, Math. Comp. 51 (1988) 699-706; from positions in at least 106 bits,
/// each rounded once. Cost: O(cells) for irregular cells, O(1) otherwise.
[[nodiscard]] GRIDGRAD_API Difference to_faces(const StaggeredAxis& axis, Faces faces,
                                               const Scheme& scheme = {},
                                               Execution execution = {});

/// The first derivative at the centres, from samples at `faces`: the other way round.
/// Outer faces need no boundary; an end whose face has no samples needs a Constant (0
/// where nothing flows through a wall) or Periodic; Constant is refused where it has.
[[nodiscard]] GRIDGRAD_API Difference to_centres(const StaggeredAxis& axis, Faces faces,
                                                 const Scheme& scheme = {},
                                                 Execution execution = {});

}  // namespace gridgrad

// gridgrad/calculus.hpp: divergence, curl, Laplacian and their like, in one pass
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/metric.hpp"

namespace gridgrad {

/// The axes of space: which of the field's, in the order of the components of a vector,
/// right-handed, and what their coordinates measure. On a sphere: east, north, up.
struct Grid {
  std::vector<Along> along;
  Metric metric = {};
};

/// What is made of derivatives along n axes. u_i are the components of a vector along
/// them, f is a scalar; d_i is the derivative per length along axis i. Definitions with a
/// metric: docs/calculus.md.
enum class Calculus {
  gradient,          ///< of f: d_i f, n results
  magnitude,         ///< of the gradient of f: sqrt(sum of (d_i f)^2)
  directional,       ///< of f along a, fields f, a_0, a_1, ...: sum of a_i d_i f
  divergence,        ///< of u: sum of d_i u_i
  curl,              ///< of u: d_0 u_1 - d_1 u_0 for n = 2; a vector for n = 3
  laplacian,         ///< of f: sum of d_i d_i f
  vector_laplacian,  ///< of u: of each component; without a metric
  hessian,           ///< of f: d_i d_j f, i <= j, n (n + 1) / 2 results by i, then j
  jacobian,          ///< of u: d_j u_i, n^2 results by i, then j
  strain_rate,       ///< of u: (d_j u_i + d_i u_j) / 2, i <= j, results as for hessian
  rotation,          ///< of u: (d_i u_j - d_j u_i) / 2, i < j, n (n - 1) / 2 results
};

/// Which axes of the grid a result belongs to: one, two, or none of a scalar.
using ResultAxes = std::vector<std::size_t>;

/// Part of a field: which results are computed, and which samples stand in the views.
/// One entry per axis of the field, as in Block; without entries: all.
struct GridBlock {
  std::vector<Range> rows = {};
  std::vector<std::vector<Range>> samples = {};
};

struct CalculusPlan;
struct Terrain;

/// An operator on fields of one shape, with everything that depends on the grid worked
/// out. Immutable, cheap to copy, safe to use from many threads.
///
/// Each result is the sum of its derivatives times the factors of the metric, in the
/// order of docs/calculus.md: the bits of `derivative` along each axis, multiplied and
/// added one by one. Fields are read once, a box that fits the caches at a time.
class GRIDGRAD_API GridOperator {
 public:
  /// Throws Error: bad_axis (none, twice, or not of the field), bad_argument (a curl of
  /// other than two or three axes, a scheme with another derivative than 1, latitudes
  /// outside -90 to 90, a sphere without degrees, latitudes before longitudes),
  /// unsupported (positions that vary along other axes), and as `gradient`.
  GridOperator(Calculus calculus, const Grid& grid, std::span<const std::size_t> extents,
               const Scheme& scheme = {});

  /// Slope or aspect of heights: gridgrad/terrain.hpp.
  GridOperator(const Terrain& terrain, const Grid& grid,
               std::span<const std::size_t> extents, const Scheme& scheme = {});

  [[nodiscard]] std::size_t field_count() const noexcept;
  [[nodiscard]] std::size_t result_count() const noexcept;

  /// The axes of result k, places in `Grid::along`.
  [[nodiscard]] const ResultAxes& axes_of_result(std::size_t k) const;

  /// The shape of the fields, and of the results: shorter along axes with a Halo.
  [[nodiscard]] std::span<const std::size_t> extents() const noexcept;
  [[nodiscard]] std::span<const std::size_t> result_extents() const noexcept;

  /// The samples along an axis of the field that a range of rows reads.
  [[nodiscard]] std::vector<Range> support(std::size_t axis, Range rows) const;

  /// Whether a block may hold some rows of this axis only: not of latitude and longitude
  /// where a pole is among the samples.
  [[nodiscard]] bool may_cut(std::size_t axis) const noexcept;

  /// Computes the results.
  ///
  ///   fields  `field_count()` of one shape, `extents()`, and one element type
  ///   out     `result_count()` of the shape `result_extents()`, element type `Result` of
  ///           theirs; overlap neither the fields nor each other
  ///   block   the views hold these samples, and the results of these rows
  ///
  /// Throws Error: bad_shape, bad_type (a magnitude or a directional derivative of
  /// complex fields, too), bad_argument, before the first sample is written.
  void apply(std::span<const AnyField> fields, std::span<const AnyOutput> out,
             const GridBlock& block = {}, Execution execution = {}) const;

  /// The operator with the transposed matrix: takes fields like the results to fields
  /// like the operands. Throws Error: unsupported (magnitude, directional, missing
  /// samples, poles).
  [[nodiscard]] GridOperator transposed() const;

 private:
  explicit GridOperator(std::shared_ptr<const CalculusPlan> plan)
      : plan_(std::move(plan)) {}

  std::shared_ptr<const CalculusPlan> plan_;
};

namespace traits {

/// Results of an operator, in containers like the first field.
template <Field F>
std::vector<ResultOf<F>> computed(const GridOperator& op, std::span<const F> fields,
                                  Execution execution) {
  using View = StridedView<const ElementOf<F>>;
  using OutView = StridedView<Result<ElementOf<F>>>;
  std::vector<View> views;
  for (const F& field : fields) views.push_back(FieldTraits<F>::view(field));
  std::vector<ResultOf<F>> results;
  std::vector<OutView> outputs;
  for (std::size_t k = 0; k < op.result_count(); ++k) {
    results.push_back(
        FieldTraits<F>::template result<Result<ElementOf<F>>>(fields.front()));
  }
  for (auto& result : results) {
    outputs.push_back(FieldTraits<ResultOf<F>>::view(result));
  }
  const std::vector<AnyField> erased(views.begin(), views.end());
  const std::vector<AnyOutput> erased_out(outputs.begin(), outputs.end());
  op.apply(erased, erased_out, {}, execution);
  return results;
}

/// Throws Error: bad_shape unless there is a component.
GRIDGRAD_API void require_components(std::size_t count);

}  // namespace traits

/// Results of `calculus` in new containers like the first field; they are made at every
/// call: GridOperator keeps what does not depend on the samples.
///
///   fields  as GridOperator::field_count says, of one shape and type
///
///   const auto strain = results_of(Calculus::strain_rate, {view(u), view(v)}, grid);
///
/// Throws Error as GridOperator and its `apply`.
template <Field F>
[[nodiscard]] std::vector<ResultOf<F>> results_of(Calculus calculus,
                                                  std::span<const F> fields,
                                                  const Grid& grid,
                                                  const Scheme& scheme = {}) {
  traits::require_components(fields.size());
  const auto samples = FieldTraits<F>::view(fields.front());
  return traits::computed<F>(GridOperator(calculus, grid, samples.extents(), scheme),
                             fields, {});
}
template <Field F, std::size_t N>
[[nodiscard]] std::vector<ResultOf<F>> results_of(Calculus calculus, const F (&fields)[N],
                                                  const Grid& grid,
                                                  const Scheme& scheme = {}) {
  return results_of(calculus, std::span<const F>(fields), grid, scheme);
}

/// The one result of an operator that gives a scalar.
///
///   const auto div = divergence({view(u), view(v)}, {{{0}, {1}}});
template <Field F, std::size_t N>
[[nodiscard]] ResultOf<F> divergence(const F (&components)[N], const Grid& grid,
                                     const Scheme& scheme = {}) {
  return std::move(results_of(Calculus::divergence, components, grid, scheme).front());
}
template <Field F>
[[nodiscard]] ResultOf<F> laplacian(const F& field, const Grid& grid,
                                    const Scheme& scheme = {}) {
  return std::move(
      results_of(Calculus::laplacian, std::span(&field, 1), grid, scheme).front());
}
template <Field F>
[[nodiscard]] ResultOf<F> magnitude(const F& field, const Grid& grid,
                                    const Scheme& scheme = {}) {
  return std::move(
      results_of(Calculus::magnitude, std::span(&field, 1), grid, scheme).front());
}

/// One result of two axes, three of three.
template <Field F, std::size_t N>
[[nodiscard]] std::vector<ResultOf<F>> curl(const F (&components)[N], const Grid& grid,
                                            const Scheme& scheme = {}) {
  return results_of(Calculus::curl, components, grid, scheme);
}

}  // namespace gridgrad

// gridgrad/interpolant.hpp: value, gradient and Hessian of a sampled field at a location
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>

#include "gridgrad/api.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// What a field is taken to be between its samples: a tensor product of one of these
/// along each axis. A cell lies between two neighbouring samples.
///
///   linear  continuous; gradients jump from cell to cell, and at a sample are those of
///           the cell above. Exact for multilinear fields, 2nd order, gradients 1st
///   cubic   Hermite's cubic, whose slopes at the samples are those of `gradient` with
///           the same accuracy: gradients are continuous, and at a sample equal
///           `gradient` there. Accuracy 2: exact for quadratics, 3rd order, gradients
///           2nd. Accuracy 4: exact for cubics, 4th order, gradients 3rd
///   spline  the cubic spline: Hessians are continuous. 4th order, gradients 3rd,
///           Hessians 2nd. Its coefficients are stored: one array of the field's size
///
/// Source: Keys, IEEE Trans. ASSP 29 (1981) 1153-1160; de Boor, A Practical Guide to
/// Splines (2001), chapters 4 and 13.
enum class Interpolation : std::uint8_t { linear, cubic, spline };

/// What a location beyond the first or the last sample of an axis has. Gradients are
/// those of the values. Axes that are periodic or symmetric have no outside there: the
/// field goes on as its boundary says.
///
///   missing  NaN
///   extend   the field goes on linearly from its border, along one axis after the other:
///            beyond a corner it bends by the mixed derivative there, and may fall for
///            ever; `clamp` and `missing` do not
///   clamp    the value at the border; that component of the gradient is 0
enum class Outside : std::uint8_t { missing, extend, clamp };

/// What became of a location: `missing` where a sample that counts is missing, the
/// location is NaN or its results are no numbers, and then all of them are NaN; else
/// whether it lies outside along some axis. An infinite location is outside, and has a
/// value under `clamp` alone.
enum class Status : std::uint8_t { inside, outside, missing };

struct InterpolantOptions {
  Interpolation interpolation = Interpolation::cubic;
  /// Of the slopes of `cubic`, at the ends too: 2 or 4.
  int accuracy = 2;
  Outside outside = Outside::missing;
  /// The number that stands for a missing sample, besides NaN and what `masked` and
  /// `filled` say.
  std::optional<double> missing = {};
};

/// Results for a batch of locations; what is not set is not computed. Refers to the views
/// it is made of: use it where it is made.
struct Evaluation {
  std::optional<AnyOutput> value = {};     ///< float64, one per location
  std::optional<AnyOutput> gradient = {};  ///< float64, one per location and axis
  std::optional<AnyOutput> hessian = {};   ///< float64, per location, axis and axis
  std::optional<AnyOutput> status = {};    ///< std::uint8_t, one per location
  Execution execution = {};
};

class Patches;

/// An interpolant whose rank is known only at run time: for batches of locations.
///
/// Refers to the samples: they are read at every call, so a field that changes needs no
/// rebuild, except under `spline` (see `update`). Cheap to copy; copies share what is
/// stored. Safe to read from many threads.
class GRIDGRAD_API AnyInterpolant {
 public:
  /// Of a field of real samples of any type, computed in double.
  ///
  ///   field  one axis per axis rule, 1 to 8, and perhaps a last one of components: the
  ///          value is then a vector and its gradient a Jacobian
  ///   axes   positions increase or decrease; without coordinates the first sample is at
  ///          `Axis::first()`. Ends as for `Difference`: the slopes of `cubic` follow
  ///          them. A spline is not-a-knot at one-sided ends, clamped at a Neumann or a
  ///          symmetric one, natural where the field is turned about its end value
  ///
  /// Throws Error: bad_shape, bad_type (complex), too_few_samples (than the window: 2,
  /// accuracy + 2, 4 for splines; a periodic or mirrored axis: 3), bad_argument
  /// (coordinates: not monotone; spacing, coordinates: neighbours less than 1e-100 or
  /// more than 1e100 apart; accuracy; missing: not a number of the type; a missing sample
  /// under a spline), unsupported (an end that a spline cannot have, one slope or value
  /// per line, a slope other than 0).
  ///
  /// Cost: O(extent) per axis with coordinates or of a spline, O(1) otherwise; a spline
  /// reads the field once, and its coefficients once per further axis.
  AnyInterpolant(const AnyField& field, std::span<const Axis> axes,
                 const InterpolantOptions& options = {}, Execution execution = {});

  [[nodiscard]] std::size_t rank() const noexcept;

  /// Extent of the last axis of a field of vectors, 1 otherwise.
  [[nodiscard]] std::size_t components() const noexcept;

  /// Reads the samples again: of use to splines alone, which store what they made of
  /// them. Not while another thread reads. Throws Error: bad_argument (missing samples).
  void update(Execution execution = {}) const;

  /// Value, gradient and Hessian at many locations.
  ///
  ///   locations  real, any strides, shape (..., rank); coordinates in the order of axes
  ///   to         value (...), or (..., components) of a field of vectors; gradient and
  ///              Hessian with one and two more axes of extent rank; status (...)
  ///
  /// Throws Error: bad_shape, bad_type. The bits do not depend on the number of threads.
  /// Allocates nothing per location; above rank 4 a buffer of some window^rank numbers
  /// per thread.
  template <Field L>
  void evaluate(const L& locations, const Evaluation& to) const {
    evaluate(AnyField(FieldTraits<L>::view(locations)), to);
  }
  void evaluate(const AnyField& locations, const Evaluation& to) const;

  /// The weights of the samples in the partial derivative along `along`, at most two axes
  /// (none: the value), at each of n locations of shape (n, rank): row i of the matrix
  /// gives location i, columns count the samples in C order, without components. Rows of
  /// locations that are NaN, infinite, or outside where that is missing are empty;
  /// whether a sample is missing does not count, nor what a Constant end adds to the
  /// value.
  ///
  /// Throws Error: bad_shape, bad_type, bad_axis, unsupported (splines: their weights
  /// reach all samples).
  template <Field L>
  [[nodiscard]] SparseRows rows(const L& locations,
                                std::span<const std::size_t> along = {}) const {
    return rows(AnyField(FieldTraits<L>::view(locations)), along);
  }
  [[nodiscard]] SparseRows rows(const AnyField& locations,
                                std::span<const std::size_t> along = {}) const;

  /// What queries read; private to the library.
  [[nodiscard]] const Patches& patches() const noexcept { return *patches_; }

 private:
  std::shared_ptr<Patches> patches_;
};

/// Where one query writes: value (components), gradient (components x rank), Hessian
/// (components x rank x rank); null is not computed.
struct QueryResults {
  double* value;
  double* gradient;
  double* hessian;
};

/// One location of an interpolant of rank 1 to 4; private to the library.
[[nodiscard]] GRIDGRAD_API Status query(const Patches& patches, const double* location,
                                        const QueryResults& to) noexcept;

/// One number, or one per component of a field of vectors.
template <class T, std::size_t Components>
using PerComponent = std::conditional_t<Components == 1, T, std::array<T, Components>>;

template <std::size_t Rank>
using Gradient = std::array<double, Rank>;
template <std::size_t Rank>
using Hessian = std::array<std::array<double, Rank>, Rank>;

template <std::size_t Rank, std::size_t Components = 1>
struct Value {
  PerComponent<double, Components> value;
  Status status;
};
template <std::size_t Rank, std::size_t Components = 1>
struct ValueAndGradient {
  PerComponent<double, Components> value;
  PerComponent<Gradient<Rank>, Components> gradient;
  Status status;
};
template <std::size_t Rank, std::size_t Components = 1>
struct ValueGradientAndHessian {
  PerComponent<double, Components> value;
  PerComponent<Gradient<Rank>, Components> gradient;
  PerComponent<Hessian<Rank>, Components> hessian;
  Status status;
};

/// An interpolant of a field of `Rank` axes, 1 to 4, and perhaps a last one of
/// `Components`: for one location at a time, as optimizers and controllers ask.
///
///   const Interpolant<2> cost(map, {Axis::cells(y0, 0.05), Axis::cells(x0, 0.05)},
///                             {.outside = Outside::extend, .missing = 255});
///   const auto [value, gradient, status] = cost.value_and_gradient({y, x});
///
/// Otherwise as AnyInterpolant.
template <std::size_t Rank, std::size_t Components = 1>
requires(Rank >= 1 && Rank <= 4 && Components >= 1) class Interpolant {
 public:
  using Location = std::array<double, Rank>;

  /// Throws as AnyInterpolant, and bad_shape unless the field has Components.
  template <Field F>
  Interpolant(const F& field, const std::array<Axis, Rank>& axes,
              const InterpolantOptions& options = {})
      : any_(AnyField(FieldTraits<F>::view(field)), axes, options) {
    if (any_.components() == Components) return;
    throw Error(ErrorCode::bad_shape, "field",
                "another number of components than the interpolant has");
  }

  /// None of the queries allocates or throws.
  [[nodiscard]] Value<Rank, Components> value(const Location& at) const noexcept {
    Value<Rank, Components> result;
    result.status = ask(at, {first(result.value), nullptr, nullptr});
    return result;
  }

  [[nodiscard]] ValueAndGradient<Rank, Components> value_and_gradient(
      const Location& at) const noexcept {
    ValueAndGradient<Rank, Components> result;
    result.status = ask(at, {first(result.value), first(result.gradient), nullptr});
    return result;
  }

  [[nodiscard]] ValueGradientAndHessian<Rank, Components> value_gradient_and_hessian(
      const Location& at) const noexcept {
    ValueGradientAndHessian<Rank, Components> result;
    result.status =
        ask(at, {first(result.value), first(result.gradient), first(result.hessian)});
    return result;
  }

  /// As AnyInterpolant's.
  template <Field L>
  void evaluate(const L& locations, const Evaluation& to) const {
    any_.evaluate(locations, to);
  }
  template <Field L>
  [[nodiscard]] SparseRows rows(const L& locations,
                                std::span<const std::size_t> along = {}) const {
    return any_.rows(locations, along);
  }
  void update(Execution execution = {}) const { any_.update(execution); }

 private:
  [[nodiscard]] Status ask(const Location& at, const QueryResults& to) const noexcept {
    return query(any_.patches(), at.data(), to);
  }

  static double* first(double& number) noexcept { return &number; }
  template <class T, std::size_t N>
  static double* first(std::array<T, N>& numbers) noexcept {
    return first(numbers[0]);
  }

  AnyInterpolant any_;
};

}  // namespace gridgrad

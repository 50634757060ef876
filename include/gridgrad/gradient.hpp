// gridgrad/gradient.hpp: the gradient of a sampled field, along all axes or some
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/field_traits.hpp"
#include "gridgrad/scheme.hpp"

namespace gridgrad {

/// One component of a gradient: an axis of the field and its rule.
struct Along {
  std::size_t axis;
  Axis rule = {};
};

/// Estimates components of the gradient of `field` into memory of the caller's, in one
/// pass over the field.
///
///   field   any rank, any strides
///   along   the components: 0 <= axis < rank, none twice; in any order
///   out     one per component, in that order: the field's shape (shorter along its axis
///           by the radius at each end with a Halo), element type `Result` of the
///           field's, any strides; overlaps neither the field nor another result, except
///           as members of the same records
///
///   gradient_into(field, {{0}, {2, Axis::at(z)}}, {view(d_x), view(d_z)});
///
/// Second-order central differences inside; at the ends one-sided differences of order
/// `scheme.edge_order`. NaN and infinity spread to the samples whose stencil reads them.
///
/// Throws Error: bad_axis, bad_shape, bad_type, bad_argument, too_few_samples, all before
/// the first sample is written.
template <Field F, std::size_t N>
void gradient_into(const F& field, const Along (&along)[N],
                   const StridedView<Result<ElementOf<F>>> (&out)[N],
                   const Scheme& scheme = {}, Execution execution = {});

/// The same with a number of components and element types known at run time. The erased
/// views refer to typed ones, which must outlive the call.
GRIDGRAD_API void gradient_into(const AnyField& field, std::span<const Along> along,
                                std::span<const AnyOutput> out, const Scheme& scheme = {},
                                Execution execution = {});

/// Throws what `gradient_into` would throw of a component on a field of these extents:
/// for programs that check before they read the samples.
GRIDGRAD_API void check_fit(const Along& along, std::span<const std::size_t> extents,
                            const Scheme& scheme = {});

/// The components as new containers (see FieldTraits), in the order asked for. Ends with
/// a Halo are refused (bad_argument): they need `gradient_into`. Otherwise as there.
///
///   const auto [d_time] = gradient(sst, {{2, Axis::spaced(60)}});
template <Field F, std::convertible_to<std::span<const Along>> List>
[[nodiscard]] std::vector<ResultOf<F>> gradient(const F& field, const List& along,
                                                const Scheme& scheme = {},
                                                Execution execution = {});
template <Field F, std::size_t N>
[[nodiscard]] std::array<ResultOf<F>, N> gradient(const F& field, const Along (&along)[N],
                                                  const Scheme& scheme = {},
                                                  Execution execution = {});

/// One rule per axis of the field; throws Error: bad_shape if their number differs.
///
///   const auto [d_lat, d_lon] = gradient(sst, {Axis::at(lat), Axis::at(lon)});
template <Field F, std::size_t N>
[[nodiscard]] std::array<ResultOf<F>, N> gradient(const F& field, const Axis (&axes)[N],
                                                  const Scheme& scheme = {},
                                                  Execution execution = {});

/// All axes by the same rule, as `gradient(field, Axis::spaced(0.5))`; spacing 1 unless
/// given. Rank 0 has no components.
template <Field F>
[[nodiscard]] std::vector<ResultOf<F>> gradient(const F& field);
template <Field F, std::same_as<Axis> Rule>
[[nodiscard]] std::vector<ResultOf<F>> gradient(const F& field, const Rule& every,
                                                const Scheme& scheme = {},
                                                Execution execution = {});

/// The derivative along one axis: `gradient` with one component.
template <Field F>
[[nodiscard]] ResultOf<F> derivative(const F& field, const Along& along,
                                     const Scheme& scheme = {}, Execution execution = {});

/// Samples a function: `f(point)` for each of `points`, in an array of their shape.
template <class Function, Field Points>
[[nodiscard]] auto evaluate(Function&& f, const Points& points);

namespace traits {

template <class View, std::size_t... K>
std::array<AnyOutput, sizeof...(K)> erased(const View* views, std::index_sequence<K...>) {
  return {AnyOutput(views[K])...};
}

/// Computes into results that are there already, one per component.
template <Field F>
void fill(const F& field, std::span<const Along> along, std::span<ResultOf<F>> results,
          const std::pair<Scheme, Execution>& how) {
  using View = StridedView<Result<ElementOf<F>>>;
  std::vector<View> views;
  views.reserve(results.size());
  for (ResultOf<F>& result : results) {
    views.push_back(FieldTraits<ResultOf<F>>::view(result));
  }
  const std::vector<AnyOutput> outputs(views.begin(), views.end());
  const auto samples = FieldTraits<F>::view(field);
  gradient_into(samples, along, outputs, how.first, how.second);
}

/// Along every axis of a field of this rank, by rules[0], rules[1], ...
template <std::size_t N, std::size_t... K>
std::array<Along, N> along_each(const Axis (&rules)[N], std::index_sequence<K...>) {
  return {Along{K, rules[K]}...};
}

template <Field F, std::size_t... K>
std::array<ResultOf<F>, sizeof...(K)> results(const F& field, std::index_sequence<K...>) {
  const auto result = [&](std::size_t) {
    return FieldTraits<F>::template result<Result<ElementOf<F>>>(field);
  };
  return {result(K)...};
}

/// Throws unless there is one rule per axis.
GRIDGRAD_API void require_rank(std::size_t rank, std::size_t rules);

}  // namespace traits

template <Field F, std::size_t N>
void gradient_into(const F& field, const Along (&along)[N],
                   const StridedView<Result<ElementOf<F>>> (&out)[N],
                   const Scheme& scheme, Execution execution) {
  const auto outputs = traits::erased(out, std::make_index_sequence<N>());
  const auto samples = FieldTraits<F>::view(field);
  gradient_into(samples, std::span<const Along>(along), outputs, scheme, execution);
}

template <Field F, std::convertible_to<std::span<const Along>> List>
std::vector<ResultOf<F>> gradient(const F& field, const List& list, const Scheme& scheme,
                                  Execution execution) {
  const std::span<const Along> along = list;
  std::vector<ResultOf<F>> results;
  results.reserve(along.size());
  for (std::size_t k = 0; k < along.size(); ++k) {
    results.push_back(FieldTraits<F>::template result<Result<ElementOf<F>>>(field));
  }
  traits::fill<F>(field, along, results, {scheme, execution});
  return results;
}

template <Field F, std::size_t N>
std::array<ResultOf<F>, N> gradient(const F& field, const Along (&along)[N],
                                    const Scheme& scheme, Execution execution) {
  auto results = traits::results(field, std::make_index_sequence<N>());
  traits::fill<F>(field, along, results, {scheme, execution});
  return results;
}

template <Field F, std::size_t N>
std::array<ResultOf<F>, N> gradient(const F& field, const Axis (&axes)[N],
                                    const Scheme& scheme, Execution execution) {
  traits::require_rank(FieldTraits<F>::view(field).rank(), N);
  const auto along = traits::along_each(axes, std::make_index_sequence<N>());
  auto results = traits::results(field, std::make_index_sequence<N>());
  traits::fill<F>(field, along, results, {scheme, execution});
  return results;
}

template <Field F>
std::vector<ResultOf<F>> gradient(const F& field) {
  return gradient(field, Axis());
}

template <Field F, std::same_as<Axis> Rule>
std::vector<ResultOf<F>> gradient(const F& field, const Rule& every, const Scheme& scheme,
                                  Execution execution) {
  std::vector<Along> along;
  const std::size_t rank = FieldTraits<F>::view(field).rank();
  for (std::size_t axis = 0; axis < rank; ++axis) along.push_back({axis, every});
  return gradient(field, along, scheme, execution);
}

template <Field F>
ResultOf<F> derivative(const F& field, const Along& along, const Scheme& scheme,
                       Execution execution) {
  auto result = FieldTraits<F>::template result<Result<ElementOf<F>>>(field);
  const auto values = FieldTraits<ResultOf<F>>::view(result);
  const auto samples = FieldTraits<F>::view(field);
  const AnyOutput output(values);
  gradient_into(samples, {&along, 1}, {&output, 1}, scheme, execution);
  return result;
}

template <class Function, Field Points>
auto evaluate(Function&& f, const Points& points) {
  using Value = std::remove_cvref_t<std::invoke_result_t<Function, ElementOf<Points>>>;
  const auto from = FieldTraits<Points>::view(points);
  Array<Value> values = Array<Value>::like(from);
  std::vector<std::size_t> index(from.rank(), 0);
  for (std::size_t count = 0; count < from.size(); ++count) {
    std::ptrdiff_t source = 0;
    std::ptrdiff_t target = 0;
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      source += static_cast<std::ptrdiff_t>(index[axis]) * from.strides()[axis];
      target += static_cast<std::ptrdiff_t>(index[axis]) * values.strides()[axis];
    }
    values.data()[target] = f(from.data()[source]);
    for (std::size_t axis = index.size(); axis-- > 0;) {
      if (++index[axis] < from.extents()[axis]) break;
      index[axis] = 0;
    }
  }
  return values;
}

}  // namespace gridgrad

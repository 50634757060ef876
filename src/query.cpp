// query.cpp: from a location to cells, windows and sums
//
// SPDX-License-Identifier: BSD-3-Clause

#include "query.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "contraction.hpp"
#include "sparse_contraction.hpp"

namespace gridgrad {
namespace {

constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

Order order_of(const QueryResults& to) noexcept {
  if (to.hessian != nullptr) return Order::hessian;
  return to.gradient != nullptr ? Order::gradient : Order::value;
}

void write_missing(const Patches& patches, const QueryResults& to) noexcept {
  const std::size_t rank = patches.rank();
  const std::size_t components = patches.components();
  if (to.value != nullptr) std::fill_n(to.value, components, not_there);
  if (to.gradient != nullptr) std::fill_n(to.gradient, components * rank, not_there);
  if (to.hessian != nullptr) std::fill_n(to.hessian, components * rank * rank, not_there);
}

// Along all axes: the rows of a location, and what became of it.
template <std::size_t W>
struct Found {
  WindowStart start;
  bool is_within = true;  // every window consists of samples
  bool is_outside = false;
  bool has_value = true;
};

template <Interpolation kind, std::size_t W>
inline Found<W> find(const Patches& patches, std::span<const double> location,
                     Order order, std::span<WindowRow<W>> rows) noexcept {
  Found<W> found;
  for (std::size_t a = 0; a < location.size(); ++a) {
    const AxisCells& axis = patches.axis(a);
    const Place place = axis.locate(location[a]);
    rows[a] = window_row<kind, W>(axis, place, order);
    found.start[a] = rows[a].start;
    const auto last_start = static_cast<std::ptrdiff_t>(axis.extent() - W);
    found.is_within =
        found.is_within && rows[a].start >= 0 && rows[a].start <= last_start;
    found.is_outside = found.is_outside || place.is_outside;
    found.has_value = found.has_value && place.course != Course::none;
  }
  return found;
}

// A location without a value: NaN, or outside where that is missing.
Status answer_missing(const Patches& patches, std::span<const double> location,
                      const QueryResults& to) noexcept {
  write_missing(patches, to);
  const bool is_number = std::ranges::none_of(
      location, [](double coordinate) { return std::isnan(coordinate); });
  return is_number ? Status::outside : Status::missing;
}

// Writes the partials of one component, value, first and second derivatives one after the
// other. False if one is NaN.
bool write(const double* partials, std::size_t rank, std::size_t component, double level,
           const QueryResults& to) noexcept {
  const double value = level + partials[0];
  double check = value;
  if (to.value != nullptr) to.value[component] = value;
  const double* const first = partials + 1;
  if (to.gradient != nullptr) {
    for (std::size_t a = 0; a < rank; ++a) {
      check += first[a];
      to.gradient[component * rank + a] = first[a];
    }
  }
  if (to.hessian == nullptr) return !std::isnan(check);
  const double* const second = first + rank;
  double* const hessian = to.hessian + component * rank * rank;
  for (std::size_t a = 0; a < rank; ++a) {
    for (std::size_t b = 0; b <= a; ++b) {
      const double partial = second[pair_index(a, b)];
      check += partial;
      hessian[a * rank + b] = hessian[b * rank + a] = partial;
    }
  }
  return !std::isnan(check);
}

// Reads the window of every component and leaves out samples of weight 0.
template <std::size_t W>
Status answer_sparsely(const Patches& patches, const Found<W>& found,
                       std::span<const WindowRow<W>> rows, const QueryResults& to,
                       double* workspace) noexcept {
  double* const window = workspace + SparseContraction<W>::workspace_size(rows.size());
  for (std::size_t c = 0; c < patches.components(); ++c) {
    patches.reader()(patches, found.start, c, window);
    SparseContraction<W> contraction(rows, order_of(to), workspace);
    if (write(contraction.run(window), rows.size(), c, patches.level(c), to)) continue;
    write_missing(patches, to);
    return Status::missing;
  }
  return found.is_outside ? Status::outside : Status::inside;
}

template <std::size_t W, std::size_t Rank>
[[gnu::noinline]] Status answer_with_gaps(const Patches& patches, const Found<W>& found,
                                          std::span<const WindowRow<W>> rows,
                                          const QueryResults& to) noexcept {
  constexpr std::size_t columns = power_of<W>(Rank - 1);
  constexpr std::size_t most =
      2 * columns * std::max(W, partials_count(Rank)) + columns * W;
  std::array<double, most> workspace;
  return answer_sparsely<W>(patches, found, rows, to, workspace.data());
}

template <Order order, std::size_t W, std::size_t Rank>
bool write_partials(const Partials<1, Rank>& partials, std::size_t component,
                    double level, const QueryResults& to) noexcept {
  std::array<double, partials_count(Rank)> joined;
  joined[0] = partials.value[0];
  if constexpr (order != Order::value) {
    for (std::size_t a = 0; a < Rank; ++a) joined[1 + a] = partials.first[a][0];
  }
  if constexpr (order == Order::hessian) {
    for (std::size_t pair = 0; pair < pair_index(Rank, 0); ++pair) {
      joined[1 + Rank + pair] = partials.second[pair][0];
    }
  }
  return write(joined.data(), Rank, component, level, to);
}

template <Order order, Interpolation kind, std::size_t W, std::size_t Rank>
Status answer(const Patches& patches, const double* location,
              const QueryResults& to) noexcept {
  std::array<WindowRow<W>, Rank> rows;
  const Found<W> found = find<kind, W>(patches, {location, Rank}, order, rows);
  if (!found.has_value) return answer_missing(patches, {location, Rank}, to);
  const SampleView& samples = patches.samples();
  const bool is_direct = patches.is_direct() && found.is_within;
  std::array<double, power_of<W>(Rank)> window;
  for (std::size_t c = 0; c < patches.components(); ++c) {
    WindowView<Rank> view;
    if (is_direct) {
      view.first = static_cast<const double*>(samples.first) +
                   static_cast<std::ptrdiff_t>(c) * samples.component_stride;
      for (std::size_t a = 0; a < Rank; ++a) {
        view.first += found.start[a] * samples.strides[a];
        view.strides[a] = samples.strides[a];
      }
    } else {
      patches.reader()(patches, found.start, c, window.data());
      view.first = window.data();
      for (std::size_t a = 0; a < Rank; ++a) {
        view.strides[a] = static_cast<std::ptrdiff_t>(power_of<W>(Rank - 1 - a));
      }
    }
    const Partials<1, Rank> partials = contract_window<order>(view, rows);
    if (write_partials<order, W>(partials, c, patches.level(c), to)) continue;
    return answer_with_gaps<W, Rank>(patches, found, rows, to);
  }
  return found.is_outside ? Status::outside : Status::inside;
}

template <Interpolation kind, std::size_t W, std::size_t Rank>
Status answer_any_order(const Patches& patches, const double* location,
                        const QueryResults& to) noexcept {
  switch (order_of(to)) {
    case Order::value:
      return answer<Order::value, kind, W, Rank>(patches, location, to);
    case Order::gradient:
      return answer<Order::gradient, kind, W, Rank>(patches, location, to);
    default:
      return answer<Order::hessian, kind, W, Rank>(patches, location, to);
  }
}

template <Interpolation kind, std::size_t W>
QueryFunction of_rank(std::size_t rank) {
  switch (rank) {
    case 1:
      return answer_any_order<kind, W, 1>;
    case 2:
      return answer_any_order<kind, W, 2>;
    case 3:
      return answer_any_order<kind, W, 3>;
    case 4:
      return answer_any_order<kind, W, 4>;
    default:
      return nullptr;
  }
}

// Calls f with the interpolation and the window as template arguments.
template <class F>
decltype(auto) with_kind(Interpolation interpolation, std::size_t window, F&& f) {
  constexpr std::size_t wide = 6;
  if (interpolation == Interpolation::linear) {
    return f.template operator()<Interpolation::linear, 2>();
  }
  if (interpolation == Interpolation::spline) {
    return f.template operator()<Interpolation::spline, spline_window>();
  }
  if (window == wide) return f.template operator()<Interpolation::cubic, wide>();
  return f.template operator()<Interpolation::cubic, 4>();
}

}  // namespace

QueryFunction query_function(std::size_t rank, Interpolation interpolation,
                             std::size_t window) {
  return with_kind(interpolation, window, [&]<Interpolation kind, std::size_t W>() {
    return of_rank<kind, W>(rank);
  });
}

std::size_t query_workspace(const Patches& patches) {
  const std::size_t rank = patches.rank();
  return with_kind(patches.interpolation(), patches.window(),
                   [&]<Interpolation kind, std::size_t W>() {
                     std::size_t columns = 1;
                     for (std::size_t a = 0; a < rank; ++a) columns *= W;
                     return columns + SparseContraction<W>::workspace_size(rank);
                   });
}

Status query_any_rank(const Patches& patches, const double* location,
                      const QueryResults& to, double* workspace) noexcept {
  return with_kind(patches.interpolation(), patches.window(),
                   [&]<Interpolation kind, std::size_t W>() {
                     std::array<WindowRow<W>, most_axes> storage;
                     const std::span<WindowRow<W>> rows(storage.data(), patches.rank());
                     const std::span<const double> at(location, patches.rank());
                     const Found<W> found =
                         find<kind, W>(patches, at, order_of(to), rows);
                     if (!found.has_value) return answer_missing(patches, at, to);
                     return answer_sparsely<W>(patches, found, rows, to, workspace);
                   });
}

Status query(const Patches& patches, const double* location,
             const QueryResults& to) noexcept {
  return patches.query()(patches, location, to);
}

}  // namespace gridgrad

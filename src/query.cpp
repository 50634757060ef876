// query.cpp: from a location to cells, windows and sums
//
// SPDX-License-Identifier: BSD-3-Clause

#include "query.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "sparse_contraction.hpp"

namespace gridgrad {
namespace {

constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

void write_missing(const Patches& patches, const QueryResults& to) noexcept {
  const std::size_t rank = patches.rank();
  const std::size_t components = patches.components();
  if (to.value != nullptr) std::fill_n(to.value, components, not_there);
  if (to.gradient != nullptr) std::fill_n(to.gradient, components * rank, not_there);
  if (to.hessian != nullptr) std::fill_n(to.hessian, components * rank * rank, not_there);
}

// A location without a value: NaN, or outside where that is missing.
Status answer_missing(const Patches& patches, std::span<const double> location,
                      const QueryResults& to) noexcept {
  write_missing(patches, to);
  const bool is_number = std::ranges::none_of(
      location, [](double coordinate) { return std::isnan(coordinate); });
  return is_number ? Status::outside : Status::missing;
}

constexpr std::size_t power_of(std::size_t base, std::size_t exponent) noexcept {
  return exponent == 0 ? 1 : base * power_of(base, exponent - 1);
}

[[nodiscard]] constexpr std::size_t partials_of(Order order, std::size_t rank) noexcept {
  if (order == Order::value) return 1;
  return order == Order::gradient ? 1 + rank : partials_count(rank);
}

// Writes the partials of one component: value, first and second derivatives one after the
// other. False if one is NaN.
template <Order order>
[[gnu::always_inline]] inline bool write(const double* partials, std::size_t rank,
                                         std::size_t component, double level,
                                         const QueryResults& to) noexcept {
  const double value = level + partials[0];
  double check = value;
  if (to.value != nullptr) to.value[component] = value;
  if (order != Order::value && to.gradient != nullptr) {
    for (std::size_t a = 0; a < rank; ++a) {
      check += partials[1 + a];
      to.gradient[component * rank + a] = partials[1 + a];
    }
  }
  if (order != Order::hessian) return !std::isnan(check);
  double* const hessian = to.hessian + component * rank * rank;
  for (std::size_t a = 0; a < rank; ++a) {
    for (std::size_t b = 0; b <= a; ++b) {
      const double partial = partials[1 + rank + pair_index(a, b)];
      check += partial;
      hessian[a * rank + b] = hessian[b * rank + a] = partial;
    }
  }
  return !std::isnan(check);
}

bool write(Order order, const double* partials, std::size_t rank, std::size_t component,
           double level, const QueryResults& to) noexcept {
  if (order == Order::value) {
    return write<Order::value>(partials, rank, component, level, to);
  }
  if (order == Order::gradient) {
    return write<Order::gradient>(partials, rank, component, level, to);
  }
  return write<Order::hessian>(partials, rank, component, level, to);
}

// Reads the window of every component and leaves out samples of weight 0.
template <std::size_t W>
Status answer_sparsely(const Patches& patches, const double* location,
                       const QueryResults& to, double* workspace) noexcept {
  const std::size_t rank = patches.rank();
  std::array<WindowRow<W>, most_axes> rows;
  WindowStart start;
  bool is_outside = false;
  for (std::size_t a = 0; a < rank; ++a) {
    const Place place = patches.axis(a).locate(location[a]);
    if (!place.has_value) {
      return answer_missing(patches, {location, rank}, to);
    }
    rows[a] = window_row<W>(patches.axis(a), place);
    start[a] = rows[a].start;
    is_outside = is_outside || place.is_outside;
  }
  double* const window = workspace + SparseContraction<W>::workspace_size(rank);
  for (std::size_t c = 0; c < patches.components(); ++c) {
    patches.reader()(patches, start, c, window);
    SparseContraction<W> contraction({rows.data(), rank}, order_of(to), workspace);
    const double* const partials = contraction.run(window);
    if (write(order_of(to), partials, rank, c, patches.level(c), to)) continue;
    write_missing(patches, to);
    return Status::missing;
  }
  return is_outside ? Status::outside : Status::inside;
}

template <std::size_t W, std::size_t Rank>
[[gnu::noinline]] Status answer_with_gaps(const Patches& patches, const double* location,
                                          const QueryResults& to) noexcept {
  constexpr std::size_t columns = power_of(W, Rank - 1);
  constexpr std::size_t most =
      2 * columns * std::max(W, partials_count(Rank)) + columns * W;
  std::array<double, most> workspace;
  return answer_sparsely<W>(patches, location, to, workspace.data());
}

// Where the window of a location is: among samples of S in memory, or copied as doubles.
template <class S, std::size_t W, std::size_t Rank>
class Window {
 public:
  // To be called for every axis.
  void set(std::size_t a, const AxisCells& axis, std::ptrdiff_t start) noexcept {
    start_[a] = start;
    is_within_ = is_within_ && axis.holds(start);
  }
  // The same for a window known to consist of samples.
  void set_within(std::size_t a, std::ptrdiff_t start) noexcept { start_[a] = start; }

  [[nodiscard]] bool is_direct(const Patches& patches) const noexcept {
    return is_within_ && patches.is_direct();
  }

  [[nodiscard]] const S* in_memory(const Patches& patches,
                                   std::size_t component) const noexcept {
    const SampleView& samples = patches.samples();
    const auto c = static_cast<std::ptrdiff_t>(component);
    const S* first = static_cast<const S*>(samples.first) + c * samples.component_stride;
    for (std::size_t a = 0; a < Rank; ++a) first += start_[a] * samples.strides[a];
    return first;
  }

  [[nodiscard]] const double* copied(const Patches& patches,
                                     std::size_t component) noexcept {
    patches.reader()(patches, start_, component, copy_.data());
    return copy_.data();
  }

  // Strides of the copy.
  static constexpr std::array<std::ptrdiff_t, Rank> dense = [] {
    std::array<std::ptrdiff_t, Rank> strides = {};
    for (std::size_t a = 0; a < Rank; ++a) {
      strides[a] = static_cast<std::ptrdiff_t>(power_of(W, Rank - 1 - a));
    }
    return strides;
  }();

 private:
  WindowStart start_;
  bool is_within_ = true;
  std::array<double, power_of(W, Rank)> copy_;
};

// The axes of a location in a cubic or a spline: a kernel contracts the window.
template <class S, Order order, std::size_t W, std::size_t Rank>
class CubicCell {
 public:
  [[gnu::always_inline]] void set(std::size_t a, const AxisCells& axis,
                                  const Place& place) noexcept {
    const Cell& cell = axis.cell(place);
    axes_[a] = {axis.weights(place), cell.base, place.offset, place.sense};
    window_.set(a, axis, place.sample + cell.lowest);
  }
  [[gnu::always_inline]] void set_shared(std::size_t a, const AxisCells& axis,
                                         const SharedPlace& place) noexcept {
    const SharedCells& shared = axis.shared();
    axes_[a] = {axis.shared_weights(), shared.cell.base, place.offset, shared.sense};
    window_.set_within(a, place.sample + shared.cell.lowest);
  }

  [[gnu::always_inline]] void contract(const Patches& patches, std::size_t component,
                                       double* partials) noexcept {
    if (window_.is_direct(patches)) {
      patches.direct_kernel(order)(axes_.data(), window_.in_memory(patches, component),
                                   patches.samples().strides.data(), partials);
    } else {
      patches.copy_kernel(order)(axes_.data(), window_.copied(patches, component),
                                 window_.dense.data(), partials);
    }
  }

 private:
  std::array<kernels::PatchAxis, Rank> axes_;
  Window<S, W, Rank> window_;
};

// The axes of a location between linear neighbours. Along each there is a base and
// another sample, of which a share counts.
template <class S, Order order, std::size_t Rank>
class LinearCell {
 public:
  [[gnu::always_inline]] void set(std::size_t a, const AxisCells& axis,
                                  const Place& place) noexcept {
    const Cell& cell = axis.cell(place);
    const double slope = axis.weights(place)[linear_window + 1 - cell.base];
    shares_[a] = place.offset * slope;
    slopes_[a] = slope * place.sense;
    slots_[a] = static_cast<std::ptrdiff_t>(cell.base);
    window_.set(a, axis, place.sample + cell.lowest);
  }
  [[gnu::always_inline]] void set_shared(std::size_t a, const AxisCells& axis,
                                         const SharedPlace& place) noexcept {
    const SharedCells& shared = axis.shared();
    shares_[a] = place.offset * shared.inverse;
    slopes_[a] = shared.inverse * shared.sense;
    slots_[a] = 0;
    window_.set_within(a, place.sample);
  }

  [[gnu::always_inline]] void contract(const Patches& patches, std::size_t component,
                                       double* partials) noexcept {
    const Partials all =
        window_.is_direct(patches)
            ? read(window_.in_memory(patches, component),
                   patches.samples().strides.data())
            : read(window_.copied(patches, component), window_.dense.data());
    std::copy(all.begin(), all.end(), partials);
  }

 private:
  using Partials = std::array<double, partials_of(order, Rank)>;

  template <class T>
  [[gnu::always_inline]] Partials read(const T* window,
                                       const std::ptrdiff_t* strides) const noexcept {
    std::array<std::ptrdiff_t, Rank> steps;
    for (std::size_t a = 0; a < Rank; ++a) {
      window += slots_[a] * strides[a];
      steps[a] = (1 - 2 * slots_[a]) * strides[a];
    }
    return between<0>(window, steps);
  }

  // The partials along an axis and those after it, of which the last is contracted first.
  template <std::size_t Axis, class T>
  [[gnu::always_inline]] Partials between(
      const T* base, const std::array<std::ptrdiff_t, Rank>& steps) const noexcept {
    Partials here;
    if constexpr (Axis == Rank) {
      here[0] = *base;
    } else {
      here = between<Axis + 1>(base, steps);
      const Partials there = between<Axis + 1>(base + steps[Axis], steps);
      combine<Axis>(here, there);
    }
    return here;
  }

  template <std::size_t Axis>
  [[gnu::always_inline]] void combine(Partials& here,
                                      const Partials& there) const noexcept {
    const double share = shares_[Axis];
    const double slope = slopes_[Axis];
    const auto step = [&](std::size_t p) { return there[p] - here[p]; };
    const auto second = [](std::size_t a, std::size_t b) {
      return 1 + Rank + pair_index(a, b);
    };
    if constexpr (order == Order::hessian) {
      for (std::size_t a = Axis + 1; a < Rank; ++a) {
        here[second(a, Axis)] = slope * step(1 + a);
        for (std::size_t b = Axis + 1; b <= a; ++b) {
          here[second(a, b)] += share * step(second(a, b));
        }
      }
      here[second(Axis, Axis)] = 0;
    }
    if constexpr (order != Order::value) {
      for (std::size_t a = Axis + 1; a < Rank; ++a) here[1 + a] += share * step(1 + a);
      here[1 + Axis] = slope * step(0);
    }
    here[0] += share * step(0);
  }

  std::array<double, Rank> shares_;
  std::array<double, Rank> slopes_;
  std::array<std::ptrdiff_t, Rank> slots_;  // of the base
  Window<S, linear_window, Rank> window_;
};

template <class S, Order order, std::size_t W, std::size_t Rank>
using LocatedCell = std::conditional_t<W == linear_window, LinearCell<S, order, Rank>,
                                       CubicCell<S, order, W, Rank>>;

// What a query asks, and where its answer goes.
struct Question {
  const Patches& patches;
  const double* location;
  const QueryResults& to;
};

template <class S, Order order, std::size_t W, std::size_t Rank>
[[gnu::always_inline]] inline Status answer_at(LocatedCell<S, order, W, Rank>& cell,
                                               Status status,
                                               const Question& asked) noexcept {
  const Patches& patches = asked.patches;
  std::array<double, partials_of(order, Rank)> partials;
  for (std::size_t c = 0; c < patches.components(); ++c) {
    cell.contract(patches, c, partials.data());
    if (write<order>(partials.data(), Rank, c, patches.level(c), asked.to)) continue;
    return answer_with_gaps<W, Rank>(patches, asked.location, asked.to);
  }
  return status;
}

// Of locations anywhere, on axes of any kind.
template <class S, Order order, std::size_t W, std::size_t Rank>
[[gnu::noinline]] Status answer_anywhere(const Question& asked) noexcept {
  LocatedCell<S, order, W, Rank> cell;
  Status status = Status::inside;
  for (std::size_t a = 0; a < Rank; ++a) {
    const AxisCells& axis = asked.patches.axis(a);
    const Place place = axis.locate(asked.location[a]);
    if (!place.has_value) {
      return answer_missing(asked.patches, {asked.location, Rank}, asked.to);
    }
    cell.set(a, axis, place);
    if (place.is_outside) status = Status::outside;
  }
  return answer_at<S, order, W, Rank>(cell, status, asked);
}

template <class S, Order order, std::size_t W, std::size_t Rank>
Status answer(const Patches& patches, const double* location,
              const QueryResults& to) noexcept {
  LocatedCell<S, order, W, Rank> cell;
  for (std::size_t a = 0; a < Rank; ++a) {
    SharedPlace place;
    if (!patches.axis(a).locate_shared(location[a], place)) {
      return answer_anywhere<S, order, W, Rank>({patches, location, to});
    }
    cell.set_shared(a, patches.axis(a), place);
  }
  return answer_at<S, order, W, Rank>(cell, Status::inside, {patches, location, to});
}

template <class S, std::size_t W, std::size_t Rank>
QueryFunctions of_all_orders() {
  return {answer<S, Order::value, W, Rank>, answer<S, Order::gradient, W, Rank>,
          answer<S, Order::hessian, W, Rank>};
}

template <class S, std::size_t W>
QueryFunctions of_rank(std::size_t rank) {
  if (rank == 1) return of_all_orders<S, W, 1>();
  if (rank == 2) return of_all_orders<S, W, 2>();
  return rank == 3 ? of_all_orders<S, W, 3>() : of_all_orders<S, W, most_query_axes>();
}

}  // namespace

QueryFunctions query_functions(bool is_single, std::size_t rank, std::size_t window) {
  return with_window(window, [&]<std::size_t W>() {
    return is_single ? of_rank<float, W>(rank) : of_rank<double, W>(rank);
  });
}

std::size_t query_workspace(const Patches& patches) {
  return with_window(patches.window(), [&]<std::size_t W>() {
    return power_of(W, patches.rank()) +
           SparseContraction<W>::workspace_size(patches.rank());
  });
}

Status query_any_rank(const Patches& patches, const double* location,
                      const QueryResults& to, double* workspace) noexcept {
  return with_window(patches.window(), [&]<std::size_t W>() {
    return answer_sparsely<W>(patches, location, to, workspace);
  });
}

Status query(const Patches& patches, const double* location,
             const QueryResults& to) noexcept {
  return patches.query(order_of(to))(patches, location, to);
}

}  // namespace gridgrad

// kernels/patch.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/patch.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/patch.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/patch-inl.hpp"
#include "kernels/targets.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

template <class S, std::size_t W, std::size_t Rank, Order order>
HWY_NOINLINE void contract_samples(const PatchAxis* axes, const void* window,
                                   const std::ptrdiff_t* strides,
                                   double* partials) noexcept {
  contract_window<S, W, Rank, order, W>(axes, static_cast<const S*>(window), strides,
                                        partials);
}

// The location, less the position of its cell, along each axis of shared cells. False
// where that is not known to be one of them.
HWY_INLINE bool find_cell(const SharedCells& cells, double location, double& offset,
                          std::ptrdiff_t& cell) {
  const double y = location * cells.direction;
  const double along = (y - cells.origin) * cells.inverse;
  if (!(along >= 0 && along < cells.count)) return false;
  cell = static_cast<std::ptrdiff_t>(along);
  const double own =
      cells.positions != nullptr
          ? cells.positions[cell]
          : static_cast<double>(cells.first + cell) * cells.width + cells.first_position;
  offset = y - own;
  return offset >= 0;
}

// Where a location is: its axes, and the window among the samples.
template <class S, std::size_t Rank>
struct Found {
  PatchAxis axes[Rank];
  const S* window;
};

template <std::size_t W, class S, std::size_t Rank>
HWY_INLINE bool find(const SharedPatches& patches, const double* location,
                     Found<S, Rank>& found) {
  found.window = static_cast<const S*>(patches.samples);
  for (std::size_t a = 0; a < Rank; ++a) {
    const SharedCells& cells = patches.axes[a];
    std::ptrdiff_t cell;
    if (!find_cell(cells, location[a], found.axes[a].offset, cell)) return false;
    found.axes[a].weights = cells.weights;
    found.axes[a].base = W / 2 - 1;
    found.axes[a].sense = cells.sense;
    found.window += cell * patches.strides[a];
  }
  return true;
}

// Asks for the lines of a window, some time before they are read.
template <std::size_t W, class S, std::size_t Rank>
HWY_INLINE void prefetch(const SharedPatches& patches, const Found<S, Rank>& found) {
  constexpr std::size_t lines = power_of(W, Rank - 1);
  for (std::size_t line = 0; line < lines; ++line) {
    const S* samples = found.window;
    std::size_t rest = line;
    for (std::size_t a = Rank - 1; a-- > 0; rest /= W) {
      samples += static_cast<std::ptrdiff_t>(rest % W) * patches.strides[a];
    }
    hwy::Prefetch(samples);
  }
}

// False if the sum of the partials is NaN.
template <std::size_t W, Order order, class S, std::size_t Rank>
HWY_INLINE bool answer_found(const SharedPatches& patches, const Found<S, Rank>& found,
                             const QueryResults& to) {
  double partials[partials_of(order, Rank)];
  if constexpr (Rank <= 2 && W < 6) {
    contract_window<S, W, Rank, order, W / 2 - 1>(found.axes, found.window,
                                                  patches.strides, partials);
  } else {  // a call costs little beside the sums
    contract_samples<S, W, Rank, order>(found.axes, found.window, patches.strides,
                                        partials);
  }
  double check = partials[0];
  if (to.value != nullptr) *to.value = patches.level + partials[0];
  const bool has_gradient =
      order == Order::gradient || (order == Order::hessian && to.gradient != nullptr);
  if (has_gradient) {
    for (std::size_t a = 0; a < Rank; ++a) {
      to.gradient[a] = partials[1 + a];
      check += partials[1 + a];
    }
  }
  if constexpr (order == Order::hessian) {
    for (std::size_t a = 0; a < Rank; ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        const double partial = partials[1 + Rank + pair_index(a, b)];
        to.hessian[a * Rank + b] = to.hessian[b * Rank + a] = partial;
        check += partial;
      }
    }
  }
  return check == check;
}

template <class S, std::size_t W, std::size_t Rank, Order order>
bool answer(const SharedPatches& patches, const double* location,
            const QueryResults& to) noexcept {
  Found<S, Rank> found;
  return find<W>(patches, location, found) && answer_found<W, order>(patches, found, to);
}

// While one location is answered, the samples of the next are on their way.
template <class S, std::size_t W, std::size_t Rank, Order order>
std::size_t answer_row(const SharedPatches& patches, const PatchRow& row) noexcept {
  Found<S, Rank> found[2];
  const double* location = row.locations;
  QueryResults to = row.to;
  bool is_found = row.count > 0 && find<W>(patches, location, found[0]);
  for (std::size_t i = 0; i < row.count; ++i) {
    if (!is_found) return i;
    location += row.location_stride;
    Found<S, Rank>& next = found[(i + 1) % 2];
    is_found = i + 1 < row.count && find<W>(patches, location, next);
    if (is_found && patches.is_large) prefetch<W>(patches, next);
    if (!answer_found<W, order>(patches, found[i % 2], to)) return i;
    if (to.value != nullptr) to.value += row.value_stride;
    if (to.gradient != nullptr) to.gradient += row.gradient_stride;
    if (to.hessian != nullptr) to.hessian += row.hessian_stride;
  }
  return row.count;
}

template <class S, std::size_t W, std::size_t Rank, Order order>
constexpr PatchKernels kernels_of = {
    contract_samples<S, W, Rank, order>, contract_samples<double, W, Rank, order>,
    answer<S, W, Rank, order>, answer_row<S, W, Rank, order>};

template <class S, std::size_t W, std::size_t Rank>
PatchKernels of_order(Order order) {
  if (order == Order::value) return kernels_of<S, W, Rank, Order::value>;
  if (order == Order::gradient) return kernels_of<S, W, Rank, Order::gradient>;
  return kernels_of<S, W, Rank, Order::hessian>;
}

template <class S, std::size_t W>
PatchKernels of_rank(std::size_t rank, Order order) {
  if (rank == 1) return of_order<S, W, 1>(order);
  if (rank == 2) return of_order<S, W, 2>(order);
  return rank == 3 ? of_order<S, W, 3>(order) : of_order<S, W, 4>(order);
}

template <class S>
PatchKernels of_window(std::size_t window, std::size_t rank, Order order) {
  if (window == 2) return of_rank<S, 2>(rank, order);
  return window == 4 ? of_rank<S, 4>(rank, order) : of_rank<S, 6>(rank, order);
}

PatchKernels choose_f64(std::size_t window, std::size_t rank, Order order) {
  return of_window<double>(window, rank, order);
}
PatchKernels choose_f32(std::size_t window, std::size_t rank, Order order) {
  return of_window<float>(window, rank, order);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(choose_f64);
HWY_EXPORT(choose_f32);

PatchKernels patch_kernels_f64(std::size_t window, std::size_t rank, Order order) {
  ensure_target();
  return HWY_DYNAMIC_DISPATCH(choose_f64)(window, rank, order);
}
PatchKernels patch_kernels_f32(std::size_t window, std::size_t rank, Order order) {
  ensure_target();
  return HWY_DYNAMIC_DISPATCH(choose_f32)(window, rank, order);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE

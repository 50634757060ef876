// kernels/patch.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/patch.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/patch.cpp"
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
  contract_window<S, W, Rank, order>(axes, static_cast<const S*>(window), strides,
                                     partials);
}

// The location, less the position of its cell, along each axis of shared cells. False
// where that is not known to be one of them.
HWY_INLINE bool find(const SharedCells& cells, double location, double& offset,
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

template <class S, std::size_t W, std::size_t Rank, Order order>
HWY_NOINLINE bool answer(const SharedPatches& patches, const double* location,
                         const PatchResults& to) noexcept {
  PatchAxis axes[Rank];
  const S* window = static_cast<const S*>(patches.samples);
  for (std::size_t a = 0; a < Rank; ++a) {
    const SharedCells& cells = patches.axes[a];
    std::ptrdiff_t cell;
    if (!find(cells, location[a], axes[a].offset, cell)) return false;
    axes[a].weights = cells.weights;
    axes[a].base = W / 2 - 1;
    axes[a].sense = cells.sense;
    window += cell * patches.strides[a];
  }
  double partials[partials_of(order, Rank)];
  if constexpr (Rank <= 2) {
    contract_window<S, W, Rank, order>(axes, window, patches.strides, partials);
  } else {  // where a call costs little beside the sums
    contract_samples<S, W, Rank, order>(axes, window, patches.strides, partials);
  }
  double check = partials[0];
  if (to.value != nullptr) *to.value = patches.level + partials[0];
  if (order != Order::value && to.gradient != nullptr) {
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
std::size_t answer_row(const SharedPatches& patches, const PatchRow& row) noexcept {
  const double* location = row.locations;
  PatchResults to = row.to;
  for (std::size_t i = 0; i < row.count; ++i) {
    if (!answer<S, W, Rank, order>(patches, location, to)) return i;
    location += row.location_stride;
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

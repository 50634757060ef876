// query.cpp: from a location to cells, windows and sums
//
// SPDX-License-Identifier: BSD-3-Clause

#include "query.hpp"

#include <algorithm>
#include <cmath>

#include "sparse_contraction.hpp"
#include "stored_sample.hpp"

namespace gridgrad {
namespace {

void write_missing(const Patches& patches, const QueryResults& to) noexcept {
  const std::size_t rank = patches.rank();
  const std::size_t components = patches.components();
  if (to.value != nullptr) std::fill_n(to.value, components, not_there);
  if (to.gradient != nullptr) std::fill_n(to.gradient, components * rank, not_there);
  if (to.hessian != nullptr) std::fill_n(to.hessian, components * rank * rank, not_there);
}

// A location without a value: NaN, infinite, or outside where that is missing.
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

// Writes the partials of one component. False if one is NaN.
bool write(const double* partials, std::size_t rank, std::size_t component, double level,
           const QueryResults& to) noexcept {
  bool is_number = !std::isnan(partials[0]);
  if (to.value != nullptr) to.value[component] = level + partials[0];
  if (to.gradient != nullptr) {
    for (std::size_t a = 0; a < rank; ++a) {
      is_number = is_number && !std::isnan(partials[1 + a]);
      to.gradient[component * rank + a] = partials[1 + a];
    }
  }
  if (to.hessian == nullptr) return is_number;
  double* const hessian = to.hessian + component * rank * rank;
  for (std::size_t a = 0; a < rank; ++a) {
    for (std::size_t b = 0; b <= a; ++b) {
      const double partial = partials[1 + rank + pair_index(a, b)];
      is_number = is_number && !std::isnan(partial);
      hessian[a * rank + b] = hessian[b * rank + a] = partial;
    }
  }
  return is_number;
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
    if (write(partials, rank, c, patches.level(c), to)) continue;
    write_missing(patches, to);
    return Status::missing;
  }
  return is_outside ? Status::outside : Status::inside;
}

// Of ranks whose workspace fits the stack.
template <std::size_t W>
[[gnu::noinline]] Status answer_with_gaps(const Patches& patches, const double* location,
                                          const QueryResults& to) noexcept {
  constexpr std::size_t columns = power_of(W, most_query_axes - 1);
  constexpr std::size_t partials = kernels::partials_of(Order::hessian, most_query_axes);
  std::array<double, 2 * columns * std::max(W, partials) + columns * W> workspace;
  return answer_sparsely<W>(patches, location, to, workspace.data());
}

// Where the window of a location is: among the samples in memory, or in a copy.
class Window {
 public:
  explicit Window(const Patches& patches) noexcept
      : patches_(patches), is_direct_(patches.is_direct()) {}

  // To be called for every axis.
  void set(std::size_t a, std::ptrdiff_t start) noexcept {
    start_[a] = start;
    is_direct_ = is_direct_ && patches_.axis(a).holds(start);
  }

  void contract(const kernels::PatchKernels& kernels, const kernels::PatchAxis* axes,
                std::size_t component, double* partials) noexcept {
    if (is_direct_) {
      kernels.contract(axes, in_memory(component), patches_.samples().strides.data(),
                       partials);
      return;
    }
    patches_.reader()(patches_, start_, component, copy_.data());
    std::array<std::ptrdiff_t, most_query_axes> strides = {};
    for (std::size_t a = 0; a < patches_.rank(); ++a) {
      strides[a] = static_cast<std::ptrdiff_t>(
          power_of(patches_.window(), patches_.rank() - 1 - a));
    }
    kernels.contract_copy(axes, copy_.data(), strides.data(), partials);
  }

 private:
  [[nodiscard]] const void* in_memory(std::size_t component) const noexcept {
    const SampleView& samples = patches_.samples();
    auto offset = static_cast<std::ptrdiff_t>(component) * samples.component_stride;
    for (std::size_t a = 0; a < patches_.rank(); ++a) {
      offset += start_[a] * samples.strides[a];
    }
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(samples.type));
    return static_cast<const std::byte*>(samples.first) + offset * bytes;
  }

  const Patches& patches_;
  WindowStart start_;
  bool is_direct_;
  std::array<double, power_of(widest_window, most_query_axes)> copy_;
};

}  // namespace

Status query_anywhere(const Patches& patches, const double* location,
                      const QueryResults& to) noexcept {
  const std::size_t rank = patches.rank();
  std::array<kernels::PatchAxis, most_query_axes> axes;
  Window window(patches);
  Status status = Status::inside;
  for (std::size_t a = 0; a < rank; ++a) {
    const AxisCells& axis = patches.axis(a);
    const Place place = axis.locate(location[a]);
    if (!place.has_value) return answer_missing(patches, {location, rank}, to);
    const Cell& cell = axis.cell(place);
    axes[a] = {axis.weights(place), cell.base, place.offset, place.sense};
    window.set(a, place.sample + cell.lowest);
    if (place.is_outside) status = Status::outside;
  }
  std::array<double, kernels::partials_of(Order::hessian, most_query_axes)> partials;
  for (std::size_t c = 0; c < patches.components(); ++c) {
    window.contract(patches.kernels(order_of(to)), axes.data(), c, partials.data());
    if (write(partials.data(), rank, c, patches.level(c), to)) continue;
    return with_window(patches.window(), [&]<std::size_t W>() {
      return answer_with_gaps<W>(patches, location, to);
    });
  }
  return status;
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
  const kernels::SharedPatches* const shared = patches.shared();
  if (shared != nullptr && patches.kernels(order_of(to)).answer(*shared, location, to)) {
    return Status::inside;
  }
  return query_anywhere(patches, location, to);
}

}  // namespace gridgrad

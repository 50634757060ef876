// contraction.hpp: the samples around a location become value, gradient and Hessian
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>

#include "window_row.hpp"

namespace gridgrad {

template <std::size_t W>
constexpr std::size_t power_of(std::size_t exponent) {
  return exponent == 0 ? 1 : W * power_of<W>(exponent - 1);
}

// Sums over the slots of one axis, for K columns side by side: with the weights for the
// value, and up to `order` for the derivatives. Rows of samples are `stride` apart.
template <Order order, std::size_t K, std::size_t W>
inline void contract(const double* rows, std::ptrdiff_t stride, const WindowRow<W>& row,
                     std::array<double*, 3> to) {
  const double* const base = rows + static_cast<std::ptrdiff_t>(row.base) * stride;
  for (std::size_t s = 0; s < W; ++s) {
    const double* const at = rows + static_cast<std::ptrdiff_t>(s) * stride;
    for (std::size_t k = 0; k < K; ++k) {
      const double step = at[k] - base[k];
      const auto add = [&](double* sum, double weight) {
        sum[k] = s == 0 ? weight * step : sum[k] + weight * step;
      };
      add(to[0], row.value[s]);
      if constexpr (order != Order::value) add(to[1], row.first[s]);
      if constexpr (order == Order::hessian) add(to[2], row.second[s]);
    }
  }
  for (std::size_t k = 0; k < K; ++k) to[0][k] = base[k] + to[0][k];
}

// What is left after some axes: the value, the derivatives along those axes, and the
// second derivatives, of index a * (a + 1) / 2 + b for b <= a.
template <std::size_t Columns, std::size_t Axes>
struct Partials {
  std::array<double, Columns> value;
  std::array<std::array<double, Columns>, Axes> first;
  std::array<std::array<double, Columns>, Axes*(Axes + 1) / 2> second;
};

[[nodiscard]] constexpr std::size_t pair_index(std::size_t a, std::size_t b) noexcept {
  return a * (a + 1) / 2 + b;
}

// One axis more. Derivatives along axes before it are contracted like samples.
template <Order order, std::size_t K, std::size_t Axes, std::size_t W>
inline Partials<K, Axes + 1> next_axis(const Partials<K * W, Axes>& from,
                                       const WindowRow<W>& row) {
  constexpr auto stride = static_cast<std::ptrdiff_t>(K);
  Partials<K, Axes + 1> to;
  contract<order, K>(
      from.value.data(), stride, row,
      {to.value.data(), to.first[Axes].data(), to.second[pair_index(Axes, Axes)].data()});
  if constexpr (order != Order::value) {
    constexpr Order inner = order == Order::hessian ? Order::gradient : Order::value;
    for (std::size_t a = 0; a < Axes; ++a) {
      contract<inner, K>(
          from.first[a].data(), stride, row,
          {to.first[a].data(), to.second[pair_index(Axes, a)].data(), nullptr});
    }
  }
  if constexpr (order == Order::hessian) {
    for (std::size_t pair = 0; pair < pair_index(Axes, 0); ++pair) {
      contract<Order::value, K>(from.second[pair].data(), stride, row,
                                {to.second[pair].data(), nullptr, nullptr});
    }
  }
  return to;
}

// The rows of a window in memory: where it starts, and strides of all axes but the last.
template <std::size_t Rank>
struct WindowView {
  const double* first;
  std::array<std::ptrdiff_t, Rank> strides;
};

// The first axis, piece by piece: W columns side by side for each index of the axes
// between the first and the last.
template <Order order, std::size_t Rank, std::size_t W>
inline Partials<power_of<W>(Rank - 1), 1> first_axis(const WindowView<Rank>& window,
                                                     const WindowRow<W>& row) {
  Partials<power_of<W>(Rank - 1), 1> to;
  if constexpr (Rank == 1) {
    contract<order, 1>(window.first, window.strides[0], row,
                       {to.value.data(), to.first[0].data(), to.second[0].data()});
  } else {
    constexpr std::size_t pieces = power_of<W>(Rank - 2);
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      const double* rows = window.first;
      std::size_t rest = piece;
      for (std::size_t a = Rank - 1; a-- > 1; rest /= W) {
        rows += static_cast<std::ptrdiff_t>(rest % W) * window.strides[a];
      }
      const std::size_t at = piece * W;
      contract<order, W>(
          rows, window.strides[0], row,
          {to.value.data() + at, to.first[0].data() + at, to.second[0].data() + at});
    }
  }
  return to;
}

template <Order order, std::size_t Axes, std::size_t Columns, std::size_t Rank,
          std::size_t W>
inline Partials<1, Rank> remaining_axes(const Partials<Columns, Axes>& partials,
                                        const std::array<WindowRow<W>, Rank>& rows) {
  if constexpr (Axes == Rank) {
    return partials;
  } else {
    return remaining_axes<order>(next_axis<order, Columns / W>(partials, rows[Axes]),
                                 rows);
  }
}

// Axis by axis, the first first; the order in which sums are taken is part of the result.
template <Order order, std::size_t Rank, std::size_t W>
inline Partials<1, Rank> contract_window(const WindowView<Rank>& window,
                                         const std::array<WindowRow<W>, Rank>& rows) {
  return remaining_axes<order>(first_axis<order>(window, rows[0]), rows);
}

}  // namespace gridgrad

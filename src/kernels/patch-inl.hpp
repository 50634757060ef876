// kernels/patch-inl.hpp: the sums over a window, for the kernels that contract one
//
// SPDX-License-Identifier: BSD-3-Clause

// Included once per instruction set by the .cpp of a kernel, after <hwy/highway.h>.
#if defined(GRIDGRAD_KERNELS_PATCH_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRIDGRAD_KERNELS_PATCH_INL_HPP
#undef GRIDGRAD_KERNELS_PATCH_INL_HPP
#else
#define GRIDGRAD_KERNELS_PATCH_INL_HPP
#endif

#include "kernels/patch.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t power_of(std::size_t base, std::size_t exponent) {
  return exponent == 0 ? 1 : base * power_of(base, exponent - 1);
}

// Lanes that divide a window: 4, or 2 of 6.
template <std::size_t W>
using Lanes = hn::CappedTag<double, W == 4 ? 4 : 2>;

template <class D>
HWY_INLINE hn::Vec<D> load(D d, const double* samples) {
  return hn::LoadU(d, samples);
}
template <class D>
HWY_INLINE hn::Vec<D> load(D d, const float* samples) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<float, D>(), samples));
}

// The weights of one axis for derivatives 0, 1 and 2. The slot of the base is known
// beforehand if it is below W.
template <std::size_t W, std::size_t KnownBase>
struct Row {
  HWY_ALIGN double weights[3][W];
  std::size_t base;
};

template <Order order, std::size_t W, std::size_t KnownBase>
HWY_INLINE void set_row(const PatchAxis& axis, Row<W, KnownBase>& row) {
  const Lanes<W> d;
  row.base = KnownBase < W ? KnownBase : axis.base;
  const auto u = hn::Set(d, axis.offset);
  const auto sense = hn::Set(d, axis.sense);
  for (std::size_t s = 0; s < W; s += hn::Lanes(d)) {
    const auto c0 = hn::LoadU(d, axis.weights + s);
    const auto c1 = hn::LoadU(d, axis.weights + W + s);
    const auto c2 = hn::LoadU(d, axis.weights + 2 * W + s);
    const auto c3 = hn::LoadU(d, axis.weights + 3 * W + s);
    const auto square = hn::Mul(hn::Add(c2, hn::Mul(c3, u)), u);
    const auto value = hn::Add(c0, hn::Mul(hn::Add(c1, square), u));
    hn::StoreU(value, d, row.weights[0] + s);
    if constexpr (order != Order::value) {
      const auto bend = hn::Add(c2, c2);
      const auto three = hn::Set(d, 3 * axis.offset);
      const auto slope = hn::Mul(hn::Add(bend, hn::Mul(c3, three)), u);
      hn::StoreU(hn::Mul(hn::Add(c1, slope), sense), d, row.weights[1] + s);
      if constexpr (order == Order::hessian) {
        const auto six = hn::Set(d, 6 * axis.offset);
        const auto second = hn::Add(bend, hn::Mul(c3, six));
        hn::StoreU(hn::Mul(second, hn::Mul(sense, sense)), d, row.weights[2] + s);
      }
    }
  }
}

// Where the sums of an axis go, for each derivative.
struct Sums {
  double* to[3];
};

// K columns side by side; the samples of a column are `stride` apart.
template <Order order, std::size_t K, std::size_t W, std::size_t KnownBase, class S>
HWY_INLINE void contract_columns(const S* samples, std::ptrdiff_t stride,
                                 const Row<W, KnownBase>& row, const Sums& sums) {
  const Lanes<W> d;
  const S* const base = samples + static_cast<std::ptrdiff_t>(row.base) * stride;
  for (std::size_t k = 0; k < K; k += hn::Lanes(d)) {
    const auto own = load(d, base + k);
    const auto term = [&](std::size_t derivative, std::size_t s) HWY_ATTR {
      const S* const at = samples + static_cast<std::ptrdiff_t>(s) * stride + k;
      const auto step = hn::Sub(load(d, at), own);
      return hn::Mul(hn::Set(d, row.weights[derivative][s]), step);
    };
    // The term of the base is 0, and left out where it is known.
    constexpr std::size_t lowest = KnownBase == 0 ? 1 : 0;
    auto value = term(0, lowest);
    auto first = order == Order::value ? value : term(1, lowest);
    auto second = order == Order::hessian ? term(2, lowest) : value;
#pragma GCC unroll 6
    for (std::size_t s = lowest + 1; s < W; ++s) {
      if (s == KnownBase) continue;
      value = hn::Add(value, term(0, s));
      if constexpr (order != Order::value) first = hn::Add(first, term(1, s));
      if constexpr (order == Order::hessian) second = hn::Add(second, term(2, s));
    }
    hn::StoreU(hn::Add(own, value), d, sums.to[0] + k);
    if constexpr (order != Order::value) hn::StoreU(first, d, sums.to[1] + k);
    if constexpr (order == Order::hessian) hn::StoreU(second, d, sums.to[2] + k);
  }
}

// One column along memory: products in vectors, summed in pairs.
template <Order order, std::size_t W, std::size_t KnownBase, class S>
HWY_INLINE void contract_line(const S* samples, const Row<W, KnownBase>& row,
                              const Sums& sums) {
  const Lanes<W> d;
  constexpr std::size_t derivatives = static_cast<std::size_t>(order) + 1;
  HWY_ALIGN double terms[derivatives][W];
  const double base = samples[row.base];
  const auto own = hn::Set(d, base);
  for (std::size_t s = 0; s < W; s += hn::Lanes(d)) {
    const auto step = hn::Sub(load(d, samples + s), own);
    for (std::size_t m = 0; m < derivatives; ++m) {
      hn::StoreU(hn::Mul(hn::LoadU(d, row.weights[m] + s), step), d, terms[m] + s);
    }
  }
#pragma GCC unroll 3
  for (std::size_t m = 0; m < derivatives; ++m) {
    const double* const t = terms[m];
    double sum = (t[0] + t[1]) + (t[2] + t[3]);
    if constexpr (W == 6) sum += t[4] + t[5];
    *sums.to[m] = m == 0 ? base + sum : sum;
  }
}

template <Order order, std::size_t K, std::size_t W, std::size_t KnownBase>
HWY_INLINE void contract(const double* samples, std::ptrdiff_t stride,
                         const Row<W, KnownBase>& row, const Sums& sums) {
  if constexpr (K == 1) {
    contract_line<order>(samples, row, sums);
  } else {
    contract_columns<order, K>(samples, stride, row, sums);
  }
}

// What is left after some axes: the value, the derivatives along them and the second
// ones.
template <std::size_t K, std::size_t Axes>
struct Partials {
  HWY_ALIGN double all[1 + Axes + pair_index(Axes, 0)][K];

  double* value() { return all[0]; }
  double* first(std::size_t a) { return all[1 + a]; }
  double* second(std::size_t a, std::size_t b) {
    return all[1 + Axes + pair_index(a, b)];
  }
};

// The sums of one axis as a function of their own.
template <Order order, std::size_t K, std::size_t W, std::size_t KnownBase>
HWY_NOINLINE void contract_apart(const double* samples, std::ptrdiff_t stride,
                                 const Row<W, KnownBase>& row, const Sums& sums) {
  contract<order, K>(samples, stride, row, sums);
}

// The last of two axes is faster in one piece with the first; more would be too much for
// a compiler.
template <Order order, std::size_t K, std::size_t Axes, std::size_t W,
          std::size_t KnownBase>
HWY_INLINE void contract_next(const double* samples, const Row<W, KnownBase>& row,
                              const Sums& sums) {
  constexpr auto stride = static_cast<std::ptrdiff_t>(K);
  if constexpr (Axes == 1 && K == 1) {
    contract<order, K>(samples, stride, row, sums);
  } else {
    contract_apart<order, K>(samples, stride, row, sums);
  }
}

// One axis more; the derivatives along those before it are contracted like samples.
template <Order order, std::size_t K, std::size_t Axes, std::size_t W,
          std::size_t KnownBase>
HWY_INLINE void next_axis(Partials<K * W, Axes>& from, const Row<W, KnownBase>& row,
                          Partials<K, Axes + 1>& to) {
  const Sums values = {{to.value(), to.first(Axes), to.second(Axes, Axes)}};
  contract_next<order, K, Axes>(from.value(), row, values);
  if constexpr (order != Order::value) {
    constexpr Order inner = order == Order::hessian ? Order::gradient : Order::value;
    for (std::size_t a = 0; a < Axes; ++a) {
      const Sums firsts = {{to.first(a), to.second(Axes, a), nullptr}};
      contract_next<inner, K, Axes>(from.first(a), row, firsts);
    }
  }
  if constexpr (order == Order::hessian) {
    for (std::size_t a = 0; a < Axes; ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        const Sums seconds = {{to.second(a, b), nullptr, nullptr}};
        contract_next<Order::value, K, Axes>(from.second(a, b), row, seconds);
      }
    }
  }
}

// The first axis: W columns side by side for each index of the axes between the first and
// the last.
template <Order order, std::size_t Rank, std::size_t W, std::size_t KnownBase, class S>
HWY_INLINE void first_axis(const S* window, const std::ptrdiff_t* strides,
                           const Row<W, KnownBase>& row,
                           Partials<power_of(W, Rank - 1), 1>& to) {
  const auto sums_at = [&](std::size_t column) HWY_ATTR {
    return Sums{{to.value() + column, to.first(0) + column, to.second(0, 0) + column}};
  };
  if constexpr (Rank == 1) {
    contract_line<order>(window, row, sums_at(0));
  } else {
    for (std::size_t piece = 0; piece < power_of(W, Rank - 2); ++piece) {
      const S* samples = window;
      std::size_t rest = piece;
      for (std::size_t a = Rank - 1; a-- > 1; rest /= W) {
        samples += static_cast<std::ptrdiff_t>(rest % W) * strides[a];
      }
      contract_columns<order, W>(samples, strides[0], row, sums_at(piece * W));
    }
  }
}

template <Order order, std::size_t Rank, std::size_t Axes, std::size_t W,
          std::size_t KnownBase>
HWY_INLINE void remaining_axes(Partials<power_of(W, Rank - Axes), Axes>& from,
                               const Row<W, KnownBase>* rows, double* partials) {
  if constexpr (Axes == Rank) {
    constexpr std::size_t count = partials_of(order, Rank);
    for (std::size_t k = 0; k < count; ++k) partials[k] = from.all[k][0];
  } else {
    Partials<power_of(W, Rank - Axes - 1), Axes + 1> to;
    next_axis<order>(from, rows[Axes], to);
    remaining_axes<order, Rank, Axes + 1>(to, rows, partials);
  }
}

// The weights of the ends of a cell: `other` is a step from the base along each axis.
template <std::size_t Rank>
struct LinearRows {
  double shares[Rank];
  double slopes[Rank];
  std::ptrdiff_t steps[Rank];
};

// What one axis makes of the partials of those after it, at both its ends.
template <Order order, std::size_t Rank, std::size_t Axis>
HWY_INLINE void combine_ends(double share, double slope, double* here,
                             const double* there) {
  const auto step = [&](std::size_t p) HWY_ATTR { return there[p] - here[p]; };
  constexpr std::size_t seconds = 1 + Rank;
  if constexpr (order == Order::hessian) {
    for (std::size_t a = Axis + 1; a < Rank; ++a) {
      here[seconds + pair_index(a, Axis)] = slope * step(1 + a);
      for (std::size_t b = Axis + 1; b <= a; ++b) {
        here[seconds + pair_index(a, b)] += share * step(seconds + pair_index(a, b));
      }
    }
    here[seconds + pair_index(Axis, Axis)] = 0;
  }
  if constexpr (order != Order::value) {
    for (std::size_t a = Axis + 1; a < Rank; ++a) here[1 + a] += share * step(1 + a);
    here[1 + Axis] = slope * step(0);
  }
  here[0] += share * step(0);
}

// The partials along an axis and those after it, of which the last is contracted first.
template <Order order, std::size_t Rank, std::size_t Axis, class S>
HWY_INLINE void contract_ends(const S* base, const LinearRows<Rank>& rows,
                              double* partials) {
  if constexpr (Axis == Rank) {
    partials[0] = *base;
  } else {
    double there[partials_of(order, Rank)];
    contract_ends<order, Rank, Axis + 1>(base, rows, partials);
    contract_ends<order, Rank, Axis + 1>(base + rows.steps[Axis], rows, there);
    combine_ends<order, Rank, Axis>(rows.shares[Axis], rows.slopes[Axis], partials,
                                    there);
  }
}

template <Order order, std::size_t Rank, class S>
HWY_INLINE void contract_linear(const PatchAxis* axes, const S* window,
                                const std::ptrdiff_t* strides, double* partials) {
  LinearRows<Rank> rows;
  for (std::size_t a = 0; a < Rank; ++a) {
    const double slope = axes[a].weights[3 - axes[a].base];  // c1 of the other
    rows.shares[a] = slope * axes[a].offset;
    rows.slopes[a] = slope * axes[a].sense;
    const auto base = static_cast<std::ptrdiff_t>(axes[a].base);
    const std::ptrdiff_t stride = a + 1 == Rank ? 1 : strides[a];
    window += base * stride;
    rows.steps[a] = (1 - 2 * base) * stride;
  }
  contract_ends<order, Rank, 0>(window, rows, partials);
}

// `KnownBase` is that of every axis, or W where each has its own.
template <class S, std::size_t W, std::size_t Rank, Order order, std::size_t KnownBase>
HWY_INLINE void contract_window(const PatchAxis* axes, const S* window,
                                const std::ptrdiff_t* strides, double* partials) {
  if constexpr (W == 2) {
    contract_linear<order, Rank>(axes, window, strides, partials);
  } else {
    Row<W, KnownBase> rows[Rank];
#pragma GCC unroll 4
    for (std::size_t a = 0; a < Rank; ++a) set_row<order>(axes[a], rows[a]);
    Partials<power_of(W, Rank - 1), 1> first;
    first_axis<order, Rank>(window, strides, rows[0], first);
    remaining_axes<order, Rank, 1>(first, rows, partials);
  }
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard

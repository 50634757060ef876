// kernels/combine.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/combine.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/combine.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Vectors that are computed together: what is the same for all is looked up once.
template <std::size_t N, class D>
struct Vectors {
  hn::Vec<D> v[N];
};

// Adds a term to sums, or makes it the first.
template <bool IsFirst, std::size_t N, class D, class T, class Value>
HWY_INLINE void add_term(D d, const RowProduct<T>& of, const T* weights, std::size_t j,
                         Vectors<N, D>& sums, const Value& value) {
  const std::size_t lanes = hn::Lanes(d);
  if constexpr (IsFirst) {
    // Rows of second order: a product with 1 changes nothing.
    if (of.weight_step == 0 && *weights == 1) {
      for (std::size_t n = 0; n < N; ++n) sums.v[n] = value(j + n * lanes);
      return;
    }
  }
  const auto same = hn::Set(d, *weights);
  for (std::size_t n = 0; n < N; ++n) {
    const std::size_t at = j + n * lanes;
    const auto weight = of.weight_step == 0 ? same : hn::LoadU(d, weights + at);
    const auto term = hn::Mul(weight, value(at));
    if constexpr (IsFirst) sums.v[n] = term;
    if constexpr (!IsFirst) sums.v[n] = hn::Add(sums.v[n], term);
  }
}
template <bool IsFirst, std::size_t N, class D, class T>
HWY_INLINE void add_term(D d, const RowProduct<T>& of, const RowTerm<T, T>& term,
                         std::size_t j, Vectors<N, D>& sums) {
  const T* HWY_RESTRICT plus = term.plus;
  const T* HWY_RESTRICT minus = term.minus;
  const T* HWY_RESTRICT centre = term.centre;
  switch (of.form) {
    case RowForm::plain:
      return add_term<IsFirst>(d, of, term.weight, j, sums, [&](std::size_t at) HWY_ATTR {
        return hn::LoadU(d, plus + at);
      });
    case RowForm::paired_even:
      return add_term<IsFirst>(d, of, term.weight, j, sums, [&](std::size_t at) HWY_ATTR {
        const auto own = hn::LoadU(d, centre + at);
        return hn::Sub(hn::Sub(hn::LoadU(d, plus + at), own),
                       hn::Sub(own, hn::LoadU(d, minus + at)));
      });
    default:
      return add_term<IsFirst>(d, of, term.weight, j, sums, [&](std::size_t at) HWY_ATTR {
        return hn::Sub(hn::LoadU(d, plus + at), hn::LoadU(d, minus + at));
      });
  }
}

// Products in the columns from j on.
template <std::size_t N, class D, class T>
HWY_INLINE Vectors<N, D> product(D d, const RowProduct<T>& of, std::size_t j) {
  Vectors<N, D> sums;
  if (of.ahead != nullptr) {
    for (std::size_t n = 0; n < N; ++n) hwy::Prefetch(of.ahead + j + n * hn::Lanes(d));
  }
  add_term<true>(d, of, of.terms[0], j, sums);
  for (std::size_t k = 1; k < of.terms.size(); ++k) {
    add_term<false>(d, of, of.terms[k], j, sums);
  }
  const std::size_t lanes = hn::Lanes(d);
  const auto scale = hn::Set(d, of.scale);
  for (std::size_t n = 0; n < N; ++n) sums.v[n] = hn::Mul(scale, sums.v[n]);
  if (of.factor_step != 0) {
    for (std::size_t n = 0; n < N; ++n) {
      sums.v[n] = hn::Mul(hn::LoadU(d, of.factor + j + n * lanes), sums.v[n]);
    }
  } else if (*of.factor != 1) {
    const auto factor = hn::Set(d, *of.factor);
    for (std::size_t n = 0; n < N; ++n) sums.v[n] = hn::Mul(factor, sums.v[n]);
  }
  if (of.multiplier != nullptr) {
    for (std::size_t n = 0; n < N; ++n) {
      sums.v[n] = hn::Mul(sums.v[n], hn::LoadU(d, of.multiplier + j + n * lanes));
    }
  }
  return sums;
}

struct Sum {
  template <std::size_t N, class D, class T>
  HWY_INLINE Vectors<N, D> compute(D d, std::span<const RowProduct<T>> products,
                                   std::size_t j) const {
    Vectors<N, D> sum = product<N>(d, products[0], j);
    for (std::size_t k = 1; k < products.size(); ++k) {
      const Vectors<N, D> next = product<N>(d, products[k], j);
      for (std::size_t n = 0; n < N; ++n) sum.v[n] = hn::Add(sum.v[n], next.v[n]);
    }
    return sum;
  }
};

template <std::size_t N, class D>
HWY_INLINE Vectors<N, D> sum_of_squares(D d, std::span<const RowProduct<double>> products,
                                        std::size_t j, const Vectors<N, D>& scale) {
  Vectors<N, D> sum;
  for (std::size_t n = 0; n < N; ++n) sum.v[n] = hn::Zero(d);
  for (const RowProduct<double>& of : products) {
    const Vectors<N, D> next = product<N>(d, of, j);
    for (std::size_t n = 0; n < N; ++n) {
      const auto x = hn::Mul(scale.v[n], next.v[n]);
      sum.v[n] = hn::Add(sum.v[n], hn::Mul(x, x));
    }
  }
  return sum;
}

struct Magnitude {
  template <std::size_t N, class D>
  HWY_INLINE Vectors<N, D> compute(D d, std::span<const RowProduct<float>> products,
                                   std::size_t j) const {
    return in_double<N>(d, products, j);
  }

  template <std::size_t N, class D>
  HWY_INLINE Vectors<N, D> compute(D d, std::span<const RowProduct<double>> products,
                                   std::size_t j) const {
    Vectors<N, D> scale;
    const auto one = hn::Set(d, 1.0);
    for (std::size_t n = 0; n < N; ++n) scale.v[n] = one;
    Vectors<N, D> sum = sum_of_squares<N>(d, products, j, scale);
    auto is_extreme = hn::Or(is_small(d, sum.v[0]), is_large(d, sum.v[0]));
    for (std::size_t n = 1; n < N; ++n) {
      is_extreme =
          hn::Or(is_extreme, hn::Or(is_small(d, sum.v[n]), is_large(d, sum.v[n])));
    }
    if (HWY_UNLIKELY(!hn::AllFalse(d, is_extreme))) {
      Vectors<N, D> back;
      const auto up = hn::Set(d, 0x1p600);
      const auto down = hn::Set(d, 0x1p-600);
      for (std::size_t n = 0; n < N; ++n) {
        const auto small = is_small(d, sum.v[n]);
        const auto large = is_large(d, sum.v[n]);
        scale.v[n] = hn::IfThenElse(small, up, hn::IfThenElse(large, down, one));
        back.v[n] = hn::IfThenElse(small, down, hn::IfThenElse(large, up, one));
      }
      sum = sum_of_squares<N>(d, products, j, scale);
      for (std::size_t n = 0; n < N; ++n) {
        sum.v[n] = hn::Mul(back.v[n], hn::Sqrt(sum.v[n]));
      }
      return sum;
    }
    for (std::size_t n = 0; n < N; ++n) sum.v[n] = hn::Sqrt(sum.v[n]);
    return sum;
  }

 private:
  template <class D>
  static HWY_INLINE hn::Mask<D> is_small(D d, hn::Vec<D> sum) {
    return hn::Lt(sum, hn::Set(d, 0x1p-900));
  }
  template <class D>
  static HWY_INLINE hn::Mask<D> is_large(D d, hn::Vec<D> sum) {
    return hn::Gt(sum, hn::Set(d, 0x1p1000));
  }

  // Squares of floats are exact in double.
  template <std::size_t N>
  static HWY_INLINE Vectors<N, hn::CappedTag<float, 1>> in_double(
      hn::CappedTag<float, 1> d, std::span<const RowProduct<float>> products,
      std::size_t j) {
    static_assert(N == 1);
    double sum = 0;
    for (const RowProduct<float>& of : products) {
      const auto x = static_cast<double>(hn::GetLane(product<1>(d, of, j).v[0]));
      sum += x * x;
    }
    return {{hn::Set(d, static_cast<float>(std::sqrt(sum)))}};
  }
#if HWY_TARGET != HWY_SCALAR
  template <std::size_t N, class D>
  static HWY_INLINE Vectors<N, D> in_double(D d,
                                            std::span<const RowProduct<float>> products,
                                            std::size_t j) {
    const hn::Half<D> half;
    const hn::RepartitionToWide<D> wide;
    Vectors<N, decltype(wide)> lower;
    Vectors<N, decltype(wide)> upper;
    for (std::size_t n = 0; n < N; ++n) lower.v[n] = upper.v[n] = hn::Zero(wide);
    for (const RowProduct<float>& of : products) {
      const Vectors<N, D> x = product<N>(d, of, j);
      for (std::size_t n = 0; n < N; ++n) {
        const auto low = hn::PromoteTo(wide, hn::LowerHalf(half, x.v[n]));
        const auto high = hn::PromoteTo(wide, hn::UpperHalf(half, x.v[n]));
        lower.v[n] = hn::Add(lower.v[n], hn::Mul(low, low));
        upper.v[n] = hn::Add(upper.v[n], hn::Mul(high, high));
      }
    }
    Vectors<N, D> roots;
    for (std::size_t n = 0; n < N; ++n) {
      roots.v[n] = hn::Combine(d, hn::DemoteTo(half, hn::Sqrt(upper.v[n])),
                               hn::DemoteTo(half, hn::Sqrt(lower.v[n])));
    }
    return roots;
  }
#endif
};

// Vectors that are computed together.
#if HWY_TARGET == HWY_SCALAR
inline constexpr std::size_t together = 1;
#else
inline constexpr std::size_t together = 4;
#endif

// Stores the results from column j on in groups of vectors, and returns where they end.
template <class Combination, Stores How, class T>
HWY_INLINE std::size_t store_groups(std::span<const RowProduct<T>> products,
                                    const RunTarget<T>& to, std::size_t j) {
  const hn::ScalableTag<T> wide;
  const Combination combination;
  const std::size_t lanes = hn::Lanes(wide);
  const std::size_t group = together * lanes;
  std::size_t gap = to.gaps.first;
  for (;;) {
    const std::size_t last = std::min(to.count, gap);
    for (; j + group <= last; j += group) {
      const auto results = combination.template compute<together>(wide, products, j);
      for (std::size_t n = 0; n < together; ++n) {
        store<How>(wide, results.v[n], to.out + j + n * lanes);
      }
    }
    if (j + group > to.count) return j;
    // The group that has a gap, or a part of one.
    const auto results = combination.template compute<together>(wide, products, j);
    HWY_ALIGN T filled[together * hn::MaxLanes(wide)];
    for (std::size_t n = 0; n < together; ++n) {
      hn::Store(results.v[n], wide, filled + n * lanes);
    }
    to.gaps.fill(filled, j, j + group);
    for (std::size_t n = 0; n < together; ++n) {
      store<How>(wide, hn::Load(wide, filled + n * lanes), to.out + j + n * lanes);
    }
    j += group;
    while (gap + to.gaps.width <= j) gap += to.gaps.apart;
  }
}

template <class Combination, Stores How, class T>
void combine_as(std::span<const RowProduct<T>> products, const RunTarget<T>& to) {
  const hn::ScalableTag<T> wide;
  const Combination combination;
  const std::size_t lanes = hn::Lanes(wide);
  T* const out = to.out;
  const std::size_t count = to.count;
  const auto one = [&](auto d, std::size_t j) HWY_ATTR {
    return combination.template compute<1>(d, products, j).v[0];
  };
  if (count < lanes) {
    store_singly(out, 0, count, one);
    return to.gaps.fill(out, 0, count);
  }
  // What is left over at the ends is computed with some of what is not. Streamed stores
  // need whole cache lines; else it is the loads, which are more, that had better not
  // lie across two.
  constexpr bool is_streamed = How == Stores::streamed;
  const T* const own = products[0].terms[0].centre;
  const std::size_t head =
      is_streamed ? before_line(out, count) : before_line(own, count - lanes);
  for (std::size_t at = 0; at < head; at += lanes) {
    const std::size_t begin = std::min(at, count - lanes);
    store<Stores::ordinary>(wide, one(wide, begin), out + begin);
  }
  std::size_t j = store_groups<Combination, How>(products, to, head);
  const std::size_t tail = std::min(j, count - lanes);
  const std::size_t unit = is_streamed ? line_of<T>() : lanes;
  const std::size_t last = j + (count - j) / unit * unit;
  for (; j < last; j += lanes) store<How>(wide, one(wide, j), out + j);
  for (; j + lanes < count; j += lanes) {
    store<Stores::ordinary>(wide, one(wide, j), out + j);
  }
  if (j < count) {
    store<Stores::ordinary>(wide, one(wide, count - lanes), out + count - lanes);
  }
  to.gaps.fill(out, 0, head);
  to.gaps.fill(out + tail, tail, count);
}

template <class Combination, class T>
void combine(std::span<const RowProduct<T>> products, const RunTarget<T>& to,
             Stores stores) {
  if (stores == Stores::streamed) {
    return combine_as<Combination, Stores::streamed>(products, to);
  }
  combine_as<Combination, Stores::ordinary>(products, to);
}

void sum_f32(std::span<const RowProduct<float>> products, const RunTarget<float>& to,
             Stores stores) {
  combine<Sum>(products, to, stores);
}
void sum_f64(std::span<const RowProduct<double>> products, const RunTarget<double>& to,
             Stores stores) {
  combine<Sum>(products, to, stores);
}
void magnitude_f32(std::span<const RowProduct<float>> products,
                   const RunTarget<float>& to, Stores stores) {
  combine<Magnitude>(products, to, stores);
}
void magnitude_f64(std::span<const RowProduct<double>> products,
                   const RunTarget<double>& to, Stores stores) {
  combine<Magnitude>(products, to, stores);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(sum_f32);
HWY_EXPORT(sum_f64);
HWY_EXPORT(magnitude_f32);
HWY_EXPORT(magnitude_f64);

void sum(std::span<const RowProduct<float>> products, const RunTarget<float>& to,
         Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(sum_f32)(products, to, stores);
}
void sum(std::span<const RowProduct<double>> products, const RunTarget<double>& to,
         Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(sum_f64)(products, to, stores);
}
void magnitude(std::span<const RowProduct<float>> products, const RunTarget<float>& to,
               Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(magnitude_f32)(products, to, stores);
}
void magnitude(std::span<const RowProduct<double>> products, const RunTarget<double>& to,
               Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(magnitude_f64)(products, to, stores);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE

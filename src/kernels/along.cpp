// kernels/along.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/along.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/along.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/lines-inl.hpp"
#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR  // whose vectors have nothing to shift

// The samples from `Reach` before to `Reach` after those of a vector of rows. Neighbours
// that are not a multiple of 16 bytes away are shifted together from two that are: loads
// across cache lines would cost more.
template <std::size_t Reach, class D, class S>
class Window {
  static constexpr std::ptrdiff_t in_block = 16 / sizeof(S);
  static constexpr std::ptrdiff_t before =
      (static_cast<std::ptrdiff_t>(Reach) + in_block - 1) / in_block;
  static constexpr std::size_t count = 2 * before + 1;

 public:
  using V = hn::Vec<SampleTag<D, S>>;
  // Samples read on both sides of those of the vector: often more than the rows need.
  static constexpr std::size_t margin = before * in_block;

  HWY_INLINE Window(D d, const S* in) {
    for (std::size_t m = 0; m < count; ++m) {
      blocks_[m] = load(d, in + (static_cast<std::ptrdiff_t>(m) - before) * in_block);
    }
  }

  template <std::ptrdiff_t Offset>
  HWY_INLINE V at(D) const {
    constexpr std::ptrdiff_t from_first = Offset + before * in_block;
    constexpr std::ptrdiff_t block = from_first / in_block;
    constexpr std::ptrdiff_t rest = from_first % in_block;
    if constexpr (rest == 0) {
      return blocks_[block];
    } else {
      constexpr int bytes = static_cast<int>(rest * sizeof(S));
      return hn::CombineShiftRightBytes<bytes>(SampleTag<D, S>(), blocks_[block + 1],
                                               blocks_[block]);
    }
  }

 private:
  V blocks_[count];
};

// The terms 1 to K of a vector of rows whose samples a window holds.
template <RowForm Form, std::size_t K, std::size_t Step, class D, class W, class S,
          class Row>
HWY_INLINE hn::Vec<D> sum_of(D d, const W& window, const Row& row) {
  constexpr auto reach = static_cast<std::ptrdiff_t>(K * Step);
  const auto term =
      hn::Mul(hn::Set(d, row.weights[K - 1]),
              pair<Form, S>(d, window.template at<reach>(d), window.template at<0>(d),
                            window.template at<-reach>(d)));
  if constexpr (K == 1) return term;
  if constexpr (K > 1) {
    return hn::Add(sum_of<Form, K - 1, Step, D, W, S>(d, window, row), term);
  }
}

// The vector of results from q on.
template <RowForm Form, std::size_t Pairs, std::size_t Step, class D, class S, class T,
          class Row>
HWY_INLINE hn::Vec<D> shifted_vector(D d, const Slab<S, T>& slab, const Row& row,
                                     std::size_t q) {
  const Window<Pairs * Step, D, S> window(d, slab.in + q);
  const auto sum = sum_of<Form, Pairs, Step, D, decltype(window), S>(d, window, row);
  return scaled(d, row, sum);
}

#endif  // HWY_TARGET != HWY_SCALAR

template <RowForm Form, class D, class S, class T>
HWY_INLINE hn::Vec<D> weighted(D d, const S* in, std::ptrdiff_t reach, T weight) {
  return hn::Mul(hn::Set(d, weight),
                 pair<Form, S>(d, load(d, in + reach), load(d, in), load(d, in - reach)));
}

// The same at any distance between neighbours. The compiler unrolls the loop where the
// number of pairs is a constant.
template <RowForm Form, class D, class S, class T, class Row>
HWY_INLINE hn::Vec<D> vector_of(D d, const Slab<S, T>& slab, const Row& row,
                                std::size_t pairs, std::size_t q) {
  const S* in = slab.in + q;
  auto sum = weighted<Form>(d, in, slab.in_step, row.weights[0]);
  for (std::size_t k = 2; k <= pairs; ++k) {
    const std::ptrdiff_t reach = static_cast<std::ptrdiff_t>(k) * slab.in_step;
    sum = hn::Add(sum, weighted<Form>(d, in, reach, row.weights[k - 1]));
  }
  return scaled(d, row, sum);
}

// Vectors of rows whose neighbours are `Step` samples apart; at any distance if it is 0.
template <RowForm Form, Stores How, std::size_t Pairs, std::size_t Step, class S, class T,
          class Row>
struct Results {
  const Slab<S, T> slab;
  const Row row;
  const std::size_t pairs = Pairs == 0 ? row.weights.size() : Pairs;
  const std::size_t count = slab.rows * slab.columns;

  // From q on.
  template <class D>
  HWY_INLINE hn::Vec<D> operator()(D d, std::size_t q) const {
    constexpr std::size_t ahead = (std::size_t{16} << 10) / sizeof(S);
    prefetch<How>(slab.in + q + ahead);
#if HWY_TARGET != HWY_SCALAR
    if constexpr (Step > 0 && hn::MaxLanes(D()) > 1) {
      using Samples = Window<Pairs * Step, D, S>;
      if (q >= Samples::margin && q + hn::Lanes(d) + Samples::margin <= count) {
        return shifted_vector<Form, Pairs, Step>(d, slab, row, q);
      }
    }
#endif
    return vector_of<Form>(d, slab, row, pairs, q);
  }

  // The same, wherever that is in its line.
  template <class D>
  HWY_INLINE hn::Vec<D> operator()(D d, std::size_t q, std::size_t) const {
    return (*this)(d, q);
  }
};

template <RowForm Form, Stores How, std::size_t Pairs, std::size_t Step, class S, class T,
          class Row>
void line(const Slab<S, T>& slab, const Row& row, const LineEnds<T>& ends) {
  const Results<Form, How, Pairs, Step, S, T, Row> results = {slab, row};
  if (ends.line == 0) return store_each<How>(slab.out, results.count, results);
  store_lines<How>(slab.out, results.count, ends, results);
}

template <RowForm Form, std::size_t Pairs, std::size_t Step, class S, class T, class Row>
void any_stores(const Slab<S, T>& slab, const Row& row, const LineEnds<T>& ends) {
  if (slab.stores == Stores::streamed) {
    return line<Form, Stores::streamed, Pairs, Step>(slab, row, ends);
  }
  line<Form, Stores::ordinary, Pairs, Step>(slab, row, ends);
}

// Windows serve the neighbours next to each other, and those of complex numbers; what is
// not worth code of its own takes a loop.
template <RowForm Form, std::size_t Pairs, class S, class T>
void any_step(const Slab<S, T>& slab, const PairedRow<T>& row, const LineEnds<T>& ends) {
#if HWY_TARGET != HWY_SCALAR
  if constexpr (Pairs > 1 && std::is_same_v<S, T>) {
    if (slab.in_step == 1) return any_stores<Form, Pairs, 1>(slab, row, ends);
    if (slab.in_step == 2) return any_stores<Form, Pairs, 2>(slab, row, ends);
  }
#endif
  any_stores<Form, Pairs == 1 ? 1 : 0, 0>(slab, row, ends);
}

template <RowForm Form, class S, class T>
void any_radius(const Slab<S, T>& slab, const PairedRow<T>& row,
                const LineEnds<T>& ends) {
  switch (row.weights.size()) {
    case 1:
      return any_step<Form, 1>(slab, row, ends);
    case 2:
      return any_step<Form, 2>(slab, row, ends);
    case 3:
      return any_step<Form, 3>(slab, row, ends);
    case 4:
      return any_step<Form, 4>(slab, row, ends);
    default:
      return any_step<Form, 0>(slab, row, ends);
  }
}

template <class S, class T>
void any_form(const Slab<S, T>& slab, const PairedRow<T>& row, const LineEnds<T>& ends) {
  if (row.divisor) {
    return any_stores<RowForm::paired_odd, 1, 0>(slab, DividedRow<T>(row), ends);
  }
  if (row.form == RowForm::paired_odd) {
    return any_radius<RowForm::paired_odd>(slab, row, ends);
  }
  any_radius<RowForm::paired_even>(slab, row, ends);
}

void along_f32(const Slab<float, float>& slab, const PairedRow<float>& row,
               const LineEnds<float>& ends) {
  any_form(slab, row, ends);
}
void along_f64(const Slab<double, double>& slab, const PairedRow<double>& row,
               const LineEnds<double>& ends) {
  any_form(slab, row, ends);
}
void along_i64(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row,
               const LineEnds<double>& ends) {
  any_form(slab, row, ends);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(along_f32);
HWY_EXPORT(along_f64);
HWY_EXPORT(along_i64);

void along(const Slab<float, float>& slab, const PairedRow<float>& row,
           const LineEnds<float>& ends) noexcept {
  HWY_DYNAMIC_DISPATCH(along_f32)(slab, row, ends);
}
void along(const Slab<double, double>& slab, const PairedRow<double>& row,
           const LineEnds<double>& ends) noexcept {
  HWY_DYNAMIC_DISPATCH(along_f64)(slab, row, ends);
}
void along(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row,
           const LineEnds<double>& ends) noexcept {
  HWY_DYNAMIC_DISPATCH(along_i64)(slab, row, ends);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE

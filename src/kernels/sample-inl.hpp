// kernels/sample-inl.hpp: vectors of samples and of their differences
//
// SPDX-License-Identifier: BSD-3-Clause

// Included once per target by the kernels, hence the toggled guard instead of a pragma.
#if defined(GRIDGRAD_KERNELS_SAMPLE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRIDGRAD_KERNELS_SAMPLE_INL_HPP
#undef GRIDGRAD_KERNELS_SAMPLE_INL_HPP
#else
#define GRIDGRAD_KERNELS_SAMPLE_INL_HPP
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "kernels/slab.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {  // the kernels are files of their own, but targets are namespaces they share

namespace hn = hwy::HWY_NAMESPACE;

// D is the tag of the computing type; samples are of it, or 64-bit integers.
template <class D, class S>
using SampleTag =
    std::conditional_t<std::is_same_v<S, std::int64_t>, hn::RebindToSigned<D>, D>;

template <class D, class S>
HWY_INLINE hn::Vec<SampleTag<D, S>> load(D, const S* samples) {
  return hn::LoadU(SampleTag<D, S>(), samples);
}

// The vector twin of difference() in row_form.hpp.
template <class S, class D, class V>
HWY_INLINE hn::Vec<D> difference(D d, V a, V b) {
  if constexpr (std::is_same_v<S, std::int64_t>) {
    const SampleTag<D, S> tag;
    const auto lower_half = hn::Set(tag, std::int64_t{0xffffffff});
    const auto high = hn::Sub(hn::ShiftRight<32>(a), hn::ShiftRight<32>(b));
    const auto low = hn::Sub(hn::And(a, lower_half), hn::And(b, lower_half));
    const auto shifted = hn::Mul(hn::ConvertTo(d, high), hn::Set(d, 0x1p32));
    return hn::Add(shifted, hn::ConvertTo(d, low));
  } else {
    return hn::Sub(a, b);
  }
}

// The vector twin of sample_value().
template <class S, class D, class V>
HWY_INLINE hn::Vec<D> sample_value(D d, V a) {
  if constexpr (std::is_same_v<S, std::int64_t>) {
    return hn::ConvertTo(d, a);
  } else {
    return a;
  }
}

// Streams to aligned addresses only.
template <Stores How, class D, class V, class T>
HWY_INLINE void store(D d, V value, T* out) {
  if constexpr (How == Stores::streamed) {
    hn::Stream(value, d, out);
  } else {
    hn::StoreU(value, d, out);
  }
}

// Asks for a sample that will be read soon, or lies outside the array: beside streamed
// stores the hardware alone does not look far enough ahead.
template <Stores How, class S>
HWY_INLINE void prefetch(const S* sample) {
  if constexpr (How == Stores::streamed) hwy::Prefetch(sample);
}

// Results of one cache line, or of one vector where that is longer. Streamed stores fill
// whole lines: a part of one would be merged into memory.
template <class T>
HWY_INLINE std::size_t line_of() {
  constexpr std::size_t bytes = 64;
  return std::max(bytes / sizeof(T), hn::Lanes(hn::ScalableTag<T>()));
}

// Results before the first whole line.
template <class T>
HWY_INLINE std::size_t before_line(const T* out, std::size_t count) {
  const std::size_t bytes = line_of<T>() * sizeof(T);
  const std::size_t beyond = reinterpret_cast<std::uintptr_t>(out) % bytes;
  return beyond == 0 ? 0 : std::min(count, (bytes - beyond) / sizeof(T));
}

// Stores compute(tag, q) at out + q for q in [first, last), one by one. Not inlined: the
// few that are left over need no code of their own at every place.
template <class T, class F>
HWY_NOINLINE void store_singly(T* out, std::size_t first, std::size_t last,
                               const F& compute) {
  const hn::CappedTag<T, 1> single;
  for (std::size_t q = first; q < last; ++q) {
    hn::StoreU(compute(single, q), single, out + q);
  }
}

// Stores at out + q the vectors compute(tag, q) that cover [0, count).
template <Stores How, class T, class F>
HWY_INLINE void store_each(T* out, std::size_t count, const F& compute) {
  const hn::ScalableTag<T> wide;
  const std::size_t lanes = hn::Lanes(wide);
  const bool is_streamed = How == Stores::streamed;
  const std::size_t head = is_streamed ? before_line(out, count) : 0;
  const std::size_t unit = is_streamed ? line_of<T>() : lanes;
  const std::size_t last = head + (count - head) / unit * unit;
  if (head > 0) store_singly(out, 0, head, compute);
  for (std::size_t q = head; q < last; q += lanes) {
    store<How>(wide, compute(wide, q), out + q);
  }
  if (last < count) store_singly(out, last, count, compute);
}

// A paired row with a divisor: a type of its own, so that others need not look for one.
template <class T>
struct DividedRow {
  explicit DividedRow(const PairedRow<T>& row)
      : weights(row.weights), scale(row.scale), divisor(*row.divisor) {}

  std::span<const T> weights;
  T scale;
  T divisor;
};

// A row from the sum of its terms.
template <class D, class V, class T>
HWY_INLINE V scaled(D d, const PairedRow<T>& row, V sum) {
  return hn::Mul(hn::Set(d, row.scale), sum);
}
template <class D, class V, class T>
HWY_INLINE V scaled(D d, const DividedRow<T>& row, V sum) {
  return hn::Mul(hn::Set(d, row.scale), hn::Div(sum, hn::Set(d, row.divisor)));
}

// The vector twin of the differences of a pair in row_form.hpp.
template <RowForm Form, class S, class D, class V>
HWY_INLINE hn::Vec<D> pair(D d, V plus, V centre, V minus) {
  if constexpr (Form == RowForm::paired_odd) {
    static_cast<void>(centre);
    return difference<S>(d, plus, minus);
  } else {
    return hn::Sub(difference<S>(d, plus, centre), difference<S>(d, centre, minus));
  }
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard

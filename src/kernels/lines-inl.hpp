// kernels/lines-inl.hpp: stores the results of lines that lie next to each other
//
// SPDX-License-Identifier: BSD-3-Clause

// Included once per target by the kernels, hence the toggled guard instead of a pragma.
#if defined(GRIDGRAD_KERNELS_LINES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRIDGRAD_KERNELS_LINES_INL_HPP
#undef GRIDGRAD_KERNELS_LINES_INL_HPP
#else
#define GRIDGRAD_KERNELS_LINES_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

#include "kernels/line_ends.hpp"
#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// The vector of results from q on, with the ends of lines among them, from `boundary` on.
// They are put in without a detour through memory: a vector cannot be read there before
// its parts, and all stores before them, have left the store buffer.
template <class D, class V, class T>
HWY_INLINE V with_ends(D d, V results, std::size_t q, std::size_t boundary,
                       const LineEnds<T>& ends) {
  const std::size_t known = ends.before + ends.after;
  for (;; ++boundary) {
    const std::size_t from = boundary * ends.line - ends.after;
    if (from >= q + hn::Lanes(d)) return results;
    const T* const values = ends.values(ends.context, boundary);
    const auto shift = static_cast<std::ptrdiff_t>(q) - static_cast<std::ptrdiff_t>(from);
    const std::size_t first = std::max(from, q) - q;
    const std::size_t last = std::min(from + known, q + hn::Lanes(d)) - q;
    const auto wanted = hn::AndNot(hn::FirstN(d, first), hn::FirstN(d, last));
    results = hn::IfThenElse(wanted, hn::LoadU(d, values + shift), results);
  }
}

// Results [first, last), one by one, the first at `to`.
template <class T, class F>
HWY_NOINLINE void store_singly(T* to, std::size_t first, std::size_t last,
                               const LineEnds<T>& ends, const F& compute) {
  const hn::CappedTag<T, 1> single;
  for (std::size_t q = first; q < last; ++q, ++to) {
    const std::size_t line = q / ends.line;
    const std::size_t at = q % ends.line;
    if (at < ends.before) {
      *to = ends.values(ends.context, line)[ends.after + at];
    } else if (at >= ends.line - ends.after) {
      *to = ends.values(ends.context, line + 1)[at - (ends.line - ends.after)];
    } else {
      hn::StoreU(compute(single, q, at), single, to);
    }
  }
}

// The same to out + first, whole cache lines in one: a few results that are stored to
// where no line is in the cache hold up the streamed ones behind them.
template <Stores How, class T, class F>
void store_few(T* out, std::size_t first, std::size_t last, const LineEnds<T>& ends,
               const F& compute) {
  std::size_t q = first;
  if constexpr (How == Stores::streamed) {
    const hn::ScalableTag<T> wide;
    HWY_ALIGN T results[end_margin];
    q += before_line(out + q, last - q);
    store_singly(out + first, first, q, ends, compute);
    for (; q + line_of<T>() <= last; q += line_of<T>()) {
      store_singly(results, q, q + line_of<T>(), ends, compute);
      for (std::size_t v = 0; v < line_of<T>(); v += hn::Lanes(wide)) {
        hn::Stream(hn::Load(wide, results + v), wide, out + q + v);
      }
    }
  }
  store_singly(out + q, q, last, ends, compute);
}

// Stores the vectors compute(tag, q, p), p being the place of q in its line, and between
// them the ends of lines.
template <Stores How, class T, class F>
HWY_INLINE void store_lines(T* out, std::size_t count, const LineEnds<T>& ends,
                            const F& compute) {
  const hn::ScalableTag<T> wide;
  const std::size_t lanes = hn::Lanes(wide);
  const bool is_streamed = How == Stores::streamed;
  const std::size_t computed = count - ends.after;  // vectors before read within lines
  std::size_t q = ends.before;
  if (is_streamed) q += before_line(out + q, computed - q);
  store_few<How>(out, 0, q, ends, compute);
  const std::size_t unit = is_streamed ? line_of<T>() : lanes;
  const std::size_t last = q + (computed - q) / unit * unit;
  std::size_t boundary = 1;
  std::size_t next = ends.line;  // where line `boundary` begins
  for (; q < last; q += lanes) {
    for (; next + ends.before <= q; ++boundary) next += ends.line;
    auto results = compute(wide, q, q < next ? q + ends.line - next : q - next);
    if (HWY_UNLIKELY(q + lanes + ends.after > next)) {
      results = with_ends(wide, results, q, boundary, ends);
    }
    store<How>(wide, results, out + q);
  }
  store_few<How>(out, q, count, ends, compute);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard

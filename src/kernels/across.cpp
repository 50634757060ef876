// kernels/across.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/across.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/across.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Results of Rows rows in one column of registers. They share 2 Radius + Rows loads,
// where each alone needs 2 Radius: at Rows = 4 that is what leaves the memory as the
// limit.
template <RowForm Form, Stores How, std::size_t Rows, std::size_t Radius,
          std::size_t Vectors, class D, class S, class T, class Row>
HWY_INLINE void column(D d, const Slab<S, T>& slab, std::size_t j, std::size_t first,
                       const Row& row) {
  const S* in = slab.in + static_cast<std::ptrdiff_t>(first) * slab.in_step + j;
  T* out = slab.out + static_cast<std::ptrdiff_t>(first) * slab.out_step + j;
  const std::size_t lanes = hn::Lanes(d);
  // Of the rows that no rows before these have read.
  constexpr std::size_t ahead = (std::size_t{2} << 10) / sizeof(S);
  for (std::size_t i = Radius; i < Radius + Rows; ++i) {
    prefetch<How>(in + static_cast<std::ptrdiff_t>(i) * slab.in_step + ahead);
  }
  hn::Vec<SampleTag<D, S>> samples[Vectors][Rows + 2 * Radius];
  for (std::size_t k = 0; k < Rows + 2 * Radius; ++k) {
    const auto offset =
        static_cast<std::ptrdiff_t>(k) - static_cast<std::ptrdiff_t>(Radius);
    for (std::size_t v = 0; v < Vectors; ++v) {
      samples[v][k] = load(d, in + offset * slab.in_step + v * lanes);
    }
  }
  for (std::size_t i = 0; i < Rows; ++i) {
    const std::size_t centre = i + Radius;
    for (std::size_t v = 0; v < Vectors; ++v) {
      const auto weighted = [&](std::size_t k) HWY_ATTR {
        return hn::Mul(hn::Set(d, row.weights[k - 1]),
                       pair<Form, S>(d, samples[v][centre + k], samples[v][centre],
                                     samples[v][centre - k]));
      };
      auto sum = weighted(1);
      for (std::size_t k = 2; k <= Radius; ++k) sum = hn::Add(sum, weighted(k));
      store<How>(d, scaled(d, row, sum),
                 out + static_cast<std::ptrdiff_t>(i) * slab.out_step + v * lanes);
    }
  }
}

template <RowForm Form, Stores How, std::size_t Rows, std::size_t Radius, class S,
          class T, class Row>
HWY_INLINE void rows(const Slab<S, T>& slab, std::size_t first, const Row& row) {
  constexpr Stores ordinary = Stores::ordinary;
  // A cache line of each row at a time where the registers hold their samples.
  constexpr std::size_t registers = 16;
  constexpr std::size_t vectors = 2 * (Rows + 2 * Radius) <= registers ? 2 : 1;
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  std::size_t j = 0;
  if constexpr (How == Stores::streamed) {
    const T* out = slab.out + static_cast<std::ptrdiff_t>(first) * slab.out_step;
    const std::size_t head = before_line(out, slab.columns);
    for (; j + lanes <= head; j += lanes) {
      column<Form, ordinary, Rows, Radius, 1>(wide, slab, j, first, row);
    }
    for (; j < head; ++j) {
      column<Form, ordinary, Rows, Radius, 1>(single, slab, j, first, row);
    }
    const std::size_t line = line_of<T>();
    if constexpr (vectors == 2) {
      if (line == 2 * lanes) {
        for (; j + line <= slab.columns; j += line) {
          column<Form, How, Rows, Radius, 2>(wide, slab, j, first, row);
        }
      }
    }
    for (; j + line <= slab.columns; j += line) {
      for (std::size_t v = 0; v < line; v += lanes) {
        column<Form, How, Rows, Radius, 1>(wide, slab, j + v, first, row);
      }
    }
  } else if constexpr (vectors == 2) {
    for (; j + 2 * lanes <= slab.columns; j += 2 * lanes) {
      column<Form, ordinary, Rows, Radius, 2>(wide, slab, j, first, row);
    }
  }
  for (; j + lanes <= slab.columns; j += lanes) {
    column<Form, ordinary, Rows, Radius, 1>(wide, slab, j, first, row);
  }
  for (; j < slab.columns; ++j) {
    column<Form, ordinary, Rows, Radius, 1>(single, slab, j, first, row);
  }
}

template <RowForm Form, Stores How, std::size_t Radius, class S, class T, class Row>
void slab_of(const Slab<S, T>& slab, const Row& row) {
  // The longer the stencil, the more loads there are to share.
  constexpr std::size_t together = Radius > 2 ? 8 : 4;
  std::size_t i = 0;
  for (; i + together <= slab.rows; i += together) {
    rows<Form, How, together, Radius>(slab, i, row);
  }
  for (; i < slab.rows; ++i) rows<Form, How, 1, Radius>(slab, i, row);
}

// Rows are streamed together where they are aligned alike.
template <RowForm Form, std::size_t Radius, class S, class T, class Row>
void slab_of(const Slab<S, T>& slab, const Row& row) {
  const auto line = static_cast<std::ptrdiff_t>(line_of<T>());
  if (slab.stores == Stores::streamed && slab.out_step % line == 0) {
    return slab_of<Form, Stores::streamed, Radius>(slab, row);
  }
  slab_of<Form, Stores::ordinary, Radius>(slab, row);
}

// Results for any radius, pair by pair.
template <RowForm Form, class D, class S, class T>
HWY_INLINE void long_row(D d, const Slab<S, T>& slab, std::size_t j,
                         const PairedRow<T>& row) {
  const S* in = slab.in + j;
  auto sum = hn::Zero(d);
  for (std::size_t k = 1; k <= row.weights.size(); ++k) {
    const std::ptrdiff_t reach = static_cast<std::ptrdiff_t>(k) * slab.in_step;
    const auto term =
        hn::Mul(hn::Set(d, row.weights[k - 1]),
                pair<Form, S>(d, load(d, in + reach), load(d, in), load(d, in - reach)));
    sum = k == 1 ? term : hn::Add(sum, term);
  }
  hn::StoreU(scaled(d, row, sum), d, slab.out + j);
}

template <RowForm Form, class S, class T>
void long_slab(Slab<S, T> slab, const PairedRow<T>& row) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  for (std::size_t i = 0; i < slab.rows; ++i) {
    std::size_t j = 0;
    for (; j + lanes <= slab.columns; j += lanes) long_row<Form>(wide, slab, j, row);
    for (; j < slab.columns; ++j) long_row<Form>(single, slab, j, row);
    slab.in += slab.in_step;
    slab.out += slab.out_step;
  }
}

template <RowForm Form, class S, class T>
void any_radius(const Slab<S, T>& slab, const PairedRow<T>& row) {
  constexpr std::size_t most_unrolled = 4;
  if (row.weights.size() > most_unrolled) return long_slab<Form>(slab, row);
  if (row.weights.size() == 1) return slab_of<Form, 1>(slab, row);
  if (row.weights.size() == 2) return slab_of<Form, 2>(slab, row);
  if (row.weights.size() == 3) return slab_of<Form, 3>(slab, row);
  slab_of<Form, most_unrolled>(slab, row);
}

template <class S, class T>
void any_form(const Slab<S, T>& slab, const PairedRow<T>& row) {
  if (row.divisor) return slab_of<RowForm::paired_odd, 1>(slab, DividedRow<T>(row));
  if (row.form == RowForm::paired_odd) {
    return any_radius<RowForm::paired_odd>(slab, row);
  }
  any_radius<RowForm::paired_even>(slab, row);
}

void across_f32(const Slab<float, float>& slab, const PairedRow<float>& row) {
  any_form(slab, row);
}
void across_f64(const Slab<double, double>& slab, const PairedRow<double>& row) {
  any_form(slab, row);
}
void across_i64(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row) {
  any_form(slab, row);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(across_f32);
HWY_EXPORT(across_f64);
HWY_EXPORT(across_i64);

void across(const Slab<float, float>& slab, const PairedRow<float>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(across_f32)(slab, row);
}
void across(const Slab<double, double>& slab, const PairedRow<double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(across_f64)(slab, row);
}
void across(const Slab<std::int64_t, double>& slab,
            const PairedRow<double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(across_i64)(slab, row);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE

// mixed_rows.cpp: plain loops, left to the compiler to make vectors of
//
// SPDX-License-Identifier: BSD-3-Clause

#include "mixed_rows.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

#include "convert.hpp"
#include "layout.hpp"
#include "peer_number.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

// The number that a stored sample is.
template <class S>
using NumberOf = std::conditional_t<std::is_same_v<S, Float16>, Half, S>;

// Consecutive rows of one form. The first of them reads the samples from `first` on, the
// others those that follow. P is the type of the weights.
template <class P>
struct RowSet {
  Range rows;
  std::size_t first;
  bool is_quotient;
  bool takes_reciprocal;
  std::ptrdiff_t reach;  // of a quotient, from the sample that it subtracts
  P divisor;
  std::array<const P*, 3> weights;
  std::ptrdiff_t weight_step;  // from row to row
};

// Results next to each other along the innermost dimension. Steps are constants where
// they can be.
template <class S, class Step>
struct Strip {
  const S* in;
  Step in_step;
  S* out;
  Step out_step;
  std::size_t count;
  std::ptrdiff_t axis_step;  // between neighbouring samples along the axis
};

template <class S, class Step, class F>
void for_each_result(const Strip<S, Step>& strip, const F& value) {
  for (std::size_t i = 0; i < strip.count; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    strip.out[at * strip.out_step] = static_cast<S>(
        static_cast<NumberOf<S>>(value(strip.in + at * strip.in_step, at)));
  }
}

template <class S, class Step, class P>
void quotients(const Strip<S, Step>& strip, const RowSet<P>& set) {
  const std::ptrdiff_t reach = set.reach * strip.axis_step;
  const auto difference = [&](const S* in) {
    return static_cast<P>(NumberOf<S>(in[reach]) - NumberOf<S>(in[0]));
  };
  if (!set.takes_reciprocal) {
    const P divisor = set.divisor;
    return for_each_result(
        strip, [&](const S* in, std::ptrdiff_t) { return difference(in) / divisor; });
  }
  const P reciprocal = P(1.0) / set.divisor;
  for_each_result(
      strip, [&](const S* in, std::ptrdiff_t) { return difference(in) * reciprocal; });
}

template <class S, class Step, class P, class WeightStep>
void weighted_sums(const Strip<S, Step>& strip, const std::array<const P*, 3>& weights,
                   WeightStep weight_step) {
  const auto value = [](S sample) { return static_cast<P>(NumberOf<S>(sample)); };
  for_each_result(strip, [&](const S* in, std::ptrdiff_t at) {
    const std::ptrdiff_t w = at * weight_step;
    const P a = weights[0][w] * value(in[0]);
    const P b = weights[1][w] * value(in[strip.axis_step]);
    const P c = weights[2][w] * value(in[2 * strip.axis_step]);
    return (a + b) + c;
  });
}

// One set of rows over all lines.
template <class S, class P>
class Walk {
 public:
  Walk(const RowSet<P>& set, const Layout& layout, Samples<const S> field, Samples<S> out)
      : set_(set),
        layout_(layout),
        axis_(layout.terms[0].axis),
        field_(field),
        out_(out) {}

  // Positions along a dimension.
  [[nodiscard]] std::size_t count(std::size_t dimension) const {
    return dimension == axis_ ? set_.rows.size() : layout_.extents[dimension];
  }

  // Some of the slowest dimension.
  void run(Range part) const {
    const auto first = static_cast<std::ptrdiff_t>(set_.first);
    const auto row = static_cast<std::ptrdiff_t>(set_.rows.first);
    descend(0, part, field_.first + first * field_.strides[axis_],
            out_.first + row * out_.strides[axis_], 0);
  }

 private:
  void descend(std::size_t dimension, Range part, const S* in, S* out,
               std::ptrdiff_t weight) const {
    const std::ptrdiff_t weight_step = dimension == axis_ ? set_.weight_step : 0;
    const std::ptrdiff_t in_step = field_.strides[dimension];
    const std::ptrdiff_t out_step = out_.strides[dimension];
    if (dimension + 1 == layout_.extents.size()) {
      const auto first = static_cast<std::ptrdiff_t>(part.first);
      return strip(in + first * in_step, out + first * out_step, part.size(),
                   weight + first * weight_step);
    }
    for (std::size_t i = part.first; i < part.last; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      descend(dimension + 1, {0, count(dimension + 1)}, in + at * in_step,
              out + at * out_step, weight + at * weight_step);
    }
  }

  void strip(const S* in, S* out, std::size_t results, std::ptrdiff_t weight) const {
    using One = std::integral_constant<std::ptrdiff_t, 1>;
    const std::ptrdiff_t in_step = field_.strides.back();
    const std::ptrdiff_t out_step = out_.strides.back();
    const std::ptrdiff_t axis_step = field_.strides[axis_];
    if (in_step == 1 && out_step == 1) {
      return compute(Strip<S, One>{in, {}, out, {}, results, axis_step}, weight);
    }
    compute(Strip<S, std::ptrdiff_t>{in, in_step, out, out_step, results, axis_step},
            weight);
  }

  template <class Step>
  void compute(const Strip<S, Step>& strip, std::ptrdiff_t weight) const {
    if (set_.is_quotient) return quotients(strip, set_);
    std::array<const P*, 3> weights = set_.weights;
    for (const P*& of_tap : weights) of_tap += weight;
    const bool is_along = axis_ + 1 == layout_.extents.size();
    if (is_along && set_.weight_step == 1) {
      return weighted_sums(strip, weights, std::integral_constant<std::ptrdiff_t, 1>());
    }
    weighted_sums(strip, weights, std::integral_constant<std::ptrdiff_t, 0>());
  }

  const RowSet<P>& set_;
  const Layout& layout_;
  std::size_t axis_;
  Samples<const S> field_;
  Samples<S> out_;
};

// The weights of all rows as numbers of type P: those of the ends, then the interior's.
template <class P>
std::vector<P> weights_of(const PeerRows& rows) {
  std::vector<P> weights;
  const auto add = [&](double weight) { weights.push_back(P(weight)); };
  std::ranges::for_each(rows.lower.weights, add);
  std::ranges::for_each(rows.upper.weights, add);
  std::ranges::for_each(rows.weights, add);
  return weights;
}

template <class P>
RowSet<P> row_set(const PeerRow& row, Range rows, const P* weights) {
  return {rows,
          rows.first,
          row.is_quotient,
          false,
          1,
          P(row.divisor),
          {weights, weights + 1, weights + 2},
          0};
}

template <class P>
std::array<RowSet<P>, 3> row_sets(const PeerRows& rows, const std::vector<P>& weights) {
  const std::size_t n = rows.extent;
  const std::size_t inside = n - 2;
  RowSet<P> lower = row_set<P>(rows.lower, {0, 1}, weights.data());
  RowSet<P> upper = row_set<P>(rows.upper, {n - 1, n}, weights.data() + 3);
  upper.first = rows.upper.is_quotient ? n - 2 : n - 3;
  RowSet<P> interior = row_set<P>(rows.interior, {1, n - 1}, weights.data());
  interior.first = 0;
  interior.reach = 2;
  if (!rows.is_uniform()) {
    interior.is_quotient = false;
    interior.weight_step = 1;
    const P* const first = weights.data() + 6;
    interior.weights = {first, first + inside, first + 2 * inside};
  }
  return {lower, interior, upper};
}

template <class W>
void run_walk(void* context, Range part) {
  static_cast<const W*>(context)->run(part);
}

template <class S, class P>
void apply_typed(const PeerRows& rows, const AnyField& field, const Term& term,
                 std::size_t threads) {
  const Layout walked = layout(field, {&term, 1});
  const TermLayout& at = walked.terms[0];
  const Samples<const S> in = {static_cast<const S*>(field.data) + walked.in.first,
                               walked.in};
  const Samples<S> out = {static_cast<S*>(term.out.data) + at.out.first, at.out};
  const std::vector<P> weights = weights_of<P>(rows);
  for (RowSet<P>& set : row_sets(rows, weights)) {
    if (set.rows.size() == 0) continue;
    set.takes_reciprocal = field.type == ElementType::complex64;
    Walk<S, P> walk(set, walked, in, out);
    const std::size_t parts = walk.count(0);
    for_each_part(parts, std::min(threads, parts), run_walk<Walk<S, P>>, &walk);
  }
}

}  // namespace

void apply_mixed(const PeerRows& rows, const AnyField& field, const Term& term,
                 std::size_t threads) {
  with_number(rows.type, [&]<class P>() {
    if (field.type == ElementType::float16) {
      return apply_typed<Float16, P>(rows, field, term, threads);
    }
    if constexpr (std::is_same_v<P, double>) {
      apply_typed<float, P>(rows, field, term, threads);
    }
  });
}

}  // namespace gridgrad

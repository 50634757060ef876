// staggered_sum.cpp: line by line of the results, term by term
//
// SPDX-License-Identifier: BSD-3-Clause

#include "staggered_sum.hpp"

#include <algorithm>
#include <optional>

#include "threads.hpp"
#include "tiling.hpp"

namespace gridgrad {
namespace {

// Some numbers of a line, each `stride` from the one before.
template <class T>
struct Line {
  const T* first = nullptr;
  std::ptrdiff_t stride = 0;

  [[nodiscard]] T operator[](std::size_t i) const {
    return first[static_cast<std::ptrdiff_t>(i) * stride];
  }
  [[nodiscard]] Line from(std::size_t i) const {
    return {first + static_cast<std::ptrdiff_t>(i) * stride, stride};
  }
};

// Values and what they are multiplied by; no values stand for 0.
template <class T>
struct Side {
  Line<T> values;
  Line<double> measures;

  [[nodiscard]] T operator[](std::size_t i) const {
    if (values.first == nullptr) return 0;
    if (measures.first == nullptr) return values[i];
    return values[i] * static_cast<T>(measures[i]);
  }
};

// The terms of a stretch of results.
template <class T>
struct Stretch {
  Side<T> upper;
  Side<T> lower;
  Line<double> distances;
  std::size_t count;

  template <class Add>
  void add(Add add) const {
    const bool is_plain = upper.values.first != nullptr &&
                          lower.values.first != nullptr &&
                          upper.measures.first == nullptr;
    if (is_plain && upper.values.stride == 1 && lower.values.stride == 1) {
      return add_each(
          [&](std::size_t i) { return upper.values.first[i] - lower.values.first[i]; },
          add);
    }
    add_each([&](std::size_t i) { return upper[i] - lower[i]; }, add);
  }

 private:
  template <class Difference, class Add>
  void add_each(Difference difference, Add add) const {
    if (distances.first == nullptr) {
      for (std::size_t i = 0; i < count; ++i) add(i, difference(i));
    } else if (distances.stride == 0) {
      const auto distance = static_cast<T>(*distances.first);
      for (std::size_t i = 0; i < count; ++i) add(i, difference(i) / distance);
    } else {
      for (std::size_t i = 0; i < count; ++i) {
        add(i, difference(i) / static_cast<T>(distances[i]));
      }
    }
  }
};

// Where a value is among those there are.
std::optional<std::size_t> index_of(const Neighbours& neighbours, std::ptrdiff_t v) {
  const auto count = static_cast<std::ptrdiff_t>(neighbours.count);
  if (v >= 0 && v < count) return static_cast<std::size_t>(v);
  if (neighbours.beyond != Neighbours::Beyond::wraps) return {};
  return static_cast<std::size_t>((v + count) % count);
}

template <class T>
class Evaluation {
 public:
  explicit Evaluation(const StaggeredSum& sum)
      : sum_(sum), rank_(sum.out.extents.size()), length_(sum.out.extents[rank_ - 1]) {}

  [[nodiscard]] std::size_t line_count() const {
    std::size_t count = 1;
    for (std::size_t d = 0; d + 1 < rank_; ++d) count *= sum_.out.extents[d];
    return count;
  }

  void run(Range lines) const {
    std::vector<T> total(length_);
    PerDimension<std::size_t> index(rank_, 0);
    for (std::size_t line = lines.first; line < lines.last; ++line) {
      std::size_t rest = line;
      for (std::size_t d = rank_ - 1; d-- > 0;) {
        index[d] = rest % sum_.out.extents[d];
        rest /= sum_.out.extents[d];
      }
      std::ranges::fill(total, T{0});
      bool is_first = true;
      for (const StaggeredTerm& term : sum_.terms) {
        add_term(term, index, {total.data(), is_first});
        is_first = false;
      }
      write(total, index);
    }
  }

 private:
  // Sums so far of a line, and whether there are none yet.
  struct Total {
    T* sums;
    bool is_empty;
  };

  void add_term(const StaggeredTerm& term, PerDimension<std::size_t>& index,
                const Total& total) const {
    if (term.axis != rank_ - 1) {
      return add_stretch(term, index, total, {0, length_});
    }
    // Only the first and the last result of a line read values beyond an end.
    const std::size_t last = length_ == 0 ? 0 : length_ - 1;
    add_stretch(term, index, total, {0, std::min<std::size_t>(1, length_)});
    if (last > 1) add_stretch(term, index, total, {1, last});
    if (last > 0) add_stretch(term, index, total, {last, length_});
    index[rank_ - 1] = 0;
  }

  void add_stretch(const StaggeredTerm& term, PerDimension<std::size_t>& index,
                   const Total& total, Range range) const {
    index[rank_ - 1] = range.first;
    const auto below =
        static_cast<std::ptrdiff_t>(index[term.axis]) + term.neighbours.below;
    const auto lower = index_of(term.neighbours, below);
    const auto upper = index_of(term.neighbours, below + 1);
    const bool is_complete = lower && upper;
    if (!is_complete && term.neighbours.beyond == Neighbours::Beyond::has_no_difference) {
      return;
    }
    Stretch<T> stretch = {side(term, index, upper), side(term, index, lower), {}, 0};
    stretch.count = range.size();
    if (term.distances != nullptr) {
      stretch.distances = {term.distances + index[term.axis],
                           term.axis == rank_ - 1 ? 1 : 0};
    }
    T* const sums = total.sums + range.first;
    if (total.is_empty && !term.is_subtracted) {
      stretch.add([=](std::size_t i, T value) { sums[i] = value; });
    } else if (term.is_subtracted) {
      stretch.add([=](std::size_t i, T value) { sums[i] -= value; });
    } else {
      stretch.add([=](std::size_t i, T value) { sums[i] += value; });
    }
  }

  // The values that differ from those of `index` by their index along the axis.
  [[nodiscard]] Side<T> side(const StaggeredTerm& term,
                             const PerDimension<std::size_t>& index,
                             const std::optional<std::size_t>& along) const {
    if (!along) return {};
    const auto* first = static_cast<const T*>(term.field.data);
    const double* measure = term.measure.numbers;
    for (std::size_t d = 0; d < rank_; ++d) {
      const auto at = static_cast<std::ptrdiff_t>(d == term.axis ? *along : index[d]);
      first += at * term.field.strides[d];
      if (measure != nullptr) measure += at * term.measure.strides[d];
    }
    Side<T> side = {{first, term.field.strides[rank_ - 1]}, {}};
    if (measure != nullptr) side.measures = {measure, term.measure.strides[rank_ - 1]};
    return side;
  }

  void write(const std::vector<T>& total, PerDimension<std::size_t>& index) const {
    index[rank_ - 1] = 0;
    auto* out = static_cast<T*>(sum_.out.data);
    const double* divisor = sum_.divisor.numbers;
    for (std::size_t d = 0; d < rank_; ++d) {
      const auto at = static_cast<std::ptrdiff_t>(index[d]);
      out += at * sum_.out.strides[d];
      if (divisor != nullptr) divisor += at * sum_.divisor.strides[d];
    }
    const std::ptrdiff_t stride = sum_.out.strides[rank_ - 1];
    if (divisor == nullptr) {
      for (std::size_t i = 0; i < length_; ++i) {
        out[static_cast<std::ptrdiff_t>(i) * stride] = total[i];
      }
      return;
    }
    const Line<double> divisors = {divisor, sum_.divisor.strides[rank_ - 1]};
    for (std::size_t i = 0; i < length_; ++i) {
      out[static_cast<std::ptrdiff_t>(i) * stride] =
          total[i] / static_cast<T>(divisors[i]);
    }
  }

  const StaggeredSum& sum_;
  std::size_t rank_;
  std::size_t length_;
};

template <class T>
void run_part(void* context, Range lines) {
  static_cast<const Evaluation<T>*>(context)->run(lines);
}

template <class T>
void evaluate_in(const StaggeredSum& sum, Execution execution) {
  Evaluation<T> evaluation(sum);
  const std::size_t lines = evaluation.line_count();
  const std::size_t values = lines * sum.out.extents.back();
  if (values == 0) return;
  constexpr std::size_t few_values = std::size_t{1} << 15;
  std::size_t threads = execution.threads;
  if (threads == 0) threads = values < few_values ? 1 : default_threads();
  for_each_part(lines, std::min(threads, lines), run_part<T>, &evaluation);
}

}  // namespace

void evaluate(const StaggeredSum& sum, Execution execution) {
  if (sum.out.type == ElementType::float32) return evaluate_in<float>(sum, execution);
  evaluate_in<double>(sum, execution);
}

}  // namespace gridgrad

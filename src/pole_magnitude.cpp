// pole_magnitude.cpp: components continued to a pole, and their magnitude
//
// SPDX-License-Identifier: BSD-3-Clause

#include "pole_magnitude.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <vector>

#include "convert.hpp"
#include "element_dispatch.hpp"
#include "poles.hpp"

namespace gridgrad {
namespace {

using Extents = std::vector<std::size_t>;

// In C order.
template <class C>
struct Numbers {
  explicit Numbers(const Extents& shape) : extents(shape) {
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    values.resize(count);
  }
  [[nodiscard]] StridedView<C> view() {
    return StridedView<C>::contiguous(values.data(), extents);
  }

  Extents extents;
  std::vector<C> values;
};

// Scaled where squares would overflow or vanish.
double root_of_squares(std::span<const double> numbers) {
  double largest = 0;
  for (const double number : numbers) largest = std::max(largest, std::abs(number));
  const double scale = largest > 0x1p500 ? 0x1p-600 : largest < 0x1p-400 ? 0x1p600 : 1;
  double sum = 0;
  for (const double number : numbers) sum += (scale * number) * (scale * number);
  return std::sqrt(sum) / scale;
}

// The components of the gradient on the rows of a pole and of the parallels that it is
// continued from, computed in C.
template <class C>
class Cap {
 public:
  Cap(const Pole& pole, const FormulaCall& call, Execution execution) : pole_(pole) {
    const std::size_t near = pole.weights.size();
    HeldBlock block = call.block;
    block.rows[pole.axis] = pole.sample == 0 ? Range{0, 1 + near}
                                             : Range{pole.sample - near, pole.sample + 1};
    pole_.sample = pole.sample == 0 ? 0 : near;
    Extents extents;
    for (const Range& rows : block.rows) extents.push_back(rows.size());
    std::vector<Formula> formulas;
    for (const Summand& summand : call.formulas[0].summands) {
      formulas.push_back({Combination::sum, {summand}});
      components_.emplace_back(extents);
    }
    std::vector<StridedView<C>> views;
    for (Numbers<C>& component : components_) views.push_back(component.view());
    const std::vector<AnyOutput> out(views.begin(), views.end());
    evaluate({call.domain, formulas, call.fields, out, block}, execution);
    for (const AnyOutput& component : out) {
      write_pole(pole_, component, AtPole::one_per_meridian);
    }
  }

  // On two rows: what the pole has, then one for every meridian.
  [[nodiscard]] Numbers<C> magnitudes() const {
    Extents extents = components_[0].extents;
    std::size_t inner = 1;
    for (std::size_t d = pole_.axis + 1; d < extents.size(); ++d) inner *= extents[d];
    const std::size_t rows = extents[pole_.axis];
    extents[pole_.axis] = 2;
    Numbers<C> result(extents);
    std::vector<double> numbers(components_.size());
    for (std::size_t q = 0; q < result.values.size() / 2; ++q) {
      const std::size_t from = (q / inner * rows + pole_.sample) * inner + q % inner;
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        numbers[k] = components_[k].values[from];
      }
      result.values[(q / inner * 2 + 1) * inner + q % inner] =
          static_cast<C>(root_of_squares(numbers));
    }
    const Pole next = {pole_.axis, 0, pole_.longitude, pole_.is_ring, {{1, 1}}};
    write_pole(next, result.view(), AtPole::one_value);
    return result;
  }

 private:
  Pole pole_;
  std::vector<Numbers<C>> components_;
};

template <class C>
void write_as(const Pole& pole, const FormulaCall& call, Execution execution) {
  Numbers<C> magnitudes = Cap<C>(pole, call, execution).magnitudes();
  const StridedView<C> from = magnitudes.view();
  const AnyOutput& out = call.out[0];
  Extents extents = magnitudes.extents;
  extents[pole.axis] = 1;
  const std::ptrdiff_t offset =
      static_cast<std::ptrdiff_t>(pole.sample) * out.strides[pole.axis];
  dispatch(out.type, [&]<class T>() {
    if constexpr (std::same_as<C, T> || (std::same_as<C, float> && is_half<T>)) {
      convert<C, T>(extents, {from.data(), from.strides()},
                    {static_cast<T*>(out.data) + offset, out.strides});
    }
  });
}

}  // namespace

void write_pole_magnitude(const Pole& pole, const FormulaCall& call,
                          Execution execution) {
  for (const std::size_t extent : call.out[0].extents) {
    if (extent == 0) return;
  }
  if (call.out[0].type == ElementType::float64) {
    return write_as<double>(pole, call, execution);
  }
  write_as<float>(pole, call, execution);
}

}  // namespace gridgrad

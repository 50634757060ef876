// formula_test.cpp: results of formulas do not depend on boxes, stores and instruction
// sets
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "calculus_plan.hpp"
#include "formula.hpp"
#include "support/bits.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

// An operator on random fields, evaluated with any tiling.
template <class T>
class Evaluated {
 public:
  Evaluated(Calculus calculus, const Grid& grid, const std::vector<std::size_t>& shape) {
    FormulaBuilder builder(calculus, grid, shape, {.accuracy = 4});
    builder.build(plan_);
    plan_.domain = {shape, shape, std::vector<std::size_t>(shape.size(), 0)};
    for (const std::size_t extent : shape) {
      block_.rows.push_back({0, extent});
      block_.samples.emplace_back(Range{0, extent});
    }
    Random random(seed);
    for (std::size_t k = 0; k < plan_.fields; ++k) {
      fields_.push_back(random_samples<T>(product(shape), random));
    }
  }

  // Results that begin `offset` elements into their memory.
  [[nodiscard]] std::vector<std::vector<T>> results(const Tiling& tiling,
                                                    std::size_t offset) const {
    const std::span<const std::size_t> shape = plan_.domain.samples;
    const std::size_t size = product(shape);
    std::vector<std::vector<T>> memory(plan_.formulas.size(),
                                       std::vector<T>(size + offset));
    std::vector<StridedView<const T>> fields;
    std::vector<StridedView<T>> out;
    for (const auto& field : fields_) {
      fields.push_back(StridedView<const T>::contiguous(field.data(), shape));
    }
    for (auto& one : memory) {
      out.push_back(StridedView<T>::contiguous(one.data() + offset, shape));
    }
    const std::vector<AnyField> erased(fields.begin(), fields.end());
    const std::vector<AnyOutput> erased_out(out.begin(), out.end());
    evaluate({plan_.domain, plan_.formulas, erased, erased_out, block_}, {1}, tiling);
    for (auto& one : memory) {
      one.erase(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    return memory;
  }

 private:
  CalculusPlan plan_;
  HeldBlock block_;
  std::vector<std::vector<T>> fields_;
};

// Lines that follow each other in memory are one run if no axis is irregular; of periodic
// lines nothing is left out at their ends.
enum class Spacing { equal, periodic_lines, irregular_lines, irregular_rows };

Grid grid_of(Spacing spacing, const std::vector<std::size_t>& shape) {
  Random random(seed);
  const std::size_t last = shape.size() - 1;
  Grid grid;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool is_irregular = (spacing == Spacing::irregular_lines && axis == last) ||
                              (spacing == Spacing::irregular_rows && axis + 1 == last);
    Axis along = is_irregular ? Axis::at(random_positions(shape[axis], random))
                              : Axis::spaced(0.5);
    if (spacing == Spacing::periodic_lines && axis == last) {
      along = along.with_ends(Periodic{});
    }
    grid.along.push_back({axis, along});
  }
  return grid;
}

template <class T>
void expect_same(Calculus calculus, Spacing spacing,
                 const std::vector<std::size_t>& shape) {
  const Evaluated<T> evaluated(calculus, grid_of(spacing, shape), shape);
  Tiling whole;
  whole.plane = std::size_t{1} << 20;
  const auto expected = evaluated.results(whole, 0);
  for (const std::size_t plane : {1, 40, 1000}) {
    for (const std::size_t streamed_above : {std::size_t{0}, std::size_t{1} << 40}) {
      for (const std::size_t offset : {0, 1, 5}) {
        Tiling tiling;
        tiling.plane = plane;
        tiling.rows = 3;
        tiling.streamed_above = streamed_above;
        const auto results = evaluated.results(tiling, offset);
        for (std::size_t k = 0; k < results.size(); ++k) {
          EXPECT_TRUE(std::ranges::equal(results[k], expected[k], same_bits<T>))
              << plane << ' ' << streamed_above << ' ' << offset;
        }
      }
    }
  }
}

class FormulaOnTarget : public EveryTarget {};

TEST_P(FormulaOnTarget, HasTheSameBitsInAnyBoxesAndByStreamedStores) {
  const std::vector<std::vector<std::size_t>> shapes = {
      {9, 10, 64}, {6, 7, 131}, {12, 40}, {7, 8, 8}, {6, 3000}};
  for (const Calculus calculus :
       {Calculus::divergence, Calculus::laplacian, Calculus::magnitude}) {
    for (const Spacing spacing : {Spacing::equal, Spacing::periodic_lines,
                                  Spacing::irregular_lines, Spacing::irregular_rows}) {
      for (const auto& shape : shapes) {
        expect_same<float>(calculus, spacing, shape);
        expect_same<double>(calculus, spacing, shape);
      }
    }
  }
}

GRIDGRAD_FOR_EVERY_TARGET(FormulaOnTarget);

}  // namespace
}  // namespace gridgrad::test

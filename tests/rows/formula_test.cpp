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

template <class T>
void expect_same(Calculus calculus, const std::vector<std::size_t>& shape) {
  Random random(seed);
  Grid grid;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const Axis irregular = Axis::at(random_positions(shape[axis], random));
    grid.along.push_back({axis, axis == 1 ? irregular : Axis::spaced(0.5)});
  }
  const Evaluated<T> evaluated(calculus, grid, shape);
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
    for (const auto& shape : shapes) {
      expect_same<float>(calculus, shape);
      expect_same<double>(calculus, shape);
    }
  }
}

GRIDGRAD_FOR_EVERY_TARGET(FormulaOnTarget);

}  // namespace
}  // namespace gridgrad::test

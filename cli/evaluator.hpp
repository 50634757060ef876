// cli/evaluator.hpp: values and gradients of blocks of locations
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gridgrad/interpolant.hpp"
#include "gridgrad/io/any_array.hpp"
#include "located_field.hpp"
#include "points.hpp"

namespace gridgrad::cli {

// How many locations were asked for, and how many of them lie outside or are missing.
struct Tally {
  std::size_t all = 0;
  std::size_t outside = 0;
  std::size_t missing = 0;
};

class Evaluator {
 public:
  // Refers to all but the options. Throws Error as AnyInterpolant.
  Evaluator(const io::AnyArray& samples, const LocatedField& field,
            const InterpolantOptions& options, Execution execution);

  void evaluate(const PointBlock& block);

  // Calls f with the value, then the components, of a row of the last block.
  template <class F>
  void each_result(std::size_t row, F&& f) const {
    const std::size_t rank = interpolant_.rank();
    f(value_[row]);
    for (std::size_t k = 0; k < rank; ++k) f(gradient_[row * rank + k]);
  }

  // Of all blocks.
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  void count();

  AnyInterpolant interpolant_;
  const LocatedField& field_;
  Execution execution_;
  std::vector<double> value_;
  std::vector<double> gradient_;
  std::vector<std::uint8_t> status_;
  Tally tally_;
};

}  // namespace gridgrad::cli

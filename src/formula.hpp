// formula.hpp: a result as a combination of derivatives of fields
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "gridgrad/boundary.hpp"
#include "gridgrad/calculus.hpp"
#include "metric_terms.hpp"
#include "ranges.hpp"
#include "row_table.hpp"
#include "tiling.hpp"

namespace gridgrad {

// Rows along one axis of the field, and what is known at its ends.
struct RowStep {
  std::size_t axis;
  std::shared_ptr<const RowTable> table;
  std::array<EndValues, 2> ends = {};
};

// factor * rows of rows of (before * field), times a sample of field `multiplier`. The
// steps are along different axes, the first is taken first; without steps it is the
// sample itself.
struct Summand {
  std::size_t field = 0;
  boost::container::small_vector<RowStep, 2> steps = {};
  Factor factor = {};
  Factor before = {};
  std::optional<std::size_t> multiplier = {};
};

// Summed from the left; `magnitude` is the root of the sum of squares, `inclination` its
// arctangent; `direction` is the angle of the vector whose components are the second
// summand and the first, counter-clockwise from that of the second; of no vector it is
// missing, or 0. Angles are degrees.
enum class Combination : std::uint8_t {
  sum,
  magnitude,
  inclination,
  direction,
  direction_or_zero,
};

struct Formula {
  Combination combination = Combination::sum;
  std::vector<Summand> summands = {};
};

// How results and samples of a call are indexed: row i along an axis belongs to the
// sample i + shift.
struct Domain {
  std::vector<std::size_t> samples;  // extents of the fields
  std::vector<std::size_t> rows;     // of the results
  std::vector<std::size_t> shift;
};

// What one call holds of it, per axis.
struct HeldBlock {
  std::vector<Range> rows;
  std::vector<SampleRanges> samples;
};

struct FormulaCall {
  const Domain& domain;
  std::span<const Formula> formulas;
  std::span<const AnyField> fields;
  std::span<const AnyOutput> out;  // one per formula
  const HeldBlock& block;
};

// Computes every formula while a box of the fields is in the cache. Precondition: the
// call was checked. Results do not depend on the tiling.
void evaluate(const FormulaCall& call, Execution execution,
              const std::optional<Tiling>& tiling = {});

}  // namespace gridgrad

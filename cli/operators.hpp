// cli/operators.hpp: the operators on fields, and what each result of them is made of
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gridgrad/calculus.hpp"

namespace gridgrad::cli {

enum class Operator { grad, div, curl, lap, hess, jac, mag, dir, strain, slope, aspect };

// As it is typed.
[[nodiscard]] std::string name_of(Operator op);

// Whether its operands are the components of one vector.
[[nodiscard]] bool takes_vector(Operator op);

// Whether it is made of heights along two axes, east and north.
[[nodiscard]] bool is_of_terrain(Operator op);

// Operands are counted as components are: u, v, w; axes likewise.
struct ResultTerm {
  std::size_t operand;
  std::vector<std::size_t> axes;          // of the derivatives that are taken of it
  std::optional<std::size_t> times = {};  // the operand that it is multiplied by
};

struct ResultParts {
  std::string word;                   // for the name: "curl"
  std::vector<std::size_t> operands;  // likewise
  std::vector<std::size_t> axes;      // that the result belongs to
  std::vector<ResultTerm> terms;      // that are added up
};

// Those along so many axes, in the order in which they are computed.
[[nodiscard]] std::vector<ResultParts> results_of(Operator op, std::size_t axes);

// What the library calls them: their results follow each other. Not of terrain.
[[nodiscard]] std::vector<Calculus> calculus_of(Operator op, std::size_t axes);

}  // namespace gridgrad::cli

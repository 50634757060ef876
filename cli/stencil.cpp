// cli/stencil.cpp: a table of weights, the order they achieve and its error
//
// SPDX-License-Identifier: BSD-3-Clause

#include "stencil.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "gridgrad/error.hpp"
#include "gridgrad/stencil.hpp"

namespace gridgrad::cli {
namespace {

Stencil made(const StencilCommand& command) {
  if (command.offsets.empty()) {
    constexpr int usual = 2;
    return gridgrad::stencil(command.derivative, command.accuracy.value_or(usual),
                             command.bias);
  }
  if (command.accuracy || command.bias != Bias::central) {
    throw Error(ErrorCode::bad_argument, "offsets",
                "given with an accuracy or a bias, which follow from them; one or the "
                "other is needed");
  }
  return Stencil(command.derivative, command.offsets);
}

std::size_t widest(const std::vector<std::string>& column) {
  return std::ranges::max_element(column, {}, &std::string::size)->size();
}

// "h f''" would be hard to read for the higher ones.
std::string error_term(const Stencil& stencil) {
  return fmt::format("{} h^{} f^({})", stencil.error_constant(), stencil.accuracy(),
                     stencil.derivative() + stencil.accuracy());
}

}  // namespace

void stencil(const StencilCommand& command) {
  const Stencil stencil = made(command);
  std::vector<std::string> offsets = {"offset"};
  std::vector<std::string> fractions = {"fraction"};
  for (const int offset : stencil.offsets()) offsets.push_back(fmt::format("{}", offset));
  fractions.insert(fractions.end(), stencil.fractions().begin(),
                   stencil.fractions().end());
  const std::size_t left = widest(offsets);
  const std::size_t right = widest(fractions);
  for (std::size_t k = 0; k < offsets.size(); ++k) {
    const std::string weight =
        k == 0 ? "weight" : fmt::format("{}", stencil.weights()[k - 1]);
    fmt::print("{:>{}}  {:>{}}  {}\n", offsets[k], left, fractions[k], right, weight);
  }
  fmt::print("derivative {}, accuracy {}, error {}\n", stencil.derivative(),
             stencil.accuracy(), error_term(stencil));
}

}  // namespace gridgrad::cli

// gridgrad/scheme.hpp: which derivative is estimated, and how accurately
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <variant>

namespace gridgrad {

/// Which side of its sample a stencil takes. Forward and backward stencils (upwind
/// schemes) take the sample itself and those on one side.
enum class Bias { central, forward, backward };

/// NaN is data like any other, and spreads as arithmetic says.
struct NoneMissing {};

/// A result is missing where its stencil contains a missing sample, its own included.
struct Propagate {};

/// Where the stencil of a row contains a missing sample: among the runs of neighbouring
/// samples that are there, contain the row's own and lie within the reach of the scheme
/// (that of its rows inside and of its rows at one-sided ends), the one of the highest
/// accuracy, at most the scheme's; then the most central; then the lower one. The result
/// is missing where the own sample is, or where that accuracy is below `minimum`.
struct Adapt {
  int minimum = 1;
};

/// What becomes of samples that do not exist. Missing are NaN and what `masked` or
/// `filled` say; a missing result is NaN.
using Missing = std::variant<NoneMissing, Propagate, Adapt>;

/// By default the first derivative by second-order central differences, and first order
/// at one-sided ends.
struct Scheme {
  /// Order of the derivative: 1 to 6.
  int derivative = 1;
  /// Order of the truncation error, 1 to 20, even for central stencils; 2 if not set.
  std::optional<int> accuracy = {};
  /// Order of the rows at one-sided ends, 1 to 20. If not set: the accuracy, where that
  /// was set or the derivative is above 1, else 1.
  std::optional<int> edge_order = {};
  Bias bias = Bias::central;
  Missing missing = NoneMissing();
};

}  // namespace gridgrad

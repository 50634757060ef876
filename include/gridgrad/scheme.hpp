// gridgrad/scheme.hpp: which derivative is estimated, and how accurately
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

namespace gridgrad {

/// First derivative, second-order central differences inside.
struct Scheme {
  /// Order of the truncation error of the one-sided rows at the ends: 1 or 2.
  int edge_order = 1;
};

}  // namespace gridgrad

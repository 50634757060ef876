// gridgrad/stencil.hpp: exact weights of a derivative on equally spaced samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/api.hpp"
#include "gridgrad/scheme.hpp"

namespace gridgrad {

/// Weights w of the samples at offsets j, in
///
///   h^m f^(m)(x) = sum over j of w_j f(x + j h)
///
/// exact as fractions. Immutable.
class GRIDGRAD_API Stencil {
 public:
  /// The derivative of order `derivative`, 1 to 6, from the samples at `offsets`, in any
  /// order: 2 to 64 of them, at least derivative + 1, pairwise different, at most 1000
  /// far.
  ///
  /// Throws Error: bad_argument, too_few_samples. Cost: O(n^2) operations on integers.
  /// Source: Fornberg, Math. Comp. 51 (1988) 699-706.
  Stencil(int derivative, std::span<const int> offsets);

  /// Order of the derivative.
  [[nodiscard]] int derivative() const noexcept { return derivative_; }

  /// Order p of the truncation error that the weights achieve: they are exact for all
  /// polynomials of degree derivative + p - 1, and not for the next.
  [[nodiscard]] int accuracy() const noexcept { return accuracy_; }

  /// Increasing.
  [[nodiscard]] std::span<const int> offsets() const noexcept { return offsets_; }

  /// The doubles nearest to the fractions.
  [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }

  /// In lowest terms: "-1/12", "4/3", "0".
  [[nodiscard]] std::span<const std::string> fractions() const noexcept {
    return fractions_;
  }

  /// The fraction c of the leading error term: the sum is
  /// h^m f^(m) + c h^(m + p) f^(m + p) + ...
  [[nodiscard]] const std::string& error_constant() const noexcept {
    return error_constant_;
  }

  /// What the stencil makes of a wave exp(i theta j), theta in radians per sample:
  /// i^-m sum w_j exp(i j theta), which approximates theta^m. The imaginary part damps
  /// or amplifies the wave; it is 0 for central stencils.
  [[nodiscard]] std::complex<double> modified_wavenumber(double theta) const noexcept;

 private:
  int derivative_;
  int accuracy_ = 0;
  std::vector<int> offsets_;
  std::vector<double> weights_;
  std::vector<std::string> fractions_;
  std::string error_constant_;
};

/// The stencil that a scheme of this derivative, accuracy and bias has away from the ends
/// of an axis of equally spaced samples. Ranges and errors: as in Scheme.
[[nodiscard]] GRIDGRAD_API Stencil stencil(int derivative, int accuracy,
                                           Bias bias = Bias::central);

}  // namespace gridgrad

// support/bounds.hpp: how far a result may be from the exact one, and why
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace gridgrad::test {

// Half the distance from 1 to the next number of T: the relative error of one rounding.
template <class T>
inline constexpr double unit_roundoff = std::numeric_limits<T>::epsilon() / 2;

// Relative error of a product of k factors (1 + d), |d| <= u: Higham, Accuracy and
// Stability of Numerical Algorithms (2002), lemma 3.1.
inline double gamma(std::size_t k, double u) {
  const double ku = static_cast<double>(k) * u;
  return ku / (1 - ku);
}

// A row of n terms: each term is rounded in its weight, its difference and its product,
// then in at most n - 1 sums, then in the scale and in the product with it.
//
//   magnitude  |scale| * sum of |weight * difference|
template <class T>
double row_bound(std::size_t terms, double magnitude) {
  return gamma(terms + 4, unit_roundoff<T>) * magnitude;
}

// The same for samples that are themselves rounded values of a function: each brings a
// relative error u of its own into every difference it is in.
//
//   samples  |scale| * sum of |weight| (|f_j| + |f_i|)
template <class T>
double sampled_row_bound(std::size_t terms, double magnitude, double samples) {
  const double u = unit_roundoff<T>;
  return row_bound<T>(terms, magnitude + u * samples) + u * samples;
}

// An inner product of n pairs computed from the left in T.
template <class T>
double dot_bound(std::size_t pairs, double magnitude) {
  return gamma(pairs, unit_roundoff<T>) * magnitude;
}

// Error of the central difference of f with |f'''| <= third on neighbours h1 below and h2
// above: f''' h1 h2 / 6 (Taylor's remainder).
inline double central_truncation(double h1, double h2, double third) {
  return third * h1 * h2 / 6;
}

// Error of the one-sided difference of order 1, |f''| <= second: f'' h / 2; and of order
// 2 on nodes h and h + q away: f''' h (h + q) / 6.
inline double first_order_truncation(double h, double second) {
  return second * h / 2;
}
inline double second_order_truncation(double h, double q, double third) {
  return third * h * (h + q) / 6;
}

// Error of the gradient of a callable f by central rows of accuracy p with steps
// h = s eps^(1 / (p + 1)), eps = 2u, in units of eps^(p / (p + 1)) = eps s / h:
//
// * truncation, h^p |f^(p + 1)| ((p / 2)!)^2 / (p + 1)!: at most 1/6 s^p |f^(p + 1)|;
// * values wrong by an ulp, eps |f|: sum of |w_j| (|f_j| + |f_0|) is at most 2 H |f| / h,
//   H = 1 + 1/2 + ... + 1 / (p / 2) < 3 for p <= 20, so 6 |f| / s;
// * the row's arithmetic, gamma(p + 4) sum of |w_j (f_j - f_0)|: with f_j - f_0 at most
//   k h |f'| that sum is below 3 |f'| for p <= 10, and 3 (p + 4) u below eps^(p / (p +
//   1)).
//
// The terms that depend on f together are the condition; 20 covers their factors.
//
//   condition  |f| / s + s^p |f^(p + 1)| + |f'|, each the largest at the nodes
inline double callable_bound(int accuracy, double condition) {
  constexpr double factor = 20;
  const double power = static_cast<double>(accuracy) / (accuracy + 1);
  return factor * std::pow(2 * unit_roundoff<double>, power) * condition;
}

// A part of a complex elementary function of the C library: at most 8 ulp (glibc's
// manual, "Known Maximum Errors in Math Functions").
inline double complex_function_bound(double exact) {
  constexpr double ulps = 8;
  return ulps * 2 * unit_roundoff<double> * std::abs(exact);
}

// Partial derivatives of an interpolant. Per axis: a fraction of the cell (2 roundings),
// its cubics (5), slopes at two samples (rows rounded once, their scale, two products and
// sums: 6), the sum of three products (5), then of at most 6 terms, each of a difference
// and a product (8), and one sample added (1): 27. Differences from the sample in the
// base of a window are at most twice the largest sample.
//
//   weights  sum of absolute weights that the cubics of the cells reach at most
//   largest  sample or end value
//   shift    sum over axes of coordinates that a location is compared with, in cells:
//   each
//            is rounded once or twice. Moving a location by d cells moves value and
//            derivatives by at most 7 d of their weights (the largest slope of one of
//            Hermite's cubics, H10, is 6.75 times its largest value), and cells whose
//            width is wrong by d by at most 2 d
inline double interpolant_bound(std::size_t rank, double weights, double largest,
                                double shift) {
  constexpr std::size_t roundings = 27;
  const double u = unit_roundoff<double>;
  const double moved = (7 + 2) * 2 * u * shift;
  return (2 * gamma(roundings * rank, u) + moved) * weights * largest;
}

// What the coefficients of a spline add to that. Elimination without pivots on totally
// positive equations of up to 4 weights (each off by 8 roundings of a recurrence) has a
// backward error of 8 + 3 roundings of every entry. Its inverse is at most 10.1 (de
// Boor's D_4: how much larger coefficients are than their spline) times the largest sum
// of absolute weights of the samples. Sums of absolute B-splines are 1, of their first
// derivatives 6 / h and of their second 24 / h^2 at most.
//
//   weights  of the value, see above
//   basis    product over axes of 1, 6 / h or 24 / h^2
inline double spline_bound(std::size_t rank, double weights, double largest,
                           double basis) {
  constexpr std::size_t roundings = 8 + 3;
  constexpr double coefficients = 10.1;
  return gamma(roundings * rank, unit_roundoff<double>) *
         std::pow(coefficients, static_cast<double>(rank)) * weights * largest * basis;
}

}  // namespace gridgrad::test

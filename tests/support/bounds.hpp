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

// What a location and cells that are rounded add to partial derivatives of an
// interpolant. Moving a location by d cells moves them by at most 7 d of their weights
// (the largest slope of one of Hermite's cubics, H10, is 6.75 times its largest value),
// and cells whose width is wrong by d by at most 9 d: it stands in the fraction of the
// cell and in up to two factors.
//
//   weights  sum of absolute weights that the cubics of the cells reach at most
//   largest  sample or end value
//   shift    sum over axes of coordinates that a location is compared with, in cells:
//            each is rounded once or twice
inline double moved_bound(double weights, double largest, double shift) {
  return (7 + 9) * 2 * unit_roundoff<double> * shift * weights * largest;
}

// Partial derivatives of an interpolant. With t = u / h, a sample has the weight
//
//   c0 + (c1 + (c2 + c3 u) u) u,   c1 = a, c2 = (3 s / h - 2 a - b) / h,
//   c3 = (a + b - 2 s / h) / h^2
//
// of slopes a and b at the ends of the cell, and of s = 1 for the sample at its upper
// end. c0 is 0, c2 and c3 are rounded once, and by then 2, 5 and 6 roundings have gone
// into the terms of c1, c2 and c3 of the value:
//
//   value   2 |c1 u| + 5 |c2 u^2| + 6 |c3 u^3| <= 27 s + 18 |a| h + 11 |b| h
//   first   2 |c1| + 5 |2 c2 u| + 7 |3 c3 u^2| <= 72 s / h + 43 |a| + 31 |b|
//   second  4 |2 c2| + 6 |6 c3 u|              <= 96 s / h^2 + 52 |a| / h + 44 |b| / h
//
// Among the largest values that make up `weights` those of s, a and b are 1, 4 h / 27 and
// 4 h / 27 for the value: no bound above is more than 18 * 27 / 4 < 122 times its own,
// that of a. To it come, per axis, the slopes (a product with the scale of their row and
// up to 3 sums, in the reference as well: 8), a difference, a product, up to 4 sums and
// the base (7). Differences from the sample in the base of a window are at most twice the
// largest sample.
inline double interpolant_bound(std::size_t rank, double weights, double largest,
                                double shift) {
  constexpr std::size_t roundings = 122 + 8 + 7;
  const double rounded = 2 * gamma(roundings * rank, unit_roundoff<double>);
  return rounded * weights * largest + moved_bound(weights, largest, shift);
}

// The same of a spline. Its coefficients are at most 10.1 times as large (de Boor's D_4)
// as the spline, the samples less their first at most 2 `largest`.
//
// Evaluation. Sums of absolute B-splines are 1, of their first derivatives 6 / h and of
// their second 24 / h^2 at most: so are those of a and b above, at most 6 / h, and of s,
// at most 2. With c0 each term has one rounding more: 1 + 32 * 2 + (22 + 13) * 6 = 275
// for the value, and less of `basis` for its derivatives. B-splines themselves are off by
// 25 at the ends of the cell, their differences by 2 more and their slopes by 20 of 6 /
// h, which makes at most 27 + 2 * 20 * 6 * 4 / 27 < 63 within it. A difference, a
// product, 2 sums and the base are 5.
//
// Coefficients. Rows that add up to 1 are off by 25, their elimination without pivots by
// as many roundings of each entry as it does with it, 11; a period that is closed by a
// second solution doubles both. What is computed is the spline of samples that are off by
// that times the largest coefficient.
//
//   weights  of the value, see above
//   basis    product over axes of 1, 6 / h or 24 / h^2
//   reach    product over axes of that or the sum of absolute weights, the larger
inline double spline_bound(std::size_t rank, double weights, double largest, double basis,
                           double reach) {
  constexpr std::size_t evaluation = 275 + 63 + 5;
  constexpr std::size_t elimination = 2 * (25 + 11);
  constexpr double condition = 10.1;
  const double u = unit_roundoff<double>;
  const double coefficient =
      std::pow(condition, static_cast<double>(rank)) * weights * 2 * largest;
  return (gamma(evaluation * rank, u) * basis + gamma(elimination * rank, u) * reach) *
         coefficient;
}

// A derivative of a polynomial fitted to the differences of n samples, degree by degree.
// An inner product of the fit is off by gamma(n + 2) of the norms of its vectors, and
// each degree subtracts a projection that is off by as much from what is left over: what
// the lower ones of d + 1 degrees left wrong goes into the higher ones. With weights
// whose norm is the noise gain all of it is at most
//
//   (d + 1)^2 gamma(n + 8) noise_gain |differences|
//
//   magnitude  noise_gain times the norm of the differences, |f_j| u included
template <class T>
double fit_bound(std::size_t samples, int degree, double magnitude) {
  const int degrees = degree + 1;
  return degrees * degrees * gamma(samples + 8, unit_roundoff<T>) * magnitude;
}

// A filter of a wave of amplitude 1, whose output is at most 1 / T. A step of the
// recurrence has the rounding of two samples, at most 2 u / (T + h / 2), and at most 6
// more of the output; each dies away by a factor of at most T / (T + h) per sample, so
// they add up to (T + h) / h of one.
inline double filter_bound(double time_constant, double h) {
  constexpr std::size_t roundings = 8;
  const double output = 1 / time_constant;
  return gamma(roundings, unit_roundoff<double>) * 2 * output * (time_constant + h) / h;
}

// What a curl of a gradient, or a divergence of a curl, on a staggered grid leaves of 0.
// Every way from a value to the result has the same factors, measures rounded alike among
// them, and every value has as many ways with one sign as with the other: exactly the sum
// is 0. A value of the first operator has a product with a length, a difference, a sum
// and a quotient; one of the second a product with an area, a difference, two sums and a
// quotient. Each rounds once.
//
//   magnitude  the two operators with all their terms made positive
template <class T>
double identity_bound(double magnitude) {
  constexpr std::size_t roundings = 4 + 5;
  return gamma(roundings, unit_roundoff<T>) * magnitude;
}

}  // namespace gridgrad::test

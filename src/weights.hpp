// weights.hpp: weights of a derivative on arbitrary nodes
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>

#include "double_double.hpp"
#include "rounded.hpp"

namespace gridgrad {

// Nodes of a row besides its own sample.
inline constexpr std::size_t most_neighbours = 32;

// Weights w of the m-th derivative at node 0, m = derivative, per unit^m, in difference
// form:
//
//   f^(m)(x_0) = sum over j >= 1 of w[j - 1] (f_j - f_0)
//
// Exact for polynomials of degree nodes.size(). Each is the exact value rounded once, or
// 0 where it is at most 2^-80 of the largest.
//
//   nodes    x_j - x_0 for j >= 1: exact, pairwise different, none 0; at least m of them,
//            at most most_neighbours
//   weights  as many
//
// Lagrange's basis polynomials expanded about x_0: Fornberg, Math. Comp. 51 (1988)
// 699-706. O(n^2) operations of 106 bits, of 2400 bits where those do not decide a
// rounding.
void derivative_weights(std::span<const DoubleDouble> nodes, int derivative, double unit,
                        std::span<Rounded> weights);

// The same for a row that lies at x, where there need be no sample:
//
//   f^(m)(x) = sum over j of w[j] f_j,   the w[j] of m >= 1 adding up to 0
//
// Exact for polynomials of degree nodes.size() - 1.
//
//   nodes    x_j - x for every sample of the row, pairwise different, one may be 0; more
//            than m of them, at most most_neighbours
//   weights  as many
void weights_between(std::span<const DoubleDouble> nodes, int derivative, double unit,
                     std::span<Rounded> weights);

// The same where the slope at one node is known too, s = f'(x_end) per unit:
//
//   f^(m)(x_0) = sum over j >= 1 of w[j - 1] (f_j - f_0) + w.back() s
//
//   end      0 for the own node, else j as above
//   weights  one more than nodes
//
// Hermite's basis polynomials expanded about x_0, in 2400 bits.
void slope_weights(std::span<const DoubleDouble> nodes, std::size_t end, int derivative,
                   double unit, std::span<Rounded> weights);

}  // namespace gridgrad

// cli/operators.cpp: names of operators, and the formulas behind their results
//
// SPDX-License-Identifier: BSD-3-Clause

#include "operators.hpp"

#include <numeric>
#include <utility>

namespace gridgrad::cli {
namespace {

std::vector<std::size_t> all_of(std::size_t count) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

ResultParts divergence(std::size_t axes) {
  ResultParts parts{"div", all_of(axes), {}, {}};
  for (std::size_t i = 0; i < axes; ++i) parts.terms.push_back({i, {i}});
  return parts;
}

std::vector<ResultParts> curl(std::size_t axes) {
  if (axes == 2) return {{"curl", {0, 1}, {}, {{1, {0}}, {0, {1}}}}};
  std::vector<ResultParts> results;
  for (std::size_t k = 0; k < axes; ++k) {
    const std::size_t i = (k + 1) % axes;
    const std::size_t j = (k + 2) % axes;
    results.push_back({"curl", all_of(axes), {k}, {{j, {i}}, {i, {j}}}});
  }
  return results;
}

// One result of every axis alone.
ResultParts of_each(const char* word, std::size_t axes, std::size_t derivative) {
  ResultParts parts{word, {0}, {}, {}};
  for (std::size_t i = 0; i < axes; ++i) {
    parts.terms.push_back({0, std::vector(derivative, i)});
  }
  return parts;
}

ResultParts directional(std::size_t axes) {
  ResultParts parts = of_each("dir", axes, 1);
  for (std::size_t i = 0; i < axes; ++i) parts.terms[i].times = i + 1;
  return parts;
}

// Results of pairs of axes i <= j, or i < j.
void add_pairs(const char* word, std::size_t axes, bool has_diagonal,
               std::vector<ResultParts>& results) {
  for (std::size_t i = 0; i < axes; ++i) {
    for (std::size_t j = has_diagonal ? i : i + 1; j < axes; ++j) {
      results.push_back({word, all_of(axes), {i, j}, {{i, {j}}, {j, {i}}}});
    }
  }
}

std::vector<ResultParts> hessian(std::size_t axes) {
  std::vector<ResultParts> results;
  add_pairs("hess", axes, true, results);
  for (ResultParts& result : results) {
    result.operands = {0};
    result.terms = {{0, result.axes}};
  }
  return results;
}

}  // namespace

std::string name_of(Operator op) {
  switch (op) {
    case Operator::grad:
      return "grad";
    case Operator::div:
      return "div";
    case Operator::curl:
      return "curl";
    case Operator::lap:
      return "lap";
    case Operator::hess:
      return "hess";
    case Operator::jac:
      return "jac";
    case Operator::mag:
      return "mag";
    case Operator::dir:
      return "dir";
    case Operator::strain:
      return "strain";
    case Operator::slope:
      return "slope";
    case Operator::aspect:
      break;
  }
  return "aspect";
}

bool is_of_terrain(Operator op) {
  return op == Operator::slope || op == Operator::aspect;
}

bool takes_vector(Operator op) {
  return op == Operator::div || op == Operator::curl || op == Operator::jac ||
         op == Operator::strain;
}

std::vector<ResultParts> results_of(Operator op, std::size_t axes) {
  std::vector<ResultParts> results;
  switch (op) {
    case Operator::grad:
      for (std::size_t i = 0; i < axes; ++i) {
        results.push_back({"grad", {0}, {i}, {{0, {i}}}});
      }
      return results;
    case Operator::div:
      return {divergence(axes)};
    case Operator::curl:
      return curl(axes);
    case Operator::lap:
      return {of_each("lap", axes, 2)};
    case Operator::hess:
      return hessian(axes);
    case Operator::jac:
      for (std::size_t i = 0; i < axes; ++i) {
        for (std::size_t j = 0; j < axes; ++j) {
          results.push_back({"jac", {i}, {j}, {{i, {j}}}});
        }
      }
      return results;
    case Operator::mag:
      return {of_each("mag", axes, 1)};
    case Operator::dir:
      return {directional(axes)};
    case Operator::slope:
    case Operator::aspect:
      return {{name_of(op), {0}, {}, {}}};
    case Operator::strain:
      break;
  }
  add_pairs("strain", axes, true, results);
  add_pairs("rotation", axes, false, results);
  return results;
}

std::vector<Calculus> calculus_of(Operator op, std::size_t axes) {
  switch (op) {
    case Operator::grad:
      return {Calculus::gradient};
    case Operator::div:
      return {Calculus::divergence};
    case Operator::curl:
      return {Calculus::curl};
    case Operator::lap:
      return {Calculus::laplacian};
    case Operator::hess:
      return {Calculus::hessian};
    case Operator::jac:
      return {Calculus::jacobian};
    case Operator::mag:
      return {Calculus::magnitude};
    case Operator::dir:
      return {Calculus::directional};
    case Operator::slope:
    case Operator::aspect:
      return {};
    case Operator::strain:
      break;
  }
  if (axes == 1) return {Calculus::strain_rate};
  return {Calculus::strain_rate, Calculus::rotation};
}

}  // namespace gridgrad::cli

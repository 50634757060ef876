// cli/result_labels.cpp: titles in words, and units composed
//
// SPDX-License-Identifier: BSD-3-Clause

#include "result_labels.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "component_names.hpp"
#include "gridgrad/error.hpp"
#include "labels.hpp"
#include "metadata.hpp"
#include "units.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;

// "second ", before the word derivative; nothing for the first.
std::string_view ordinal(int derivative) {
  constexpr std::array<std::string_view, 6> ordinals = {"",        "second ", "third ",
                                                        "fourth ", "fifth ",  "sixth "};
  return ordinals[static_cast<std::size_t>(derivative) - 1];
}

// "a, b and c".
std::string in_words(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t k = 0; k < words.size(); ++k) {
    if (k > 0) text += k + 1 == words.size() ? " and " : ", ";
    text += words[k];
  }
  return text;
}

class Labels {
 public:
  Labels(const Dataset& dataset, const LabelledOperation& operation)
      : dataset_(dataset), operation_(operation) {}

  [[nodiscard]] std::string title(const ResultParts& parts) const {
    const std::string operands = titles_of_operands(parts.operands);
    const std::string axes = titles_of_axes(parts.axes);
    switch (operation_.operation.op) {
      case Operator::grad:
      case Operator::jac:
        return std::string(ordinal(operation_.field.derivative)) + "derivative of " +
               operands + per() + axes;
      case Operator::hess:
        return "second derivative of " + operands + per() +
               (parts.axes[0] == parts.axes[1] ? titles_of_axes({parts.axes[0]}) : axes);
      case Operator::div:
        return "divergence of " + operands;
      case Operator::curl:
        return "curl of " + operands + (axes.empty() ? "" : ", component along " + axes);
      case Operator::lap:
        return "Laplacian of " + operands;
      case Operator::mag:
        return "magnitude of the gradient of " + operands;
      case Operator::slope:
      case Operator::aspect:
        return name_of(operation_.operation.op) + " of " + operands;
      case Operator::dir:
        return "derivative of " + operands + " along " + direction();
      case Operator::strain:
        break;
    }
    const std::string which = parts.word == "strain" ? "strain rate" : "rotation";
    return which + " of " + operands + ", component of " + axes;
  }

  // The unit of all terms. Throws Error: bad_argument if they have several.
  [[nodiscard]] std::optional<std::string> unit(const ResultParts& parts) const {
    if (is_of_terrain(operation_.operation.op)) return unit_of_terrain();
    const bool is_plain = operation_.operation.op == Operator::grad &&
                          operation_.operation.metric.is_cartesian();
    if (is_plain) return component_unit(operation_.field, component(parts.axes[0]));
    std::optional<Unit> common;
    bool is_known = true;
    for (const ResultTerm& term : terms_of(parts)) {
      const std::optional<Unit> own = unit(term);
      if (own && common && !(*own == *common)) {
        // The numbers of a direction may have units that nobody wrote down.
        if (!operation_.operation.constants.empty()) return std::nullopt;
        refuse(parts, *common, term, *own);
      }
      if (own && !common) common = own;
      is_known = is_known && own;
    }
    return is_known && common ? std::optional(common->text()) : std::nullopt;
  }

 private:
  [[nodiscard]] const Component& component(std::size_t axis) const {
    return operation_.field.components[axis];
  }

  [[nodiscard]] std::string unit_of_terrain() const {
    const Terrain& terrain = operation_.operation.terrain;
    const bool is_angle =
        operation_.operation.op == Operator::aspect || terrain.unit == SlopeUnit::degrees;
    if (is_angle) return "degree";
    return terrain.unit == SlopeUnit::percent ? "%" : "1";
  }

  // On a curved grid components are added to the derivatives of others, too.
  [[nodiscard]] std::vector<ResultTerm> terms_of(const ResultParts& parts) const {
    std::vector<ResultTerm> terms = parts.terms;
    const bool has_others = operation_.operation.op == Operator::jac &&
                            !operation_.operation.metric.is_cartesian();
    for (std::size_t k = 0; has_others && k < operation_.operands.size(); ++k) {
      terms.push_back({k, parts.terms.front().axes});
    }
    return terms;
  }

  // Derivatives per length are not with respect to a latitude.
  [[nodiscard]] const char* per() const {
    return operation_.operation.metric.is_cartesian() ? " with respect to "
                                                      : " per length along ";
  }

  [[nodiscard]] std::string titles_of_operands(
      const std::vector<std::size_t>& operands) const {
    std::vector<std::string> titles;
    for (const std::size_t operand : operands) {
      titles.push_back(title_of(*operation_.operands[operand]));
    }
    return in_words(titles);
  }

  [[nodiscard]] std::string titles_of_axes(const std::vector<std::size_t>& axes) const {
    std::vector<std::string> titles;
    for (const std::size_t axis : axes) {
      const std::size_t dimension =
          operation_.field.variable->dimensions[component(axis).axis];
      const io::Variable* const coordinate = coordinate_of(dataset_, dimension);
      titles.push_back(coordinate == nullptr ? component(axis).name
                                             : title_of(*coordinate));
    }
    return in_words(titles);
  }

  [[nodiscard]] std::string direction() const {
    const std::vector<double>& numbers = operation_.operation.constants;
    if (!numbers.empty()) return fmt::format("({})", fmt::join(numbers, ", "));
    std::vector<std::size_t> operands;
    for (std::size_t k = 1; k < operation_.operands.size(); ++k) operands.push_back(k);
    return titles_of_operands(operands);
  }

  [[nodiscard]] std::optional<Unit> unit_of_operand(std::size_t operand) const {
    // Numbers have none.
    if (operand >= operation_.operands.size()) return Unit("1");
    const std::string text =
        io::text_of(operation_.operands[operand]->attributes, "units");
    return text.empty() ? std::nullopt : std::optional<Unit>(text);
  }

  [[nodiscard]] std::optional<Unit> unit(const ResultTerm& term) const {
    std::optional<Unit> unit = unit_of_operand(term.operand);
    if (!unit) return std::nullopt;
    if (term.times) {
      const std::optional<Unit> factor = unit_of_operand(*term.times);
      if (!factor) return std::nullopt;
      unit->multiply(*factor, 1);
    }
    for (const std::size_t axis : term.axes) {
      const auto& per = component(axis).positions.unit;
      if (!per) return std::nullopt;
      // North and east are no units of their own.
      const std::string_view length = is_degree(*per) ? "degree" : std::string_view(*per);
      if (!length.empty()) unit->multiply(Unit(length), -1);
    }
    return unit;
  }

  [[nodiscard]] std::string term_text(const ResultTerm& term) const {
    std::string text = operation_.operands[term.operand]->name + " along " +
                       component(term.axes.front()).name;
    if (term.times && *term.times < operation_.operands.size()) {
      text = operation_.operands[*term.times]->name + " times that of " + text;
    }
    return text;
  }

  [[noreturn]] void refuse(const ResultParts& parts, const Unit& common,
                           const ResultTerm& term, const Unit& own) const {
    const Operator op = operation_.operation.op;
    throw Error(ErrorCode::bad_argument, "units",
                fmt::format("mixed units: the derivative of {} is in {}, of {} in {}; {} "
                            "adds them up{}",
                            term_text(parts.terms.front()), common.text(),
                            term_text(term), own.text(), name_of(op),
                            takes_vector(op) ? "" : ", and -x chooses axes"));
  }

  const Dataset& dataset_;
  const LabelledOperation& operation_;
};

ResultWords words_for(const LabelledOperation& operation, const ResultParts& parts) {
  ResultWords words{parts.word, {}, {}, operation.field.derivative};
  for (const std::size_t operand : parts.operands) {
    words.variables.push_back(operation.operands[operand]->name);
  }
  for (const std::size_t axis : parts.axes) {
    words.axes.push_back(operation.field.components[axis].name);
  }
  return words;
}

}  // namespace

std::vector<LabelledResult> labels_of(const Dataset& dataset,
                                      const LabelledOperation& operation,
                                      const std::string& name_template) {
  const Labels labels(dataset, operation);
  std::vector<LabelledResult> results;
  const std::size_t axes = operation.field.components.size();
  for (const ResultParts& parts : results_of(operation.operation.op, axes)) {
    results.push_back({result_name(words_for(operation, parts), name_template),
                       labels.title(parts), labels.unit(parts)});
  }
  return results;
}

}  // namespace gridgrad::cli

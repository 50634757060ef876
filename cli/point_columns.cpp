// cli/point_columns.cpp: names first, then what the attributes of an axis say it is
//
// SPDX-License-Identifier: BSD-3-Clause

#include "point_columns.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/core.h>

#include "gridgrad/error.hpp"
#include "labels.hpp"
#include "suggestion.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "points", message);
}

template <class Fits>
std::vector<std::size_t> columns_that(const std::vector<std::string>& columns,
                                      Fits&& fits) {
  std::vector<std::size_t> found;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    if (fits(columns[k])) found.push_back(k);
  }
  return found;
}

// What a column of another axis is called is not what was meant.
std::string near_name(const PointAxis& axis, const std::vector<PointAxis>& axes,
                      const std::vector<std::string>& columns) {
  std::vector<std::string> others;
  std::ranges::copy_if(columns, std::back_inserter(others), [&](const auto& column) {
    return std::ranges::find(axes, column, &PointAxis::name) == axes.end();
  });
  std::string near = suggestion(axis.name, others);
  for (const std::string& alias : axis.aliases) {
    if (near.empty()) near = suggestion(alias, others);
  }
  return near;
}

[[noreturn]] void refuse_without(const PointAxis& axis,
                                 const std::vector<PointAxis>& axes,
                                 const std::vector<std::string>& columns) {
  std::vector<std::string> aliases = axis.aliases;
  std::erase(aliases, lower(axis.name));
  const std::string also = aliases.empty() ? "" : " (nor " + joined(aliases) + ")";
  refuse(
      fmt::format("no column is named {0}{1}; the columns are {2}{3}; --pick {0}=0 "
                  "takes the first sample along this axis",
                  axis.name, also, joined(columns), near_name(axis, axes, columns)));
}

std::size_t column_of(const PointAxis& axis, const std::vector<PointAxis>& axes,
                      const std::vector<std::string>& columns) {
  auto found = columns_that(columns, [&](const auto& name) { return name == axis.name; });
  if (found.empty()) {
    found = columns_that(
        columns, [&](const auto& name) { return lower(name) == lower(axis.name); });
  }
  if (found.empty()) {
    found = columns_that(columns, [&](const auto& name) {
      return std::ranges::find(axis.aliases, lower(name)) != axis.aliases.end();
    });
  }
  if (found.empty()) refuse_without(axis, axes, columns);
  if (found.size() == 1) return found[0];
  std::vector<std::string> names;
  names.reserve(found.size());
  for (const std::size_t k : found) names.push_back(columns[k]);
  refuse(joined(names) + " are all columns of axis " + axis.name + "; one is needed");
}

}  // namespace

std::vector<std::size_t> point_columns(const std::vector<PointAxis>& axes,
                                       const std::vector<std::string>& columns,
                                       Notes notes) {
  std::vector<std::size_t> chosen;
  for (const PointAxis& axis : axes) {
    const std::size_t column = column_of(axis, axes, columns);
    const auto other = std::ranges::find(chosen, column);
    if (other != chosen.end()) {
      const auto k = static_cast<std::size_t>(other - chosen.begin());
      refuse("column " + columns[column] + " could be axis " + axes[k].name + " or " +
             axis.name + "; columns named as the axes are needed");
    }
    chosen.push_back(column);
  }
  for (std::size_t k = 0; k < axes.size(); ++k) {
    if (columns[chosen[k]] == axes[k].name) continue;
    note(notes,
         fmt::format("column {} taken for axis {}", columns[chosen[k]], axes[k].name));
  }
  return chosen;
}

}  // namespace gridgrad::cli

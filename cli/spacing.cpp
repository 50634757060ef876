// cli/spacing.cpp: a number, else a variable, else a file
//
// SPDX-License-Identifier: BSD-3-Clause

#include "spacing.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/npy.hpp"
#include "gridgrad/io/part_file.hpp"
#include "gridgrad/io/text.hpp"
#include "suggestion.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

// Stamps that are no time: the lowest integer, by NumPy's convention.
void require_times(const io::AnyArray& stamps, const std::string& path) {
  const auto& ticks = std::get<Array<std::int64_t>>(stamps);
  const auto* const end = ticks.data() + ticks.size();
  const auto* const found =
      std::find(ticks.data(), end, std::numeric_limits<std::int64_t>::min());
  if (found == end) return;
  throw Error(
      ErrorCode::bad_argument, path,
      "position " + std::to_string(found - ticks.data()) + " is NaT; times are needed");
}

Positions read_npy(const std::string& path) {
  io::NpyReader reader(io::File::open(path));
  const std::optional<double> ticks_per_second = reader.header().ticks_per_second;
  const io::AnyArray positions = reader.read();
  if (!ticks_per_second) return {axis_at(positions), std::nullopt, std::nullopt};
  require_times(positions, path);
  const bool are_dates = reader.header().dtype.find('M') != std::string::npos;
  return {axis_at(positions).per(*ticks_per_second), "s",
          are_dates ? std::optional(clock_of(*ticks_per_second)) : std::nullopt};
}

Positions read_file(const std::string& path) {
  const io::Format format = io::recognise(path);
  if (format == io::Format::npy) return read_npy(path);
  if (format == io::Format::text) {
    return {axis_at(io::read_text(path)), std::nullopt, std::nullopt};
  }
  throw Error(ErrorCode::bad_argument, "spacing",
              path + " is a file of named variables; .npy and text are accepted");
}

// "0.5", or "0.5@-10" where the first sample is not at 0.
std::optional<Axis> equally_spaced(const std::string& word) {
  const std::size_t at = word.find('@');
  const auto spacing = number_of(std::string_view(word).substr(0, at));
  if (!spacing) return std::nullopt;
  if (at == std::string::npos) return Axis::spaced(*spacing);
  const auto first = number_of(std::string_view(word).substr(at + 1));
  return first ? std::optional(Axis::spaced(*spacing, *first)) : std::nullopt;
}

Positions resolve(const std::string& word, const std::string& axis,
                  const VariablePositions& from_variable) {
  try {
    if (auto rule = equally_spaced(word)) return {*rule, std::nullopt, std::nullopt};
    if (auto positions = from_variable.read(word)) return std::move(*positions);
    if (io::name_is_taken(word)) return read_file(word);
  } catch (const Error& error) {
    throw Error(error.code(), "axis " + axis, error.what());
  }
  throw Error(ErrorCode::bad_argument, "spacing",
              "'" + word +
                  "' given; a number, a variable of the input, or a .npy or text file "
                  "is accepted" +
                  suggestion(word, from_variable.names));
}

}  // namespace

Axis axis_at(const io::AnyArray& positions) {
  return io::with_view(positions, [](const auto& view) { return Axis::at(view); });
}

Axis axis_at(const io::AnyArray& positions, std::span<const std::size_t> extents) {
  return std::visit(
      [&]<class T>(const Array<T>& typed) {
        return Axis::at(StridedView<const T>::contiguous(typed.data(), extents));
      },
      positions);
}

std::vector<Positions> spacings(const std::vector<std::string>& words,
                                const std::vector<std::string>& axes,
                                const VariablePositions& from_variable) {
  if (words.size() != 1 && words.size() != axes.size()) {
    throw Error(ErrorCode::bad_argument, "spacing",
                std::to_string(words.size()) + " given for " +
                    std::to_string(axes.size()) + (axes.size() == 1 ? " axis" : " axes") +
                    "; one for all or one per axis is accepted");
  }
  std::vector<Positions> rules;
  for (std::size_t k = 0; k < axes.size(); ++k) {
    rules.push_back(resolve(words[words.size() == 1 ? 0 : k], axes[k], from_variable));
  }
  return rules;
}

}  // namespace gridgrad::cli

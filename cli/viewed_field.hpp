// cli/viewed_field.hpp: fields on one grid that a picture is made of, before they are
// read
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "component.hpp"
#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/dataset.hpp"
#include "labels.hpp"
#include "pictures/picture.hpp"

namespace gridgrad::cli {

struct ViewedAxis {
  std::string name;    // as options have it: "lat", "0"
  std::string called;  // in sentences: "lat", "axis 0"
  std::string title;   // "latitude"
  std::string unit;    // "degrees_north"
  std::size_t extent = 0;
  AxisKind kind = AxisKind::space;
  std::optional<Direction> direction;
  bool is_vertical = false;  // a height, a depth or a pressure
  Positions positions;
  bool has_positions = false;  // others are counted
  Upwards upwards = Upwards::smaller;
};

enum class FieldKind {
  plain,
  derivative,  // of either sign
  angle,       // in degrees, of a circle
};

// Of a box, in C order.
struct ViewedSamples {
  std::vector<double> real;
  std::vector<double> imaginary;  // empty for real fields
};

struct ViewedField {
  std::string name;
  std::string title;  // without the unit
  std::string unit;   // may be empty
  FieldKind kind = FieldKind::plain;
  bool is_complex = false;
  std::size_t bytes_of_sample = sizeof(double);
  std::vector<std::size_t> chunks;  // extents, as in the file; empty: none
  // The axis along which it is a component of a vector.
  std::optional<std::size_t> component_along;
  // The samples of a box of the grid, unpacked, missing ones as NaN.
  std::function<ViewedSamples(const io::Box&)> read;
};

struct ViewedGrid {
  std::string title;
  std::vector<ViewedAxis> axes;
  std::vector<ViewedField> fields;      // one at least, all with these axes
  std::vector<std::size_t> slow_first;  // the axes in the order in which they are stored
};

// What the first axis of an array is.
enum class FirstAxis {
  guessed,     // one of components, if it is as long as there are others
  plain,       // one of the field
  components,  // of a vector
};

// What is asked of an input.
struct ViewRequest {
  std::string input;
  Selection selection;
  Notes notes = Notes::shown;
  FirstAxis first_axis = FirstAxis::guessed;
};

// Those of a box of an array, as numbers.
[[nodiscard]] ViewedSamples viewed_samples(const io::AnyArray& array, const io::Box& box);

// Of an array; `-s` may say where its samples stand. Throws Error: bad_argument,
// bad_axis, bad_type, io.
[[nodiscard]] ViewedGrid viewed_array(const ViewRequest& request);

// Of variables of a labelled file that have the same axes: those named, else the first
// floating one and all like it. Throws Error: bad_argument, bad_axis, bad_type naming
// what there is.
[[nodiscard]] ViewedGrid viewed_variables(const ViewRequest& request);

// The results of an operator that stand in an array, one after the other if they are
// several, as fields of the grid that they are those of.
struct ViewedResults {
  Operator op = Operator::grad;
  int derivative = 1;
  std::vector<std::size_t> axes;  // that were differentiated along
};

// Of more than a picture shows, the first.
void add_array_results(ViewedGrid& grid, const std::string& path,
                       const ViewedResults& results);

// More make neither layers nor panels that people look through.
inline constexpr std::size_t most_fields = 6;

// Of columns of a log. Throws Error as read_log and grouped.
[[nodiscard]] ViewedGrid viewed_log(const ViewRequest& request);

// Of any of these.
[[nodiscard]] ViewedGrid viewed_input(const ViewRequest& request);

// Throws Error: bad_argument, where all samples of the first field are missing.
[[noreturn]] void refuse_all_missing(const ViewedGrid& grid);

// What a picture of a file without titles is called: its name.
[[nodiscard]] std::string file_title(const std::string& input);

// "speed (m s-1)"; the title alone where there is none, or it is 1.
[[nodiscard]] std::string with_unit(const std::string& title, const std::string& unit);

}  // namespace gridgrad::cli

// cli/command.hpp: what the user asked for
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gridgrad/execution.hpp"
#include "gridgrad/interpolant.hpp"
#include "gridgrad/io/part_file.hpp"
#include "gridgrad/scheme.hpp"
#include "gridgrad/terrain.hpp"
#include "operators.hpp"
#include "storage_options.hpp"

namespace gridgrad::cli {

// Names as they were typed; empty lists where an option was left out.
struct Selection {
  std::vector<std::string> variables;
  std::vector<std::string> axes;
  std::vector<std::string> spacings;
  std::vector<std::string> boundaries;
};

struct Destination {
  std::string path;  // empty: print, "-": .npy on standard output
  io::Existing existing = io::Existing::keep;
};

// Which sample counts of those that have one stamp.
enum class Duplicates { first, last, mean, refuse };

// Of a table whose rows follow each other along a column.
struct LogOptions {
  std::vector<std::string> periods;  // PERIOD or COLUMN=PERIOD
  std::optional<Duplicates> duplicates;
  std::string time_unit;  // empty: stamps that are numbers count in their own
  bool is_causal = false;
  std::optional<int> window;
  std::optional<int> degree;
  std::optional<double> filter;  // its time constant
  std::optional<double> max_gap;
};

// One that was given, or nullptr.
[[nodiscard]] const char* option_of_logs(const LogOptions& log);

enum class Progress { automatic, always, never };

// What is done: the work, or a description of it.
enum class Run { work, plan, plan_as_json };

// What the work may take, and what is said of it.
struct Conduct {
  std::optional<std::uint64_t> memory;  // bytes; nothing: a quarter of what is free
  Progress progress = Progress::automatic;
  Run run = Run::work;
};

// What lengths are: as they were typed.
struct MetricOptions {
  std::string kind;  // "cartesian", "sphere", "ellipsoid", "auto"; empty: none was given
  std::optional<double> radius;
};

// An operator on fields.
struct FieldCommand {
  Operator op = Operator::grad;
  std::vector<std::string> inputs;  // each on its own
  std::string input;                // the one at hand
  Selection selection;
  LogOptions log;
  MetricOptions metric;
  Terrain terrain;
  std::vector<std::string> along;  // of dir: numbers or variables
  Destination destination;
  StorageOptions storage;
  std::string name_template;  // of results; empty: the usual one
  std::string view;           // the picture of the results; empty: none
  Scheme scheme;
  Execution execution;
  Conduct conduct;
};

struct AtCommand {
  std::string input;
  std::string points;              // "-": CSV on standard input
  Selection selection;             // without axes: all but those of `picks` are located
  std::vector<std::string> picks;  // AXIS=SAMPLE
  InterpolantOptions interpolant;
  std::optional<int> accuracy;  // of `interpolant`, if it was given
  Destination destination;
  Execution execution;
};

struct StencilCommand {
  int derivative = 1;
  std::optional<int> accuracy;
  Bias bias = Bias::central;
  std::vector<int> offsets;
};

enum class Form { text, json, variables, axes };

struct InfoCommand {
  std::string input;  // empty: about the program
  Form form = Form::text;
};

// A picture of an input.
struct ViewCommand {
  std::string input;
  Selection selection;
  std::vector<std::string> at;  // AXIS=SAMPLE
  Destination destination;
  Progress progress = Progress::automatic;
};

enum class Notes { shown, hidden };

struct Invocation {
  std::variant<InfoCommand, FieldCommand, AtCommand, StencilCommand, ViewCommand> command;
  Notes notes = Notes::shown;
  std::string line;  // the whole command, for the history of the output
};

// Writes a line to standard error unless the user asked for silence.
void note(Notes notes, const std::string& line);

}  // namespace gridgrad::cli

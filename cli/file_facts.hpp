// cli/file_facts.hpp: what a file holds, and how fine its gradient can be
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gridgrad/element.hpp"
#include "gridgrad/io/dataset.hpp"
#include "labels.hpp"
#include "times.hpp"

namespace gridgrad::cli {

// What the steps of stored integers leave of a component of the gradient.
struct Floor {
  std::string axis;
  double spacing = 1;  // the smallest
  double worst = 0;
  double root_mean_square = 0;
  std::string units;  // of the gradient; empty: none, or not known
};

struct CoordinateFacts {
  std::string units;           // may be empty
  std::vector<double> ends;    // the first and the last; those that can be read
  std::optional<Clock> clock;  // of times
};

struct AxisFacts {
  std::string name;
  std::size_t extent = 0;
  AxisKind kind = AxisKind::space;
  std::optional<CoordinateFacts> coordinates;
};

struct FieldFacts {
  std::string name;                 // empty: all that the file holds
  std::optional<ElementType> type;  // nothing: times
  std::vector<std::string> axes;
  std::vector<std::size_t> extents;
  std::string units;
  std::optional<double> missing;
  io::Storage storage;
  double step = 0;  // of integers: what one of them is worth
  std::vector<Floor> floors;
  double ticks_per_second = 0;  // of times
};

struct FileFacts {
  std::string format;
  std::string dtype;  // of .npy, as it stands there, with the memory order
  std::string order;
  std::vector<AxisFacts> axes;
  std::vector<FieldFacts> fields;
};

// Reads no samples but coordinates. Throws what reading the file does.
[[nodiscard]] FileFacts facts_of_file(const std::string& path);

}  // namespace gridgrad::cli

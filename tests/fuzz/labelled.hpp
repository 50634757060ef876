// tests/fuzz/labelled.hpp: everything that a labelled file says, and boxes of its samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "gridgrad/io/labelled_file.hpp"
#include "refused.hpp"

namespace gridgrad::test {

// Extents of a box that is worth its time.
inline std::vector<std::size_t> cut(std::vector<std::size_t> extents) {
  constexpr std::size_t most_samples = 100'000;
  std::size_t room = most_samples;
  for (std::size_t axis = extents.size(); axis-- > 0;) {
    extents[axis] = std::min(extents[axis], room);
    room /= std::max<std::size_t>(extents[axis], 1);
  }
  return extents;
}

// Where a sample of `box` lies in it.
inline std::size_t place_in(const io::Box& box, std::size_t number, const io::Box& part) {
  std::size_t place = 0;
  std::size_t step = 1;
  for (std::size_t axis = box.extents.size(); axis-- > 0;) {
    place += (part.first[axis] + number % part.extents[axis]) * step;
    number /= part.extents[axis];
    step *= box.extents[axis];
  }
  return place;
}

// The middle of a box must hold what lies there in the whole.
inline void read_middle(const io::LabelledReader& reader, const io::Variable& variable,
                        const io::Box& box, std::span<const std::byte> samples) {
  io::Box part = box;
  for (std::size_t axis = 0; axis < part.first.size(); ++axis) {
    if (part.extents[axis] < 2) continue;
    part.first[axis] = 1;
    --part.extents[axis];
  }
  const io::AnyArray read = reader.read(variable, part);
  const std::span<const std::byte> middle = io::bytes_of(read);
  const std::size_t size = size_of(*variable.type);
  for (std::size_t number = 0; number < io::size_of(part); ++number) {
    const std::byte* const there = samples.data() + place_in(box, number, part) * size;
    if (std::memcmp(middle.data() + number * size, there, size) != 0) std::abort();
  }
}

// The last samples of a variable, too few to be many chunks.
inline void read_end(const io::LabelledReader& reader, const io::Variable& variable,
                     const std::vector<std::size_t>& extents) {
  io::Box end = io::whole(extents);
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    end.first[axis] = extents[axis] - std::min<std::size_t>(extents[axis], 1);
    end.extents[axis] = std::min<std::size_t>(extents[axis], 1);
  }
  static_cast<void>(reader.read(variable, end));
}

inline void read_variable(const io::LabelledReader& reader,
                          const io::Variable& variable) {
  if (!variable.type) return;
  const std::vector<std::size_t> extents = io::extents_of(reader.dataset(), variable);
  const io::Box box = io::whole(cut(extents));
  read_or_refuse([&] {
    const io::AnyArray samples = reader.read(variable, box);
    read_middle(reader, variable, box, io::bytes_of(samples));
  });
  read_or_refuse([&] { read_end(reader, variable, extents); });
}

// A variable is found by its name.
inline void require_own_names(const std::vector<io::Variable>& variables) {
  std::set<std::string_view> names;
  for (const io::Variable& variable : variables) {
    if (!names.insert(variable.name).second) std::abort();
  }
}

// Variables that are as many as a small file can say cost too much time.
inline void read_variables(const io::LabelledReader& reader) {
  constexpr std::size_t most_variables = 16;
  const std::vector<io::Variable>& variables = reader.dataset().variables;
  require_own_names(variables);
  for (const io::Variable& variable :
       std::span(variables).first(std::min(variables.size(), most_variables))) {
    read_variable(reader, variable);
  }
}

}  // namespace gridgrad::test

// io/zarr/hierarchy.hpp: the groups and arrays of a store
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "json.hpp"

namespace gridgrad::io::zarr {

struct Node {
  std::string name;       // in the store: "run/wind/speed", "" for its root
  std::string directory;  // of its chunks
  std::string where;      // what messages call it: its directory in the store
  Json described;         // `.zarray` or `zarr.json`
  Json attributes;        // never null
};

struct Hierarchy {
  int version = 3;
  bool is_array = false;    // the root is one, and the only one
  Json attributes;          // of the root, if it is a group
  std::vector<Node> nodes;  // the arrays, those of a group before those of groups in it
};

// From consolidated metadata where there are any, else by walking the directories.
//
// Throws Error: io (naming the file), unsupported (another version, or what must be
// understood and is not).
[[nodiscard]] Hierarchy read_hierarchy(const std::string& path);

}  // namespace gridgrad::io::zarr

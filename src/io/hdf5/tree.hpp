// io/hdf5/tree.hpp: groups and datasets of a file, each once
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "identifier.hpp"

namespace gridgrad::io::hdf5 {

// Paths without the first slash; the whole file is not among the groups.
struct Tree {
  std::vector<std::string> groups;
  std::vector<std::string> datasets;
  std::vector<Link> links;  // what else leads to one of those
};

// Follows hard links, to each object once: groups may contain themselves. Soft links lead
// to what hard links lead to; those that lead nowhere or to other files are left out.
[[nodiscard]] Tree tree_of(hid_t file, const std::string& path);

}  // namespace gridgrad::io::hdf5

// io/zarr/hierarchy.cpp: one list of arrays, however the store says what it holds
//
// SPDX-License-Identifier: BSD-3-Clause

#include "hierarchy.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/part_file.hpp"

namespace gridgrad::io::zarr {
namespace {

namespace fs = std::filesystem;

constexpr int deepest = 32;

std::optional<Json> read_if_there(const std::string& path) {
  if (!name_is_taken(path)) return std::nullopt;
  return read_json(path);
}

std::string joined(const std::string& group, const std::string& name) {
  if (group.empty()) return name;
  return name.empty() ? group : group + "/" + name;
}

void require_version(const Json& described, int version, const std::string& where) {
  const Json& found = member(described, "zarr_format", where);
  if (found == version) return;
  throw Error(ErrorCode::unsupported, where,
              "zarr_format " + text_of(found) + "; 2 and 3 are read");
}

// A name from a file must not lead out of the store.
void require_inside(const std::string& name, const std::string& where) {
  for (const fs::path& part : fs::path(name)) {
    if (part != ".." && part != "/" && part != ".") continue;
    throw Error(ErrorCode::io, where, "the name " + name + " leads out of the store");
  }
}

class Walk {
 public:
  Walk(const std::string& path, Hierarchy& hierarchy)
      : path_(path), hierarchy_(hierarchy) {}

  // What is there of Zarr 2 under a name; false if nothing.
  bool add_2(const std::string& name, int depth) {
    const std::string directory = directory_of(name);
    std::optional<Json> array = read_if_there(directory + "/.zarray");
    const bool is_group = !array && name_is_taken(directory + "/.zgroup");
    if (!array && !is_group) return false;
    Json attributes = read_if_there(directory + "/.zattrs").value_or(Json::object());
    if (array) {
      add_array(name, std::move(*array), std::move(attributes));
      return true;
    }
    require_version(read_json(directory + "/.zgroup"), 2, directory);
    if (name.empty()) hierarchy_.attributes = std::move(attributes);
    enter(name, depth, &Walk::add_2);
    return true;
  }

  bool add_3(const std::string& name, int depth) {
    const std::string directory = directory_of(name);
    std::optional<Json> described = read_if_there(directory + "/zarr.json");
    if (!described) return false;
    if (add_node_3(name, std::move(*described))) return true;
    enter(name, depth, &Walk::add_3);
    return true;
  }

  // Whether it is an array.
  bool add_node_3(const std::string& name, Json described) {
    const std::string directory = directory_of(name);
    require_version(described, 3, directory);
    const Json& type = member(described, "node_type", directory);
    const Json* const found = find_member(described, "attributes");
    Json attributes = found == nullptr ? Json::object() : *found;
    if (type == "array") {
      add_array(name, std::move(described), std::move(attributes));
      return true;
    }
    if (type != "group") {
      throw Error(ErrorCode::unsupported, directory,
                  "node_type " + text_of(type) + "; array and group are known");
    }
    if (name.empty()) hierarchy_.attributes = std::move(attributes);
    return false;
  }

  void add_array(const std::string& name, Json described, Json attributes) {
    if (!attributes.is_object()) {
      throw Error(ErrorCode::io, directory_of(name), "attributes are no JSON object");
    }
    hierarchy_.nodes.push_back({name, directory_of(name), directory_of(name),
                                std::move(described), std::move(attributes)});
    hierarchy_.is_array = hierarchy_.is_array || name.empty();
  }

 private:
  using Add = bool (Walk::*)(const std::string& name, int depth);

  void enter(const std::string& name, int depth, Add add) {
    const std::string directory = directory_of(name);
    if (depth == deepest) {
      throw Error(ErrorCode::io, directory,
                  "groups are nested more than " + std::to_string(deepest) + " deep");
    }
    std::error_code error;
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
      std::error_code ignored;
      if (entry.is_directory(ignored)) names.push_back(entry.path().filename());
    }
    if (error) throw Error(ErrorCode::io, directory, error.message());
    std::ranges::sort(names);
    for (const std::string& inner : names) {
      static_cast<void>((this->*add)(joined(name, inner), depth + 1));
    }
  }

  [[nodiscard]] std::string directory_of(const std::string& name) const {
    return name.empty() ? path_ : path_ + "/" + name;
  }

  const std::string& path_;
  Hierarchy& hierarchy_;
};

// The parts of `.zmetadata` by the directory they stand for.
struct Consolidated {
  std::optional<Json> array;
  Json attributes = Json::object();
};

void add_consolidated_2(const std::string& path, const Json& consolidated, Walk& walk,
                        Hierarchy& hierarchy) {
  std::map<std::string, Consolidated> parts;
  for (const auto& [key, value] : consolidated.items()) {
    const fs::path whole(key);
    const std::string name = whole.parent_path();
    require_inside(name, path);
    if (whole.filename() == ".zarray") parts[name].array = value;
    if (whole.filename() == ".zattrs") parts[name].attributes = value;
  }
  hierarchy.attributes = parts[""].attributes;
  for (auto& [name, part] : parts) {
    if (part.array) walk.add_array(name, *part.array, std::move(part.attributes));
  }
}

Hierarchy read_2(const std::string& path) {
  Hierarchy hierarchy;
  hierarchy.version = 2;
  Walk walk(path, hierarchy);
  if (const auto consolidated = read_if_there(path + "/.zmetadata")) {
    const std::string file = path + "/.zmetadata";
    add_consolidated_2(file, member(*consolidated, "metadata", file), walk, hierarchy);
  } else {
    static_cast<void>(walk.add_2("", 0));
  }
  return hierarchy;
}

// Null unless the root has such metadata.
const Json* consolidated_in(const Json& root) {
  const Json* const consolidated = find_member(root, "consolidated_metadata");
  if (consolidated == nullptr) return nullptr;
  const Json* const kind = find_member(*consolidated, "kind");
  const bool is_inline = kind != nullptr && *kind == "inline";
  return is_inline ? find_member(*consolidated, "metadata") : nullptr;
}

Hierarchy read_3(const std::string& path) {
  Hierarchy hierarchy;
  Walk walk(path, hierarchy);
  const std::string file = path + "/zarr.json";
  const Json root = read_json(file);
  const Json* const consolidated = consolidated_in(root);
  if (consolidated == nullptr) {
    static_cast<void>(walk.add_3("", 0));
    return hierarchy;
  }
  if (walk.add_node_3("", root)) return hierarchy;
  for (const auto& [name, described] : consolidated->items()) {
    require_inside(name, file);
    static_cast<void>(walk.add_node_3(name, described));
  }
  return hierarchy;
}

std::ptrdiff_t depth_of(const std::string& name) {
  return std::ranges::count(name, '/');
}

}  // namespace

Hierarchy read_hierarchy(const std::string& path) {
  // Of a store with both, other readers take the newer one.
  Hierarchy hierarchy = name_is_taken(path + "/zarr.json") ? read_3(path) : read_2(path);
  // The same however it was found.
  std::ranges::sort(hierarchy.nodes, {}, [](const Node& node) {
    return std::pair(depth_of(node.name), node.name);
  });
  if (!hierarchy.attributes.is_object()) hierarchy.attributes = Json::object();
  return hierarchy;
}

}  // namespace gridgrad::io::zarr

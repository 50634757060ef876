// io/hdf5/tree.cpp: a walk without recursion, as deep as the file says
//
// SPDX-License-Identifier: BSD-3-Clause

#include "tree.hpp"

#include <map>
#include <optional>
#include <ranges>
#include <utility>

namespace gridgrad::io::hdf5 {
namespace {

struct Names {
  std::vector<std::string> hard;
  std::vector<std::string> soft;
};

herr_t keep_link(hid_t, const char* name, const H5L_info_t* link, void* names) noexcept {
  auto& kept = *static_cast<Names*>(names);
  if (link->type == H5L_TYPE_HARD) kept.hard.emplace_back(name);
  if (link->type == H5L_TYPE_SOFT) kept.soft.emplace_back(name);
  return 0;
}

// In the order of their making where the file has kept it.
Names links_of(hid_t group, const std::string& path) {
  const Identifier creation(H5Gget_create_plist(group), path);
  unsigned order = 0;
  require(H5Pget_link_creation_order(creation, &order), path);
  const H5_index_t index =
      (order & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  Names names;
  require(H5Literate(group, index, H5_ITER_INC, nullptr, keep_link, &names), path);
  return names;
}

std::string inside(const std::string& group, const std::string& link) {
  return group.empty() ? link : group + "/" + link;
}

class Walk {
 public:
  Walk(hid_t file, std::string path) : file_(file), path_(std::move(path)) {}

  Tree walk() {
    std::vector<std::string> waiting = {""};
    while (!waiting.empty()) {
      const std::string at = std::move(waiting.back());
      waiting.pop_back();
      for (const std::string& link : visit(at) | std::views::reverse) {
        waiting.push_back(inside(at, link));
      }
    }
    for (const std::string& link : soft_links_) {
      if (const auto target = target_of(link)) tree_.links.push_back({link, *target});
    }
    return std::move(tree_);
  }

 private:
  // Returns the hard links of a group that was not seen before.
  std::vector<std::string> visit(const std::string& at) {
    const std::string& called = at.empty() ? path_ : at;
    const Identifier object(H5Oopen(file_, at.empty() ? "/" : at.c_str(), H5P_DEFAULT),
                            called);
    H5O_info_t about;
    require(H5Oget_info(object, &about), called);
    file_number_ = about.fileno;
    const auto [known, is_new] = paths_.emplace(about.addr, at);
    if (!is_new) {
      tree_.links.push_back({at, known->second});
      return {};
    }
    if (about.type == H5O_TYPE_DATASET) tree_.datasets.push_back(at);
    if (about.type != H5O_TYPE_GROUP) return {};
    if (!at.empty()) tree_.groups.push_back(at);
    Names links = links_of(object, called);
    for (const std::string& link : links.soft) soft_links_.push_back(inside(at, link));
    return std::move(links.hard);
  }

  std::optional<std::string> target_of(const std::string& link) const {
    const Identifier object(H5Oopen(file_, link.c_str(), H5P_DEFAULT));
    H5O_info_t about;
    if (!object.is_open() || H5Oget_info(object, &about) < 0) return std::nullopt;
    const auto known = paths_.find(about.addr);
    if (about.fileno != file_number_ || known == paths_.end()) return std::nullopt;
    return known->second;
  }

  hid_t file_;
  std::string path_;  // of the file
  unsigned long file_number_ = 0;
  std::map<haddr_t, std::string> paths_;  // of what was seen, by address
  std::vector<std::string> soft_links_;
  Tree tree_;
};

}  // namespace

Tree tree_of(hid_t file, const std::string& path) {
  return Walk(file, path).walk();
}

}  // namespace gridgrad::io::hdf5

// well_formed.hpp: whether a text is XML
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace gridgrad::test {

// What stands between tags and in attributes: no '<', and '&' only before a name.
inline bool is_plain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') return false;
    if (text[i] != '&') continue;
    const std::string_view name = text.substr(i + 1, text.find(';', i) - i - 1);
    const bool is_known =
        name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "#39";
    if (!is_known) return false;
  }
  return true;
}

constexpr std::string_view name_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:-";

// Removes it; empty where the text begins with none.
inline std::string_view take_name(std::string_view& text) {
  const std::string_view name =
      text.substr(0, std::min(text.find_first_not_of(name_letters), text.size()));
  text.remove_prefix(name.size());
  return name;
}

// Removes "='...'".
inline bool take_value(std::string_view& text) {
  if (!text.starts_with("='")) return false;
  const std::size_t end = text.find('\'', 2);
  if (end == std::string_view::npos || !is_plain(text.substr(2, end - 2))) return false;
  text.remove_prefix(end + 1);
  return true;
}

// Of "name a='...' b='...'" or "/name".
inline bool is_tag(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  if (take_name(tag).empty()) return false;
  while (tag.find_first_not_of(" \n") != std::string_view::npos) {
    const std::size_t spaces = tag.find_first_not_of(" \n");
    if (spaces == 0) return false;
    tag.remove_prefix(spaces);
    if (take_name(tag).empty() || !take_value(tag)) return false;
  }
  return true;
}

// Tags are closed in the order that they were opened in.
inline void expect_well_formed(std::string_view text) {
  ASSERT_TRUE(text.starts_with("<?xml version='1.0' encoding='UTF-8'?>\n"));
  text.remove_prefix(text.find('\n'));
  std::vector<std::string> open;
  while (text.find('<') != std::string_view::npos) {
    const std::size_t begin = text.find('<');
    const std::size_t end = text.find('>', begin);
    ASSERT_TRUE(is_plain(text.substr(0, begin)));
    ASSERT_NE(end, std::string_view::npos);
    const bool is_empty = text[end - 1] == '/';
    const std::string_view tag = text.substr(begin + 1, end - begin - (is_empty ? 2 : 1));
    ASSERT_TRUE(is_tag(tag)) << tag.substr(0, 200);
    const std::string name(tag.substr(0, tag.find_first_of(" \n")));
    if (name.starts_with('/')) {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ(name, "/" + open.back());
      open.pop_back();
    } else if (!is_empty) {
      open.push_back(name);
    }
    text.remove_prefix(end + 1);
  }
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(text, "\n");
}

}  // namespace gridgrad::test

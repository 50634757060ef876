// io/geotiff/gdal_metadata.cpp: as much of XML as GDAL writes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gdal_metadata.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace gridgrad::io::geotiff {
namespace {

struct Entity {
  std::string_view text;
  char character;
};

constexpr std::array<Entity, 5> entities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};

std::string unescaped(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto* const entity = std::ranges::find_if(
        entities, [&](const Entity& known) { return text.starts_with(known.text); });
    const bool is_known = entity != entities.end();
    plain += is_known ? entity->character : text.front();
    text.remove_prefix(is_known ? entity->text.size() : 1);
  }
  return plain;
}

std::string escaped(std::string_view plain) {
  std::string text;
  for (const char character : plain) {
    const auto* const entity = std::ranges::find(entities, character, &Entity::character);
    if (entity != entities.end()) {
      text += entity->text;
    } else {
      text += character;
    }
  }
  return text;
}

// The value of an attribute in the opening tag of an element; empty if it has none.
std::string attribute_of(std::string_view tag, const std::string& name) {
  for (const char quote : {'"', '\''}) {
    const std::string start = " " + name + "=" + quote;
    const std::size_t at = tag.find(start);
    if (at == std::string_view::npos) continue;
    const std::size_t from = at + start.size();
    const std::size_t to = tag.find(quote, from);
    if (to != std::string_view::npos) return unescaped(tag.substr(from, to - from));
  }
  return {};
}

std::optional<std::size_t> whole_number(const std::string& text) {
  std::uint16_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Of a band that is not a number: nothing.
std::optional<MetadataItem> item_of(std::string_view tag, std::string_view text,
                                    std::string_view source) {
  MetadataItem item{attribute_of(tag, "name"), unescaped(text)};
  const std::string band = attribute_of(tag, "sample");
  item.band = whole_number(band);
  item.role = attribute_of(tag, "role");
  item.domain = attribute_of(tag, "domain");
  item.source = source;
  return band.empty() || item.band ? std::optional(std::move(item)) : std::nullopt;
}

std::string attribute_text(const std::string& name, const std::string& value) {
  return value.empty() ? "" : " " + name + "=\"" + escaped(value) + "\"";
}

std::string item_text(const MetadataItem& item) {
  if (!item.domain.empty()) return item.source;
  return "<Item name=\"" + escaped(item.name) + "\"" +
         attribute_text("sample", item.band ? std::to_string(*item.band) : "") +
         attribute_text("role", item.role) + ">" + escaped(item.text) + "</Item>";
}

}  // namespace

std::vector<MetadataItem> parse_metadata(std::string_view xml) {
  constexpr std::string_view opening = "<Item ";
  constexpr std::string_view closing = "</Item>";
  std::vector<MetadataItem> items;
  std::size_t start = xml.find(opening);
  while (start != std::string_view::npos) {
    const std::size_t text = xml.find('>', start);
    const std::size_t end =
        text == std::string_view::npos ? text : xml.find(closing, text);
    if (end == std::string_view::npos) break;
    const std::size_t next = end + closing.size();
    // The start is left out of the tag's name, the blank before its attributes is not.
    if (auto item =
            item_of(xml.substr(start, text - start), xml.substr(text + 1, end - text - 1),
                    xml.substr(start, next - start))) {
      items.push_back(std::move(*item));
    }
    start = xml.find(opening, next);
  }
  return items;
}

std::string metadata_text(const std::vector<MetadataItem>& items) {
  std::string text = "<GDALMetadata>\n";
  for (const MetadataItem& item : items) text += "  " + item_text(item) + "\n";
  return text + "</GDALMetadata>\n";
}

const MetadataItem* find_role(const std::vector<MetadataItem>& items, std::size_t band,
                              std::string_view role) {
  const auto found = std::ranges::find_if(items, [&](const MetadataItem& item) {
    return item.band == band && item.role == role;
  });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace gridgrad::io::geotiff

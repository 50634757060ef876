// io/geotiff/gdal_metadata.hpp: names, units and scales of bands, in GDAL's tag of XML
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::io::geotiff {

// <Item name="..." sample="..." role="..." domain="...">text</Item>
struct MetadataItem {
  std::string name;
  std::string text;
  std::optional<std::size_t> band = std::nullopt;  // nothing: of the whole file
  std::string role = {};
  std::string domain = {};
  std::string source = {};  // the element as it stands
};

// Never throws: what cannot be understood is left out.
[[nodiscard]] std::vector<MetadataItem> parse_metadata(std::string_view xml);

// Items of a domain as they stood, others anew.
[[nodiscard]] std::string metadata_text(const std::vector<MetadataItem>& items);

// Null if there is none of this role.
[[nodiscard]] const MetadataItem* find_role(const std::vector<MetadataItem>& items,
                                            std::size_t band, std::string_view role);

}  // namespace gridgrad::io::geotiff

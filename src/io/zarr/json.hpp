// io/zarr/json.hpp: metadata as JSON, with the NaN and Infinity that Python writes into
// it
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace gridgrad::io::zarr {

// Keeps the order of members.
using Json = nlohmann::ordered_json;

// JSON has no such numbers, Python's json writes and reads them nevertheless. They are
// kept as strings that start with a zero, which no text of a file does.
[[nodiscard]] Json json_of(double number);

// Of a number, or one of the above; nothing for others.
[[nodiscard]] std::optional<double> number_in(const Json& value);

// Throws Error: io, naming `where`, for text that is not JSON or nested too deeply.
[[nodiscard]] Json parse_json(std::string text, const std::string& where);

[[nodiscard]] Json read_json(const std::string& path);

[[nodiscard]] std::string text_of(const Json& value);

// Throws Error: io, naming `where`, if there is no such member.
[[nodiscard]] const Json& member(const Json& object, const char* name,
                                 const std::string& where);

// Null where there is none.
[[nodiscard]] const Json* find_member(const Json& object, const char* name);

// Throws Error: io unless `value`, which messages call `what`, is a list of counts.
[[nodiscard]] std::vector<std::size_t> counts_of(const Json& value, const char* what,
                                                 const std::string& where);

// Of a codec or another part that can be named alone: "bytes", or {"name": "bytes", ...}.
// Throws Error: io if it has no name.
[[nodiscard]] std::string name_in(const Json& part, const std::string& where);

// Empty where there is none.
[[nodiscard]] Json configuration_in(const Json& part);

}  // namespace gridgrad::io::zarr

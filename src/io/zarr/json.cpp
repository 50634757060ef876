// io/zarr/json.cpp: what nlohmann-json leaves to its caller: limits and Python's numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#include "json.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io::zarr {
namespace {

// Metadata of a store with a hundred thousand arrays has about 100 MB.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 28;
constexpr int deepest = 64;

struct Special {
  std::string_view written;
  std::string_view kept;  // as JSON
  double number;
};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array<Special, 3> specials = {
    {{"NaN", R"("\u0000NaN")", std::numeric_limits<double>::quiet_NaN()},
     {"Infinity", R"("\u0000Infinity")", infinity},
     {"-Infinity", R"("\u0000-Infinity")", -infinity}}};

std::string marked(std::string_view name) {
  return std::string(1, '\0').append(name);
}

// Where a string of JSON that starts at `at` ends.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

const Special* special_at(std::string_view text) {
  for (const Special& special : specials) {
    if (text.starts_with(special.written)) return &special;
  }
  return nullptr;
}

std::string with_marks(std::string text) {
  const bool has_specials =
      text.find("NaN") != std::string::npos || text.find("Infinity") != std::string::npos;
  if (!has_specials) return text;
  std::string marked_text;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    std::size_t length = 1;
    if (text[at] == '"') {
      length = end_of_string(text, at) - at;
      marked_text += rest.substr(0, length);
    } else if (const Special* const special = special_at(rest)) {
      length = special->written.size();
      marked_text += special->kept;
    } else {
      marked_text += text[at];
    }
    at += length;
  }
  return marked_text;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

Json json_of(double number) {
  for (const Special& special : specials) {
    const bool is_it =
        number == special.number || (std::isnan(number) && std::isnan(special.number));
    if (is_it) return marked(special.written);
  }
  return number;
}

std::optional<double> number_in(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  for (const Special& special : specials) {
    if (value.get_ref<const std::string&>() == marked(special.written)) {
      return special.number;
    }
  }
  return std::nullopt;
}

Json parse_json(std::string text, const std::string& where) {
  bool is_too_deep = false;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t, const Json&) {
    is_too_deep = is_too_deep || depth > deepest;
    return !is_too_deep;
  };
  try {
    Json value = Json::parse(with_marks(std::move(text)), watch);
    if (!is_too_deep) return value;
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::io, where, std::string("not JSON: ") + error.what());
  }
  throw Error(ErrorCode::io, where,
              "nested more than " + std::to_string(deepest) + " deep");
}

Json read_json(const std::string& path) {
  File file = File::open(path);
  const std::uint64_t size = *file.size();
  if (size > most_bytes) {
    throw Error(ErrorCode::io, path,
                std::to_string(size) + " bytes of metadata; at most " +
                    std::to_string(most_bytes) + " are accepted");
  }
  std::string text(size, '\0');
  text.resize(file.read(std::as_writable_bytes(std::span(text))));
  Json value = parse_json(std::move(text), path);
  if (!value.is_object()) throw Error(ErrorCode::io, path, "not a JSON object");
  return value;
}

std::string text_of(const Json& value) {
  constexpr auto replaced = Json::error_handler_t::replace;
  std::string text = value.dump(-1, ' ', false, replaced);
  for (const Special& special : specials) {
    replace_all(text, special.kept, special.written);
  }
  return text;
}

const Json* find_member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

const Json& member(const Json& object, const char* name, const std::string& where) {
  const Json* const found = find_member(object, name);
  if (found != nullptr) return *found;
  throw Error(ErrorCode::io, where, std::string("has no ") + name);
}

std::vector<std::size_t> counts_of(const Json& value, const char* what,
                                   const std::string& where) {
  if (!value.is_array()) {
    throw Error(ErrorCode::io, where,
                std::string(what) + " " + text_of(value) + " is not a list");
  }
  std::vector<std::size_t> counts;
  for (const Json& count : value) {
    const bool fits = count.is_number_unsigned() &&
                      count.get<std::uint64_t>() <=
                          std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    if (!fits) {
      throw Error(ErrorCode::io, where,
                  std::string(what) + " " + text_of(value) +
                      " has other than counts from 0 to 2^63 - 1");
    }
    counts.push_back(count.get<std::size_t>());
  }
  return counts;
}

std::string name_in(const Json& part, const std::string& where) {
  const Json* const name = part.is_object() ? find_member(part, "name") : &part;
  if (name != nullptr && name->is_string()) return name->get<std::string>();
  throw Error(ErrorCode::io, where, text_of(part) + " has no name");
}

Json configuration_in(const Json& part) {
  const Json* const found = find_member(part, "configuration");
  return found == nullptr ? Json::object() : *found;
}

}  // namespace gridgrad::io::zarr

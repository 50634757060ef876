// cli/info_json.cpp: the facts of info for programs
//
// SPDX-License-Identifier: BSD-3-Clause

#include "info_json.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "gridgrad/execution.hpp"
#include "gridgrad/target.hpp"
#include "gridgrad/version.hpp"

namespace gridgrad::cli {
namespace {

// Members stay in the order that they are added in.
using Json = nlohmann::ordered_json;

Json number(double value) {
  if (std::isfinite(value)) return value;
  if (std::isnan(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

Json described(const AxisFacts& axis) {
  Json json = {{"name", axis.name}, {"extent", axis.extent}};
  if (axis.kind != AxisKind::space) json["kind"] = name_of(axis.kind);
  if (!axis.coordinates) return json;
  json["coordinates"] = {{"units", axis.coordinates->units}};
  if (axis.coordinates->ends.empty()) return json;
  json["coordinates"]["first"] = number(axis.coordinates->ends.front());
  json["coordinates"]["last"] = number(axis.coordinates->ends.back());
  return json;
}

Json described(const Floor& floor) {
  Json json = {{"axis", floor.axis},
               {"spacing", number(floor.spacing)},
               {"worst", number(floor.worst)},
               {"rms", number(floor.root_mean_square)}};
  if (!floor.units.empty()) json["units"] = floor.units;
  return json;
}

Json described(const io::Filter& filter) {
  return {{"name", filter.name}, {"level", filter.level}};
}

template <class Facts>
Json list_of(const std::vector<Facts>& all) {
  Json json = Json::array();
  for (const Facts& facts : all) json.push_back(described(facts));
  return json;
}

Json described(const FieldFacts& field) {
  Json json = Json::object();
  if (!field.name.empty()) json["name"] = field.name;
  if (field.type) json["type"] = name(*field.type);
  if (!field.type) json["ticks_per_second"] = number(field.ticks_per_second);
  json["axes"] = field.axes;
  json["shape"] = field.extents;
  if (!field.units.empty()) json["units"] = field.units;
  if (field.missing) json["missing"] = number(*field.missing);
  if (!field.storage.chunks.empty()) {
    json["chunks"] = field.storage.chunks;
    json["filters"] = list_of(field.storage.filters);
  }
  if (field.step != 0) {
    json["step"] = number(field.step);
    json["floor"] = list_of(field.floors);
  }
  return json;
}

std::string text_of(const Json& json) {
  constexpr int indent = 2;
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string json_of(const FileFacts& facts) {
  Json json = {{"format", facts.format}};
  if (!facts.dtype.empty()) {
    json["dtype"] = facts.dtype;
    json["order"] = facts.order;
  }
  json["axes"] = list_of(facts.axes);
  json["variables"] = Json::array();
  for (const FieldFacts& field : facts.fields) {
    json["variables"].push_back(described(field));
  }
  return text_of(json);
}

std::string json_of_program() {
  return text_of({{"version", version},
                  {"targets", available_targets()},
                  {"active_target", active_target()},
                  {"threads", default_threads()}});
}

}  // namespace gridgrad::cli

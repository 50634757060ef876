// gridgrad/io/dataset.hpp: what a labelled file holds, apart from the samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gridgrad/element.hpp"

namespace gridgrad::io {

/// Text, or numbers in the type they have in the file.
using AttributeValue =
    std::variant<std::string, std::vector<std::string>, std::vector<std::int8_t>,
                 std::vector<std::int16_t>, std::vector<std::int32_t>,
                 std::vector<std::int64_t>, std::vector<std::uint8_t>,
                 std::vector<std::uint16_t>, std::vector<std::uint32_t>,
                 std::vector<std::uint64_t>, std::vector<float>, std::vector<double>>;

struct Attribute {
  std::string name;
  AttributeValue value;
};

struct Dimension {
  std::string name;
  std::size_t extent = 0;
  bool is_unlimited = false;
};

/// A step of compression, by the name that its library has for it: "deflate", "zstd",
/// "shuffle", "blosc:lz4".
struct Filter {
  std::string name;
  int level = 0;

  friend bool operator==(const Filter&, const Filter&) = default;
};

/// How the samples of a variable lie in a file.
struct Storage {
  std::vector<std::size_t> chunks;  ///< extents of a chunk (tile, strip); empty: none
  std::vector<Filter> filters;      ///< in the order in which writing applies them
};

struct Variable {
  std::string name;  ///< of a variable in groups with their names: "run/wind/speed"
  std::optional<ElementType> type;      ///< nothing: text or a type of the file's own
  std::vector<std::size_t> dimensions;  ///< indices into those of the dataset
  std::vector<Attribute> attributes;
  Storage storage = {};
};

/// A group that variables or dimensions stand in.
struct Group {
  std::string name;  ///< its path: "run/wind"
  std::vector<Attribute> attributes;
};

/// A further name of a group or variable of the file.
struct Link {
  std::string name;
  std::string target;
};

/// Part of the samples of a variable: along each axis `extents` of them, from `first` on.
struct Box {
  std::vector<std::size_t> first;
  std::vector<std::size_t> extents;
};

/// The file formats of netCDF.
enum class NetcdfFormat { classic, offset64, data64, netcdf4, netcdf4_classic };

struct Dataset {
  std::string format_name;                      ///< for people: "netCDF-4"
  NetcdfFormat format = NetcdfFormat::netcdf4;  ///< where it is one, or becomes one
  std::vector<Dimension> dimensions;
  std::vector<Variable> variables;
  std::vector<Attribute> attributes;
  std::vector<Group> groups;  ///< those around others first; not the file itself
  std::vector<Link> links;
};

/// Null where there is none of this name.
[[nodiscard]] const Variable* find_variable(const Dataset& dataset,
                                            std::string_view name);

/// The same, by any path that leads to the variable through `links`.
[[nodiscard]] const Variable* find_linked_variable(const Dataset& dataset,
                                                   std::string_view path);

[[nodiscard]] const Attribute* find_attribute(const std::vector<Attribute>& attributes,
                                              std::string_view name);

/// The text of an attribute; empty if there is none or it is not text.
[[nodiscard]] std::string text_of(const std::vector<Attribute>& attributes,
                                  std::string_view name);

/// The numbers of an attribute as float64; empty if there is none or it is text.
[[nodiscard]] std::vector<double> numbers_of(const std::vector<Attribute>& attributes,
                                             std::string_view name);

/// The name without the groups before it.
[[nodiscard]] std::string_view leaf_of(std::string_view name);

/// The path of the group that a name stands in; empty outside groups.
[[nodiscard]] std::string_view group_of(std::string_view name);

/// All samples of this shape.
[[nodiscard]] Box whole(std::span<const std::size_t> extents);

/// The number of samples.
[[nodiscard]] std::size_t size_of(const Box& box);

/// The extents of a variable.
[[nodiscard]] std::vector<std::size_t> extents_of(const Dataset& dataset,
                                                  const Variable& variable);

/// Extents of chunks of about 1 MiB for samples of so many bytes: whole along the last
/// axes.
[[nodiscard]] std::vector<std::size_t> usual_chunks(std::span<const std::size_t> extents,
                                                    std::size_t bytes_of_sample);

}  // namespace gridgrad::io

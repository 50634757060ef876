// io/dataset.cpp: looking things up in the description of a labelled file
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/dataset.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <type_traits>

namespace gridgrad::io {
namespace {

template <class Named>
const Named* find(const std::vector<Named>& list, std::string_view name) {
  const auto found = std::ranges::find(list, name, &Named::name);
  return found == list.end() ? nullptr : &*found;
}

template <class T>
constexpr bool is_text = std::is_same_v<T, std::string>;

}  // namespace

const Variable* find_variable(const Dataset& dataset, std::string_view name) {
  return find(dataset.variables, name);
}

const Variable* find_linked_variable(const Dataset& dataset, std::string_view path) {
  // Links may lead in circles.
  constexpr int most_links = 32;
  std::string name(path);
  for (int followed = 0; followed <= most_links; ++followed) {
    if (const Variable* const found = find_variable(dataset, name)) return found;
    const auto begins = [&](const Link& link) {
      return name == link.name || name.starts_with(link.name + "/");
    };
    const auto link = std::ranges::find_if(dataset.links, begins);
    if (link == dataset.links.end()) return nullptr;
    const std::string rest = name.substr(link->name.size());
    name = link->target.empty() && !rest.empty() ? rest.substr(1) : link->target + rest;
  }
  return nullptr;
}

const Attribute* find_attribute(const std::vector<Attribute>& attributes,
                                std::string_view name) {
  return find(attributes, name);
}

std::string text_of(const std::vector<Attribute>& attributes, std::string_view name) {
  const Attribute* attribute = find_attribute(attributes, name);
  if (attribute == nullptr) return {};
  if (const auto* text = std::get_if<std::string>(&attribute->value)) return *text;
  const auto* texts = std::get_if<std::vector<std::string>>(&attribute->value);
  return texts != nullptr && texts->size() == 1 ? texts->front() : std::string();
}

std::vector<double> numbers_of(const std::vector<Attribute>& attributes,
                               std::string_view name) {
  const Attribute* attribute = find_attribute(attributes, name);
  if (attribute == nullptr) return {};
  return std::visit(
      [](const auto& value) -> std::vector<double> {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (is_text<Value> || is_text<typename Value::value_type>) {
          return {};
        } else {
          return {value.begin(), value.end()};
        }
      },
      attribute->value);
}

std::string_view leaf_of(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

std::string_view group_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

Box whole(std::span<const std::size_t> extents) {
  return {std::vector<std::size_t>(extents.size(), 0), {extents.begin(), extents.end()}};
}

std::size_t size_of(const Box& box) {
  return std::accumulate(box.extents.begin(), box.extents.end(), std::size_t{1},
                         std::multiplies<>());
}

std::vector<std::size_t> extents_of(const Dataset& dataset, const Variable& variable) {
  std::vector<std::size_t> extents;
  for (const std::size_t dimension : variable.dimensions) {
    extents.push_back(dataset.dimensions[dimension].extent);
  }
  return extents;
}

std::vector<std::size_t> usual_chunks(std::span<const std::size_t> extents,
                                      std::size_t bytes_of_sample) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  std::vector<std::size_t> chunks(extents.size(), 1);
  std::size_t bytes = bytes_of_sample;
  for (std::size_t axis = extents.size(); axis-- > 0;) {
    const std::size_t room = std::max<std::size_t>(1, most_bytes / bytes);
    chunks[axis] = std::max<std::size_t>(1, std::min(extents[axis], room));
    bytes *= chunks[axis];
  }
  return chunks;
}

}  // namespace gridgrad::io

// cli/component.cpp: the one call of the engine
//
// SPDX-License-Identifier: BSD-3-Clause

#include "component.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

template <class T>
io::AnyArray compute(const Array<T>& field, std::span<const Component> components,
                     const Method& method) {
  using R = Result<T>;
  const StridedView<const T> samples = view(field);
  const bool is_stacked = components.size() > 1;
  Array<R> result =
      is_stacked
          ? Array<R>(std::span<const std::size_t>(shape_of(components, field.extents())))
          : Array<R>::like(samples);
  std::vector<StridedView<R>> views;
  for (std::size_t k = 0; k < components.size(); ++k) {
    views.push_back(is_stacked ? StridedView<R>::contiguous(
                                     result.data() + k * field.size(), field.extents())
                               : view(result));
  }
  const std::vector<AnyOutput> outputs(views.begin(), views.end());
  gradient_into(samples, along_of(components), outputs, method.scheme, method.execution);
  return result;
}

}  // namespace

std::vector<Along> along_of(std::span<const Component> components) {
  std::vector<Along> along;
  for (const Component& component : components) {
    along.push_back({component.axis, component.positions.rule});
  }
  return along;
}

void require_fit(std::span<const Component> components,
                 std::span<const std::size_t> extents, const Scheme& scheme) {
  for (const Component& component : components) {
    try {
      check_fit({component.axis, component.positions.rule}, extents, scheme);
    } catch (const Error& error) {
      constexpr std::array<std::string_view, 4> of_scheme = {"derivative", "accuracy",
                                                             "edge_order", "minimum"};
      if (std::ranges::find(of_scheme, error.argument()) != of_scheme.end()) throw;
      throw Error(error.code(), "axis " + component.name, error.what());
    }
  }
}

std::vector<std::size_t> shape_of(std::span<const Component> components,
                                  std::span<const std::size_t> extents) {
  std::vector<std::size_t> shape(extents.begin(), extents.end());
  if (components.size() > 1) shape.insert(shape.begin(), components.size());
  return shape;
}

io::AnyArray gradient_of(const io::AnyArray& field, std::span<const Component> components,
                         const Method& method) {
  return std::visit([&](const auto& typed) { return compute(typed, components, method); },
                    field);
}

}  // namespace gridgrad::cli

// cli/viewed_array.cpp: .npy and text as a field, or as components stacked by grad
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <complex>
#include <memory>
#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "array_input.hpp"
#include "axis_names.hpp"
#include "gridgrad/error.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {
namespace {

template <class T>
struct IsComplex : std::false_type {};
template <class T>
struct IsComplex<std::complex<T>> : std::true_type {};

template <class T>
void append(T sample, ViewedSamples& samples) {
  if constexpr (IsComplex<T>::value) {
    samples.real.push_back(sample.real());
    samples.imaginary.push_back(sample.imag());
  } else if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>) {
    samples.real.push_back(to_float(sample));
  } else {
    samples.real.push_back(static_cast<double>(sample));
  }
}

// The samples of a view, the last axis fastest.
template <class T>
void append_all(const StridedView<const T>& view, ViewedSamples& samples) {
  const std::size_t rank = view.rank();
  std::vector<std::size_t> index(rank, 0);
  const T* at = view.data();
  for (std::size_t left = view.size(); left > 0; --left) {
    append(*at, samples);
    for (std::size_t axis = rank; axis-- > 0;) {
      at += view.strides()[axis];
      if (++index[axis] < view.extents()[axis]) break;
      at -= view.strides()[axis] * static_cast<std::ptrdiff_t>(index[axis]);
      index[axis] = 0;
    }
  }
}

// Where the samples of an array come from.
class Source {
 public:
  explicit Source(const std::string& path) : input_(path) {
    extents_ = input_.extents();
    order_ = input_.order();
    if (input_.file() == nullptr) held_ = input_.read();
  }

  [[nodiscard]] const std::vector<std::size_t>& extents() const { return extents_; }
  [[nodiscard]] io::MemoryOrder order() const { return order_; }
  [[nodiscard]] ElementType type() const {
    return held_ ? io::type_of(*held_) : input_.type();
  }

  [[nodiscard]] ViewedSamples read(const io::Box& box) const {
    if (held_) return viewed_samples(*held_, box);
    io::AnyArray part = io::make_array(input_.type(), box.extents, order_);
    io::Box stored = box;
    if (order_ == io::MemoryOrder::fortran) {
      std::ranges::reverse(stored.first);
      std::ranges::reverse(stored.extents);
    }
    input_.file()->read(stored, io::bytes_of(part));
    return viewed_samples(part, io::whole(box.extents));
  }

 private:
  ArrayInput input_;
  std::vector<std::size_t> extents_;
  io::MemoryOrder order_;
  std::optional<io::AnyArray> held_;
};

// Whether results of grad may lie on the first axis: one per other axis. Choosing axes
// says that it is none of theirs.
bool has_components(const std::vector<std::size_t>& extents, const ViewRequest& request) {
  if (request.first_axis != FirstAxis::guessed) {
    return request.first_axis == FirstAxis::components && extents.size() > 1;
  }
  return request.selection.axes.empty() && extents.size() > 2 &&
         extents[0] == extents.size() - 1;
}

ViewedAxis axis_of(const std::string& name, std::size_t extent) {
  ViewedAxis axis;
  axis.name = name;
  axis.called = axis.title = "axis " + name;
  axis.extent = extent;
  return axis;
}

std::vector<ViewedAxis> axes_of(const std::vector<std::size_t>& extents) {
  std::vector<ViewedAxis> axes;
  const std::vector<std::string> names = numbered(extents.size());
  for (std::size_t k = 0; k < extents.size(); ++k) {
    axes.push_back(axis_of(names[k], extents[k]));
  }
  return axes;
}

void place(std::vector<ViewedAxis>& axes, const Selection& selection) {
  if (selection.spacings.empty()) return;
  std::vector<std::string> names;
  for (const ViewedAxis& axis : axes) names.push_back(axis.name);
  std::vector<std::size_t> chosen(axes.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  if (!selection.axes.empty()) chosen = named_axes(selection.axes, names);
  Selection spacings;
  spacings.spacings = selection.spacings;
  for (const Component& component : array_components(spacings, chosen, names)) {
    ViewedAxis& axis = axes[component.axis];
    axis.positions = component.positions;
    axis.has_positions = true;
    axis.upwards = Upwards::larger;
  }
}

ViewedField field_of(const std::shared_ptr<Source>& source, const std::string& title) {
  ViewedField field;
  field.name = "value";
  field.title = title;
  field.bytes_of_sample = size_of(source->type());
  field.is_complex = source->type() == ElementType::complex64 ||
                     source->type() == ElementType::complex128;
  field.read = [source](const io::Box& box) { return source->read(box); };
  return field;
}

// Sample k of the first axis, as a field of the others.
std::function<ViewedSamples(const io::Box&)> slice_of(
    const std::shared_ptr<Source>& source, std::size_t k) {
  return [source, k](const io::Box& box) {
    io::Box of_all = box;
    of_all.first.insert(of_all.first.begin(), k);
    of_all.extents.insert(of_all.extents.begin(), 1);
    return source->read(of_all);
  };
}

void make_derivative(ViewedField& field, const ViewedAxis& axis, std::size_t along) {
  field.name = "d_d" + axis.name;
  field.title = "derivative along " + axis.called;
  field.kind = FieldKind::derivative;
  field.component_along = along;
}

FieldKind kind_of_result(Operator op) {
  if (op == Operator::aspect) return FieldKind::angle;
  const bool is_positive = op == Operator::mag || op == Operator::slope;
  return is_positive ? FieldKind::plain : FieldKind::derivative;
}

// Components of a vector that nobody has named.
void name_component(ViewedField& field, std::size_t along) {
  field.name = field.title = fmt::format("component {}", along);
  field.component_along = along;
}

void add_components(ViewedGrid& grid, const std::shared_ptr<Source>& source,
                    const ViewRequest& request) {
  const std::size_t count = source->extents().front();
  const bool is_guess = request.first_axis == FirstAxis::guessed;
  if (is_guess) {
    note(request.notes, fmt::format("the first axis of {} is taken for components along "
                                    "the others; -x draws axes as they are",
                                    count));
  }
  const std::vector<std::size_t> extents(source->extents().begin() + 1,
                                         source->extents().end());
  grid.axes = axes_of(extents);
  for (std::size_t k = 0; k < std::min(count, most_fields); ++k) {
    ViewedField field = field_of(source, {});
    field.read = slice_of(source, k);
    if (is_guess) {
      make_derivative(field, grid.axes[k], k);
    } else {
      name_component(field, k);
    }
    grid.fields.push_back(std::move(field));
  }
}

// Throws Error: bad_shape unless the array has the axes of the grid, after a first one of
// several results.
std::size_t count_of_results(const ViewedGrid& grid, const Source& source,
                             const std::string& path) {
  std::vector<std::size_t> extents = source.extents();
  const bool are_several = extents.size() == grid.axes.size() + 1;
  const std::size_t count = are_several ? extents.front() : 1;
  if (are_several) extents.erase(extents.begin());
  const bool fits = std::ranges::equal(extents, grid.axes, {}, {}, &ViewedAxis::extent);
  if (!fits) throw Error(ErrorCode::bad_shape, path, "has not the axes of the field");
  return count;
}

}  // namespace

ViewedSamples viewed_samples(const io::AnyArray& array, const io::Box& box) {
  ViewedSamples samples;
  samples.real.reserve(io::size_of(box));
  io::with_view(array, [&]<class T>(const StridedView<T>& view) {
    const std::remove_const_t<T>* first = view.data();
    for (std::size_t axis = 0; axis < view.rank(); ++axis) {
      first += view.strides()[axis] * static_cast<std::ptrdiff_t>(box.first[axis]);
    }
    using Sample = std::remove_const_t<T>;
    append_all(StridedView<const Sample>(first, box.extents, view.strides()), samples);
  });
  return samples;
}

void add_array_results(ViewedGrid& grid, const std::string& path,
                       const ViewedResults& results) {
  const auto source = std::make_shared<Source>(path);
  const bool are_several = source->extents().size() > grid.axes.size();
  const std::size_t count = count_of_results(grid, *source, path);
  const bool is_gradient = results.op == Operator::grad && results.derivative == 1;
  for (std::size_t k = 0; k < count && grid.fields.size() < most_fields; ++k) {
    const std::string name = name_of(results.op);
    ViewedField field = field_of(source, name);
    field.name = field.title = are_several ? fmt::format("{} {}", name, k) : name;
    field.kind = kind_of_result(results.op);
    if (are_several) field.read = slice_of(source, k);
    if (is_gradient && k < results.axes.size()) {
      make_derivative(field, grid.axes[results.axes[k]], results.axes[k]);
    }
    grid.fields.push_back(std::move(field));
  }
}

ViewedGrid viewed_array(const ViewRequest& request) {
  const auto source = std::make_shared<Source>(request.input);
  require_array_selection(request.selection, source->extents().size());
  ViewedGrid grid;
  grid.title = file_title(request.input);
  if (has_components(source->extents(), request)) {
    add_components(grid, source, request);
  } else {
    grid.axes = axes_of(source->extents());
    grid.fields.push_back(field_of(source, grid.title));
  }
  place(grid.axes, request.selection);
  grid.slow_first.resize(grid.axes.size());
  std::iota(grid.slow_first.begin(), grid.slow_first.end(), std::size_t{0});
  if (source->order() == io::MemoryOrder::fortran) std::ranges::reverse(grid.slow_first);
  return grid;
}

}  // namespace gridgrad::cli

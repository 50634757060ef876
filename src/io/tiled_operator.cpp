// io/tiled_operator.cpp: gradients and vector calculus on the samples of a tile
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/tiled_operator.hpp"

#include <algorithm>
#include <complex>
#include <optional>
#include <utility>

#include "../coordinates.hpp"
#include "../known_ends.hpp"
#include "gridgrad/io/any_array.hpp"
#include "held_samples.hpp"

namespace gridgrad::io {
namespace {

bool has_one_per_line(const Axis& rule) {
  return std::ranges::any_of(known_at(rule), &EndValues::is_per_line);
}

// A view of samples, with the shape and strides that it refers to.
struct Part {
  const std::byte* first;
  std::vector<std::size_t> extents;
  std::vector<std::ptrdiff_t> strides;
};

// The rows of the tile, along `axis` all that is held.
Part part_for(const Tile& tile, const AnyField& field, std::size_t axis) {
  Part part{static_cast<const std::byte*>(field.data),
            {},
            {field.strides.begin(), field.strides.end()}};
  const auto size = static_cast<std::ptrdiff_t>(size_of(field.type));
  for (std::size_t d = 0; d < part.strides.size(); ++d) {
    if (d == axis) {
      part.extents.push_back(field.extents[d]);
      continue;
    }
    const std::size_t place = place_in(tile.samples[d], tile.rows.first[d]);
    part.first += static_cast<std::ptrdiff_t>(place) * part.strides[d] * size;
    part.extents.push_back(tile.rows.extents[d]);
  }
  return part;
}

class TiledGradient final : public TiledOperator {
 public:
  TiledGradient(std::span<const std::size_t> extents, std::vector<Along> along,
                const Scheme& scheme, Execution execution)
      : extents_(extents.begin(), extents.end()),
        along_(std::move(along)),
        scheme_(scheme) {
    for (const Along& component : along_) {
      check_fit(component, extents_, scheme_);
      differences_.emplace_back();
      if (component.rule.varies()) continue;
      differences_.back().emplace(component.rule, extents_[component.axis], scheme_,
                                  execution);
    }
  }

  [[nodiscard]] std::size_t field_count() const override { return 1; }
  [[nodiscard]] std::size_t result_count() const override { return along_.size(); }

  [[nodiscard]] std::vector<Range> support(std::size_t axis, Range rows) const override {
    std::vector<Range> ranges;
    for (std::size_t k = 0; k < along_.size(); ++k) {
      if (along_[k].axis != axis || !differences_[k]) continue;
      const std::vector<Range> needed = differences_[k]->support(rows);
      ranges.insert(ranges.end(), needed.begin(), needed.end());
    }
    return ranges;
  }

  // Positions that vary along an axis, and numbers at the ends of lines, are those of all
  // its samples.
  [[nodiscard]] bool may_cut(std::size_t axis) const override {
    return std::ranges::none_of(along_, [&](const Along& component) {
      if (has_one_per_line(component.rule) && axis != component.axis) return true;
      if (!component.rule.varies()) return false;
      const auto& shape = component.rule.coordinates()->extents;
      const std::size_t before = extents_.size() - shape.size();
      return axis >= before && shape[axis - before] > 1;
    });
  }

  void apply(std::span<const AnyField> fields, std::span<const AnyOutput> results,
             const Tile& tile, Execution execution) const override {
    const Call call = {fields.front(), results, tile, execution};
    std::vector<std::size_t> together;
    for (std::size_t k = 0; k < along_.size(); ++k) {
      const std::size_t axis = along_[k].axis;
      if (differences_[k] && tile.rows.extents[axis] == extents_[axis]) {
        together.push_back(k);
      } else {
        apply_components(call, {&k, 1});
      }
    }
    if (!together.empty()) apply_components(call, together);
  }

 private:
  struct Call {
    const AnyField& field;
    std::span<const AnyOutput> results;
    const Tile& tile;
    Execution execution;
  };

  // Components along one axis, or along several that are whole in the tile.
  void apply_components(const Call& call, std::span<const std::size_t> components) const {
    const std::size_t axis = along_[components.front()].axis;
    const Part part = part_for(call.tile, call.field, axis);
    const AnyField view(part.first, call.field.type, part.extents, part.strides);
    std::vector<DifferenceAlong> along;
    std::vector<AnyOutput> outputs;
    for (const std::size_t k : components) {
      outputs.push_back(call.results[k]);
      if (!differences_[k]) {
        gradient_into(view, std::span(along_).subspan(k, 1), outputs, scheme_,
                      call.execution);
        return;
      }
      const auto& [own, rule] = along_[k];
      const std::size_t first = call.tile.rows.first[own];
      along.push_back({own,
                       *differences_[k],
                       {.rows = {first, first + call.tile.rows.extents[own]},
                        .samples = call.tile.samples[own],
                        .ends = known_at(rule)}});
    }
    apply_each(view, along, outputs, call.execution);
  }

  std::vector<std::size_t> extents_;
  std::vector<Along> along_;
  Scheme scheme_;
  std::vector<std::optional<Difference>> differences_;  // nothing: positions vary
};

// One number in a floating type, as an array of rank 0.
AnyArray number_as(ElementType type, double number) {
  AnyArray array = make_array(type, {});
  std::visit(
      [&]<class T>(Array<T>& typed) {
        if constexpr (std::is_same_v<T, Float16>) {
          *typed.data() = to_float16(static_cast<float>(number));
        } else if constexpr (std::is_same_v<T, BFloat16>) {
          *typed.data() = to_bfloat16(static_cast<float>(number));
        } else if constexpr (std::is_same_v<T, std::complex<float>>) {
          *typed.data() = static_cast<float>(number);
        } else {
          *typed.data() = static_cast<T>(number);
        }
      },
      array);
  return array;
}

class TiledCalculus final : public TiledOperator {
 public:
  TiledCalculus(std::vector<GridOperator> operators, std::vector<double> constants)
      : operators_(std::move(operators)), constants_(std::move(constants)) {}

  [[nodiscard]] std::size_t field_count() const override {
    return operators_.front().field_count() - constants_.size();
  }
  [[nodiscard]] std::size_t result_count() const override {
    std::size_t results = 0;
    for (const GridOperator& op : operators_) results += op.result_count();
    return results;
  }

  [[nodiscard]] std::vector<Range> support(std::size_t axis, Range rows) const override {
    std::vector<Range> ranges;
    for (const GridOperator& op : operators_) {
      const std::vector<Range> needed = op.support(axis, rows);
      ranges.insert(ranges.end(), needed.begin(), needed.end());
    }
    return ranges;
  }

  [[nodiscard]] bool may_cut(std::size_t axis) const override {
    return std::ranges::all_of(operators_,
                               [&](const GridOperator& op) { return op.may_cut(axis); });
  }

  void apply(std::span<const AnyField> fields, std::span<const AnyOutput> results,
             const Tile& tile, Execution execution) const override {
    std::vector<AnyField> all(fields.begin(), fields.end());
    const std::vector<std::ptrdiff_t> still(fields.front().strides.size(), 0);
    std::vector<AnyArray> numbers;
    for (const double constant : constants_) {
      numbers.push_back(number_as(fields.front().type, constant));
    }
    for (const AnyArray& number : numbers) {
      all.emplace_back(bytes_of(number).data(), fields.front().type,
                       fields.front().extents, still);
    }
    GridBlock block;
    block.samples = tile.samples;
    for (std::size_t axis = 0; axis < tile.samples.size(); ++axis) {
      const std::size_t first = tile.rows.first[axis];
      block.rows.push_back({first, first + tile.rows.extents[axis]});
    }
    for (const GridOperator& op : operators_) {
      op.apply(all, results.first(op.result_count()), block, execution);
      results = results.subspan(op.result_count());
    }
  }

 private:
  std::vector<GridOperator> operators_;
  std::vector<double> constants_;
};

class OneResult final : public TiledOperator {
 public:
  OneResult(SharedOperator of, std::size_t result) : of_(std::move(of)), kept_(result) {}

  [[nodiscard]] std::size_t field_count() const override { return of_->field_count(); }
  [[nodiscard]] std::size_t result_count() const override { return 1; }
  [[nodiscard]] std::size_t computed_count() const override {
    return of_->computed_count();
  }
  [[nodiscard]] std::vector<Range> support(std::size_t axis, Range rows) const override {
    return of_->support(axis, rows);
  }
  [[nodiscard]] bool may_cut(std::size_t axis) const override {
    return of_->may_cut(axis);
  }

  void apply(std::span<const AnyField> fields, std::span<const AnyOutput> results,
             const Tile& tile, Execution execution) const override {
    std::vector<AnyArray> dropped;
    std::vector<AnyOutput> all;
    for (std::size_t k = 0; k < of_->result_count(); ++k) {
      if (k != kept_) dropped.push_back(make_array(results[0].type, results[0].extents));
    }
    for (std::size_t k = 0; k < of_->result_count(); ++k) {
      all.push_back(k == kept_ ? results[0] : output_of(dropped[k < kept_ ? k : k - 1]));
    }
    of_->apply(fields, all, tile, execution);
  }

 private:
  SharedOperator of_;
  std::size_t kept_;
};

}  // namespace

Tile whole_tile(std::span<const std::size_t> extents) {
  Tile tile{whole(extents), {}};
  for (const std::size_t extent : extents) tile.samples.push_back({{0, extent}});
  return tile;
}

SharedOperator tiled_gradient(std::span<const std::size_t> extents,
                              std::vector<Along> along, const Scheme& scheme,
                              Execution execution) {
  return std::make_shared<TiledGradient>(extents, std::move(along), scheme, execution);
}

SharedOperator tiled_calculus(std::vector<GridOperator> operators,
                              std::vector<double> constants) {
  return std::make_shared<TiledCalculus>(std::move(operators), std::move(constants));
}

SharedOperator one_result(SharedOperator of, std::size_t result) {
  return std::make_shared<OneResult>(std::move(of), result);
}

}  // namespace gridgrad::io

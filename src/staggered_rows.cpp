// staggered_rows.cpp: which samples a row between samples reads, and its weights
//
// SPDX-License-Identifier: BSD-3-Clause

#include "staggered_rows.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "message.hpp"
#include "orders.hpp"
#include "stencil_row.hpp"
#include "threads.hpp"
#include "weights.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(const char* argument, const std::string& message) {
  throw Error(ErrorCode::bad_argument, argument, message);
}

bool is_known(const Boundary& end) {
  return std::holds_alternative<Constant>(end);
}

// The sample that a tap reads besides the one below the row, which is at `below`.
auto neighbour_in(std::ptrdiff_t below) {
  return [below](const Tap& tap) { return tap.plus == below ? tap.minus : tap.plus; };
}

// First and last index of some values, both included.
struct Limits {
  std::ptrdiff_t first;
  std::ptrdiff_t last;

  [[nodiscard]] std::ptrdiff_t size() const { return last - first + 1; }
};

// Rows of irregular cells that read the same offsets, or all but the outer one that is
// farther away.
struct IrregularBand {
  Range rows;
  std::vector<int> offsets;
  bool leaves_out_farther;
  int accuracy;
};

class StaggeredBuilder {
 public:
  StaggeredBuilder(RowTable& table, const StaggeredAxis& axis,
                   std::pair<Stand, Stand> stands, const Orders& orders)
      : table_(table),
        axis_(axis),
        lattice_(axis.lattice()),
        samples_(stands.first),
        rows_(stands.second),
        orders_(orders),
        below_((rows_.first - samples_.first - 1) / 2),
        readable_{0, static_cast<std::ptrdiff_t>(samples_.count) - 1} {
    regular_ = readable_;
    if (axis.is_periodic()) {
      regular_ = {-static_cast<std::ptrdiff_t>(samples_.count) + 1,
                  2 * static_cast<std::ptrdiff_t>(samples_.count) - 2};
      readable_ = regular_;
      return;
    }
    if (is_known(axis.lower())) readable_.first = -1;
    if (is_known(axis.upper())) ++readable_.last;
    // A known value on a face that is one of a row of faces.
    const auto last = static_cast<std::ptrdiff_t>(2 * axis.cells());
    if (samples_.at(readable_.first) == 0) regular_.first = readable_.first;
    if (samples_.at(readable_.last) == last) regular_.last = readable_.last;
  }

  void build(Execution execution) {
    execution_ = execution;
    check_reach();
    const Range interior = interior_rows();
    edge_rows({0, interior.first});
    if (interior.size() > 0) build_interior(interior);
    edge_rows({interior.last, rows_.count});
  }

 private:
  [[nodiscard]] std::ptrdiff_t half_nodes() const { return orders_.accuracy / 2; }
  [[nodiscard]] bool is_irregular() const { return !lattice_.size; }

  // The sample below a row.
  [[nodiscard]] std::ptrdiff_t base_of(std::size_t row) const {
    return static_cast<std::ptrdiff_t>(row) + below_;
  }

  void check_reach() const {
    const std::ptrdiff_t first = base_of(0);
    const std::ptrdiff_t last = base_of(rows_.count) - 1;
    if (first < readable_.first || last + 1 > readable_.last) {
      refuse("boundary",
             "one-sided at an end where rows lie beyond the samples; periodic or a "
             "constant is needed there, or rows within them");
    }
    if (!axis_.is_periodic()) return;
    const std::size_t nodes =
        static_cast<std::size_t>(orders_.accuracy) + (is_irregular() ? 2 : 0);
    if (samples_.count < nodes) refuse_few(nodes);
  }

  [[noreturn]] void refuse_few(std::size_t needed) const {
    throw Error(ErrorCode::too_few_samples, "field",
                counted(samples_.count, "sample") + " along the axis; at least " +
                    std::to_string(needed) + " are needed");
  }

  // Rows whose symmetric stencil lies within the samples.
  [[nodiscard]] Range interior_rows() const {
    const auto count = static_cast<std::ptrdiff_t>(rows_.count);
    std::ptrdiff_t first = regular_.first + half_nodes() - 1 - below_;
    std::ptrdiff_t last = regular_.last - half_nodes() - below_ + 1;
    first = std::clamp<std::ptrdiff_t>(first, 0, count);
    last = std::clamp<std::ptrdiff_t>(last, 0, count);
    const bool has_room = !is_irregular() || regular_.size() > orders_.accuracy;
    if (first < last && has_room) {
      return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
    }
    return {rows_.count / 2, rows_.count / 2};
  }

  void build_interior(Range rows) {
    if (!is_irregular()) return pairs(rows.size());
    const std::vector<int> offsets =
        contiguous_offsets(below_ - half_nodes() + 1, below_ + half_nodes());
    const auto row_of = [&](std::ptrdiff_t base) {
      return std::clamp(static_cast<std::size_t>(std::max(base - below_, {})), rows.first,
                        rows.last);
    };
    // Next to an end the extra node is the one there is.
    const Range both = {row_of(regular_.first + half_nodes()),
                        row_of(regular_.last - half_nodes())};
    irregular_next_to_end({rows.first, both.first}, offsets, 1);
    std::vector<int> wider = offsets;
    wider.insert(wider.begin(), offsets.front() - 1);
    wider.push_back(offsets.back() + 1);
    irregular({both, wider, true, orders_.accuracy});
    irregular_next_to_end({both.last, rows.last}, offsets, -1);
  }

  void irregular_next_to_end(Range rows, std::vector<int> offsets, int inwards) {
    if (inwards > 0) {
      offsets.push_back(offsets.back() + 1);
    } else {
      offsets.insert(offsets.begin(), offsets.front() - 1);
    }
    irregular({rows, offsets, false, orders_.accuracy});
  }

  // Pairs around the row, w_k (f[row + k] - f[row + 1 - k]).
  void pairs(std::size_t rows) {
    std::vector<int> half_cells;
    std::vector<IntegerTerm> terms;
    for (std::ptrdiff_t k = 1; k <= half_nodes(); ++k) {
      half_cells.push_back(static_cast<int>(1 - 2 * k));
      terms.push_back({{below_ + k, below_ + 1 - k}, half_cells.size(), 1});
      half_cells.push_back(static_cast<int>(2 * k - 1));
    }
    append(row_of(half_cells, terms), rows, orders_.accuracy);
  }

  [[nodiscard]] StencilRow row_of(std::span<const int> half_cells,
                                  std::span<const IntegerTerm> terms) const {
    constexpr double half = 0.5;
    return integer_row(RowForm::based, half_cells, terms,
                       {scaled(*lattice_.size, half), 1, 1});
  }

  void append(const StencilRow& row, std::size_t rows, int accuracy) {
    table_.append({row.form, rows, row.taps, row.scale, accuracy}, row.weights);
  }

  void edge_rows(Range rows) {
    for (std::size_t row = rows.first; row < rows.last; ++row) edge_row(row);
  }

  // The values most centred on the row, ties to the inside.
  void edge_row(std::size_t row) {
    const auto nodes = static_cast<std::ptrdiff_t>(orders_.edge_nodes());
    if (readable_.size() < nodes) {
      refuse_few(samples_.count + static_cast<std::size_t>(nodes - readable_.size()));
    }
    const bool is_lower = row < rows_.count - 1 - row;
    const std::ptrdiff_t below = is_lower ? nodes / 2 : (nodes + 1) / 2;
    const std::ptrdiff_t start =
        std::clamp(base_of(row) + 1 - below, readable_.first, readable_.last - nodes + 1);
    const auto own = static_cast<std::ptrdiff_t>(row);
    const std::vector<int> offsets =
        contiguous_offsets(start - own, start + nodes - 1 - own);
    if (is_irregular()) {
      return irregular({{row, row + 1}, offsets, false, orders_.edge_order});
    }
    uniform_edge_row(row, offsets);
  }

  void uniform_edge_row(std::size_t row, std::span<const int> offsets) {
    std::vector<int> half_cells;
    std::vector<IntegerTerm> terms;
    for (const int offset : offsets) {
      half_cells.push_back(static_cast<int>(half_cell_of(row, offset) - row_place(row)));
    }
    for (const Tap& tap : taps_of(offsets)) {
      const bool is_below = tap.plus == below_;
      const auto offset = is_below ? tap.minus : tap.plus;
      const auto index = static_cast<std::size_t>(offset - offsets.front());
      terms.push_back({tap, index, is_below ? -1 : 1});
    }
    const bool is_symmetric = half_cells.front() == -half_cells.back() &&
                              half_cells.size() % 2 == 0 &&
                              half_cells.back() - half_cells.front() + 2 ==
                                  2 * static_cast<int>(half_cells.size());
    append(row_of(half_cells, terms), 1,
           orders_.edge_order + (is_symmetric && orders_.edge_order % 2 != 0 ? 1 : 0));
  }

  // Differences from the sample below the row, outwards from it.
  [[nodiscard]] std::vector<Tap> taps_of(std::span<const int> offsets) const {
    std::vector<int> from_base;
    for (const int offset : offsets) {
      from_base.push_back(offset - static_cast<int>(below_));
    }
    std::vector<Tap> taps = based_taps(from_base);
    for (Tap& tap : taps) tap = {tap.plus + below_, tap.minus + below_};
    return taps;
  }

  void irregular(const IrregularBand& rows) {
    if (rows.rows.size() == 0) return;
    const std::vector<Tap> taps = taps_of(rows.offsets);
    const Band& band =
        table_.append({RowForm::based, rows.rows.size(), taps, {1, 1}, rows.accuracy});
    constexpr std::size_t few_rows = 2048;
    const bool is_small = execution_.threads == 0 && rows.rows.size() < few_rows;
    const std::size_t threads = is_small ? 1 : execution_.threads;
    Part part = {this, &rows, &band, taps};
    for_each_part(rows.rows.size(), threads == 0 ? default_threads() : threads, run_part,
                  &part);
  }

  struct Part {
    StaggeredBuilder* builder;
    const IrregularBand* rows;
    const Band* band;
    std::span<const Tap> taps;
  };
  static void run_part(void* context, Range range) {
    auto* const part = static_cast<Part*>(context);
    for (std::size_t i = range.first; i < range.last; ++i) {
      part->builder->irregular_row(*part, part->rows->rows.first + i);
    }
  }

  void irregular_row(const Part& part, std::size_t row) {
    const std::span<const Tap> taps = part.taps;
    std::size_t left_out = taps.size();
    if (part.rows->leaves_out_farther) {
      const int farther = farther_of_outer(row, part.rows->offsets);
      left_out = static_cast<std::size_t>(
          std::ranges::find(taps, farther, neighbour_in(below_)) - taps.begin());
    }
    std::array<DoubleDouble, most_neighbours> nodes;
    std::array<Rounded, most_neighbours> weights;
    std::size_t count = 0;
    nodes[count++] = distance(row, below_);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      if (k != left_out) nodes[count++] = distance(row, neighbour_in(below_)(taps[k]));
    }
    weights_between({nodes.data(), count}, 1, 1, weights);
    count = 1;
    for (std::size_t k = 0; k < taps.size(); ++k) {
      Rounded weight = k == left_out ? Rounded{0, 0} : weights[count++];
      if (taps[k].plus == below_) weight = {-weight.f64, -weight.f32};
      table_.set_weight(*part.band, k, row, weight);
    }
  }

  // Equally far: the lower is taken.
  [[nodiscard]] int farther_of_outer(std::size_t row,
                                     std::span<const int> offsets) const {
    const DoubleDouble below = distance(row, offsets.front());
    const DoubleDouble above = distance(row, offsets.back());
    // One is negative: the sum has the sign of the longer.
    const double longer = (below + above).high;
    const bool takes_upper = longer != 0 && (longer < 0) == (below.high < 0);
    return takes_upper ? offsets.front() : offsets.back();
  }

  [[nodiscard]] std::ptrdiff_t row_place(std::size_t row) const {
    return rows_.at(static_cast<std::ptrdiff_t>(row));
  }

  // Where the value at an offset from a row is; what is known is on the face at the end.
  [[nodiscard]] std::ptrdiff_t half_cell_of(std::size_t row,
                                            std::ptrdiff_t offset) const {
    const std::ptrdiff_t v = static_cast<std::ptrdiff_t>(row) + offset;
    if (axis_.is_periodic()) return samples_.at(v);
    const auto last = static_cast<std::ptrdiff_t>(2 * lattice_.cells);
    return std::clamp<std::ptrdiff_t>(samples_.at(v), 0, last);
  }

  [[nodiscard]] DoubleDouble distance(std::size_t row, std::ptrdiff_t offset) const {
    return lattice_.at(half_cell_of(row, offset)) - lattice_.at(row_place(row));
  }

  RowTable& table_;
  const StaggeredAxis& axis_;
  const StaggeredAxis::Lattice& lattice_;
  Stand samples_;
  Stand rows_;
  Orders orders_;
  Execution execution_;
  std::ptrdiff_t below_;  // offset from a row to the sample below it
  Limits readable_;       // values there are, those known at ends included
  Limits regular_;        // values that stand every second half cell
};

Orders checked_orders(const Scheme& scheme) {
  const Orders orders = orders_of(scheme);
  if (orders.derivative != 1) {
    refuse("derivative", std::to_string(orders.derivative) +
                             " given; between centres and faces it is 1");
  }
  if (orders.bias != Bias::central) {
    refuse("bias", "forward or backward given; between centres and faces it is central");
  }
  if (orders.adapts()) {
    throw Error(ErrorCode::unsupported, "missing",
                "adapt given; between centres and faces samples propagate or are data");
  }
  return orders;
}

// Faces of which one has a sample and a value that is known besides.
void check_ends(const StaggeredAxis& axis, const Stand& faces) {
  const auto last = static_cast<std::ptrdiff_t>(2 * axis.cells());
  const bool is_twice = (is_known(axis.lower()) && faces.first == 0) ||
                        (is_known(axis.upper()) && faces.count > 0 &&
                         faces.at(static_cast<std::ptrdiff_t>(faces.count) - 1) == last);
  if (!is_twice) return;
  refuse("boundary", "a constant on a face that has samples; one-sided is needed there");
}

}  // namespace

RowTable staggered_rows(const StaggeredAxis& axis, const Stand& samples,
                        const Stand& rows, const Scheme& scheme, Execution execution) {
  const Orders orders = checked_orders(scheme);
  const bool are_faces = samples.first != 1;
  check_period(axis, are_faces ? samples : rows);
  if (are_faces) check_ends(axis, samples);
  if (samples.count == 0 || rows.count == 0) {
    throw Error(ErrorCode::too_few_samples, "cells",
                std::to_string(axis.cells()) + " given; inner faces need at least 2");
  }
  const Extension extension(Axis().with_ends(axis.lower(), axis.upper()), samples.count);
  RowTable table(samples.count, 0, extension, orders.missing);
  StaggeredBuilder(table, axis, {samples, rows}, orders).build(execution);
  table.finish();
  return table;
}

}  // namespace gridgrad

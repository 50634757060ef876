// fused_rows.hpp: formulas whose rows are combined in registers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <type_traits>
#include <vector>

#include "box_frame.hpp"
#include "factor_layout.hpp"
#include "formula.hpp"
#include "kernels/combine.hpp"

namespace gridgrad {

// A formula on fields that kernels can read as they stand: its products along runs of the
// fastest axis. Rows that read beyond an end are not among them, nor, along the fastest
// axis, rows of other bands than the widest.
template <class T>
class FusedRows {
 public:
  FusedRows(const FormulaCall& call, const BoxFrame& frame, std::size_t formula,
            std::span<const FactorLayout<T>> factors)
      : call_(call),
        frame_(frame),
        formula_(call.formulas[formula]),
        factors_(factors),
        can_fuse_(is_direct(call.out[formula])),
        inner_(frame.rank()) {
    for (std::size_t axis = 0; axis < frame.rank(); ++axis) {
      inner_[axis] = {0, call.domain.samples[axis]};
    }
    for (const Summand& summand : formula_.summands) {
      can_fuse_ = can_fuse_ && is_fusible(summand);
      usual_bands_.push_back(nullptr);
      leads_.push_back(is_leading(summand));
      if (can_fuse_ && !summand.steps.empty()) narrow(summand.steps[0]);
    }
    for (const SampleRanges& held : call.block.samples) {
      const bool is_one_range = held.ranges().size() == 1;
      only_ranges_.push_back(is_one_range ? held.ranges()[0] : Range{0, 0});
    }
    joins_lines_ = can_fuse_ && are_lines_joined();
  }

  [[nodiscard]] const BoxFrame& frame() const { return frame_; }
  [[nodiscard]] Combination combination() const { return formula_.combination; }

  // The part of a region that can be fused; empty along some axis if none can.
  [[nodiscard]] Region inner(const Region& region) const {
    Region part = region;
    for (std::size_t axis = 0; axis < part.size(); ++axis) {
      const Range& most = inner_[axis];
      part[axis].first = can_fuse_ ? std::max(part[axis].first, most.first) : 0;
      part[axis].last = can_fuse_ ? std::min(part[axis].last, most.last) : 0;
      part[axis].last = std::max(part[axis].last, part[axis].first);
    }
    return part;
  }

  // Whether the rows of the fastest axis at these samples read samples within the line.
  [[nodiscard]] bool reads_within(Range columns) const {
    if (!can_fuse_ || only_ranges_[frame_.fastest()].size() == 0) return false;
    return std::ranges::all_of(formula_.summands, [&](const Summand& summand) {
      if (summand.steps.empty() || summand.steps[0].axis != frame_.fastest()) return true;
      const RowTable& table = *summand.steps[0].table;
      const auto own = static_cast<std::size_t>(table.own_sample());
      const auto bands = table.bands({columns.first - own, columns.last - own});
      return std::ranges::all_of(bands, [&](const Band& band) {
        const Range rows = within(table, band);
        return rows.first <= std::max(band.rows.first, columns.first - own) &&
               rows.last >= std::min(band.rows.last, columns.last - own);
      });
    });
  }

  // Whether lines of results with these columns begin where those before them end, as
  // those of the fields do.
  [[nodiscard]] bool joins_lines(Range columns,
                                 std::span<const std::ptrdiff_t> strides) const {
    if (!joins_lines_) return false;
    const std::size_t axis = frame_.order()[frame_.rank() - 2];
    return columns.size() == only_ranges_[frame_.fastest()].size() &&
           strides[axis] == static_cast<std::ptrdiff_t>(columns.size());
  }

  // How many lines from that of a sample on, `most` at most, are one run of the products
  // of the first. What the run has between the fused columns of two is of no meaning.
  [[nodiscard]] std::size_t lines_in_run(std::span<const std::size_t> sample,
                                         std::size_t most) const {
    if (!joins_lines_) return 1;
    const std::size_t axis = frame_.order()[frame_.rank() - 2];
    for (std::size_t k = 0; k < formula_.summands.size(); ++k) {
      const Summand& summand = formula_.summands[k];
      if (summand.steps.empty() || summand.steps[0].axis != axis) continue;
      const Range& usual = usual_bands_[k]->rows;
      const std::size_t row = row_of(summand.steps[0], sample);
      if (row < usual.first || row >= usual.last) return 1;
      most = std::min(most, usual.last - row);
    }
    return most;
  }

  // A product in one column of lines in a run; of complex numbers, in one part.
  void compute_column(const kernels::RowProduct<T>& product, std::size_t part,
                      std::span<T> values) const {
    const Range& columns = only_ranges_[frame_.fastest()];
    const auto line = static_cast<std::ptrdiff_t>(columns.size() * frame_.parts());
    auto at = static_cast<std::ptrdiff_t>(part);
    for (T& value : values) {
      T sum = term(product, 0, at);
      for (std::size_t k = 1; k < product.terms.size(); ++k) sum += term(product, k, at);
      value = product.factor[at * product.factor_step] * (product.scale * sum);
      if (product.multiplier != nullptr) value *= product.multiplier[at];
      at += line;
    }
  }

  // The products of the run that begins at a sample of the field. What was made for
  // another run in the same storage is overwritten.
  struct Storage {
    boost::container::small_vector<RowTerm<T, T>, 16> terms;
    boost::container::small_vector<kernels::RowProduct<T>, 8> products;
  };
  std::span<const kernels::RowProduct<T>> at(std::span<const std::size_t> sample,
                                             Storage& storage) const {
    storage.terms.clear();
    storage.products.clear();
    for (std::size_t k = 0; k < formula_.summands.size(); ++k) {
      append(k, sample, storage);
    }
    // Now that the terms have their places.
    const RowTerm<T, T>* next = storage.terms.data();
    for (kernels::RowProduct<T>& product : storage.products) {
      product.terms = {next, product.terms.size()};
      next += product.terms.size();
    }
    return {storage.products.data(), storage.products.size()};
  }

 private:
  static constexpr T one = 1;

  static T term(const kernels::RowProduct<T>& of, std::size_t k, std::ptrdiff_t at) {
    const RowTerm<T, T>& first = of.terms[k];
    const RowTerm<T, T> there = {first.plus + at, first.minus + at, first.centre + at,
                                 first.weight};
    return term_value(of.form, there, false);
  }

  template <class View>
  [[nodiscard]] bool is_direct(const View& view) const {
    const bool is_of_type =
        std::is_same_v<T, float>
            ? view.type == ElementType::float32 || view.type == ElementType::complex64
            : view.type == ElementType::float64 || view.type == ElementType::complex128;
    return is_of_type && view.strides[frame_.fastest()] == 1;
  }

  [[nodiscard]] bool is_fusible(const Summand& summand) const {
    const auto is_plain = [&](std::size_t k) {
      return is_direct(call_.fields[k]) && call_.fields[k].marks.is_empty();
    };
    if (!is_plain(summand.field) || !summand.before.is_one()) return false;
    if (summand.multiplier && !is_plain(*summand.multiplier)) return false;
    if (summand.steps.size() > 1) return false;
    return summand.steps.empty() || !summand.steps[0].table->skips_missing();
  }

  // Whether a summand is the first to read the samples of its field: along the axis whose
  // neighbours are the furthest apart.
  [[nodiscard]] bool is_leading(const Summand& summand) const {
    const auto reach = [&](const Summand& of) {
      return of.steps.empty()
                 ? 0
                 : std::abs(call_.fields[of.field].strides[of.steps[0].axis]);
    };
    return std::ranges::none_of(formula_.summands, [&](const Summand& other) {
      return other.field == summand.field &&
             (reach(other) > reach(summand) ||
              (reach(other) == reach(summand) && &other < &summand));
    });
  }

  // Whether rows of a band are sums of products of samples within the line.
  static bool is_usable(const RowTable& table, const Band& band) {
    return band.taps > 0 && band.form != RowForm::plain && !band.leaves_out &&
           !band.divisor && !is_slope(table.taps(band).back());
  }

  // Rows of a band whose samples are within the line.
  static Range within(const RowTable& table, const Band& band) {
    const auto row_of = [&](std::ptrdiff_t sample) {
      return static_cast<std::size_t>(std::clamp(
          sample - table.own_sample(), static_cast<std::ptrdiff_t>(band.rows.first),
          static_cast<std::ptrdiff_t>(band.rows.last)));
    };
    const auto extent = static_cast<std::ptrdiff_t>(table.extent());
    const Range rows = {row_of(-band.lowest), row_of(extent - band.highest)};
    return is_usable(table, band) && rows.first < rows.last ? rows : Range{};
  }

  // Whether each line begins where the one before it ends, in fields and factors, and has
  // the same weights.
  [[nodiscard]] bool are_lines_joined() const {
    if (frame_.rank() < 2) return false;
    const std::size_t dimension = frame_.rank() - 2;
    const std::size_t axis = frame_.order()[dimension];
    const Range& columns = only_ranges_[frame_.fastest()];
    if (only_ranges_[axis].size() == 0 || columns.size() == 0) return false;
    const auto length = static_cast<std::ptrdiff_t>(columns.size());
    const auto parts = static_cast<std::ptrdiff_t>(frame_.parts());
    const auto is_joined = [&](std::size_t field) {
      return call_.fields[field].strides[axis] == length;
    };
    for (std::size_t k = 0; k < formula_.summands.size(); ++k) {
      const Summand& summand = formula_.summands[k];
      if (!is_joined(summand.field)) return false;
      if (summand.multiplier && !is_joined(*summand.multiplier)) return false;
      const std::span<const std::ptrdiff_t> strides = factors_[k].strides();
      if (strides[dimension] != length * parts * strides.back()) return false;
      const bool has_own_weights =
          !summand.steps.empty() && usual_bands_[k]->weight_stride != 0;
      if (has_own_weights && summand.steps[0].axis == axis) return false;
      if (has_own_weights && summand.steps[0].axis == frame_.fastest()) return false;
    }
    return true;
  }

  // To the samples whose rows of a step can be fused.
  void narrow(const RowStep& step) {
    const RowTable& table = *step.table;
    const std::span<const Band> bands = table.bands();
    const bool is_fastest = step.axis == frame_.fastest();
    std::size_t widest = 0;
    for (std::size_t b = 0; b < bands.size(); ++b) {
      const bool is_wider =
          within(table, bands[b]).size() > within(table, bands[widest]).size();
      if (is_wider) widest = b;
      // Weights per row are not weights per part of a complex number.
      const bool has_own = bands[b].weight_stride != 0;
      can_fuse_ = can_fuse_ && !(is_fastest && has_own && frame_.parts() == 2);
    }
    Range rows = bands.empty() ? Range{} : within(table, bands[widest]);
    for (std::size_t b = widest; !is_fastest && b-- > 0;) {
      const Range before = within(table, bands[b]);
      if (before.last != rows.first || before.size() == 0) break;
      rows.first = before.first;
    }
    for (std::size_t b = widest + 1; !is_fastest && b < bands.size(); ++b) {
      const Range behind = within(table, bands[b]);
      if (behind.first != rows.last || behind.size() == 0) break;
      rows.last = behind.last;
    }
    if (!bands.empty()) usual_bands_.back() = &bands[widest];
    const auto own = static_cast<std::size_t>(table.own_sample());
    Range& inner = inner_[step.axis];
    inner.first = std::max(inner.first, rows.first + own);
    inner.last = std::min(inner.last, rows.last + own);
  }

  static std::size_t row_of(const RowStep& step, std::span<const std::size_t> sample) {
    return sample[step.axis] - static_cast<std::size_t>(step.table->own_sample());
  }

  [[nodiscard]] const T* sample_at(std::size_t field,
                                   std::span<const std::size_t> sample) const {
    const AnyField& view = call_.fields[field];
    std::ptrdiff_t offset = 0;
    for (std::size_t axis = 0; axis < sample.size(); ++axis) {
      const Range& only = only_ranges_[axis];
      const std::ptrdiff_t place =
          only.last > 0 ? static_cast<std::ptrdiff_t>(sample[axis] - only.first)
                        : call_.block.samples[axis].place(sample[axis]);
      offset += place * view.strides[axis];
    }
    return static_cast<const T*>(view.data) +
           offset * static_cast<std::ptrdiff_t>(frame_.parts());
  }

  void append(std::size_t k, std::span<const std::size_t> sample,
              Storage& storage) const {
    const Summand& summand = formula_.summands[k];
    const FactorLayout<T>& factor = factors_[k];
    const T* const own = sample_at(summand.field, sample);
    kernels::RowProduct<T> product = {RowForm::plain, {}, 0, one, nullptr, 0, nullptr};
    product.factor = factor.at_sample(sample, frame_.order());
    product.factor_step = factor.strides().back();
    if (summand.multiplier) product.multiplier = sample_at(*summand.multiplier, sample);
    if (summand.steps.empty()) {
      storage.terms.push_back({own, own, own, &one});
      product.terms = {static_cast<const RowTerm<T, T>*>(nullptr), 1};
    } else {
      append_row(k, sample, own, product, storage);
    }
    storage.products.push_back(product);
  }

  void append_row(std::size_t of, std::span<const std::size_t> sample, const T* own,
                  kernels::RowProduct<T>& product, Storage& storage) const {
    const Summand& summand = formula_.summands[of];
    const RowStep& step = summand.steps[0];
    const RowTable& table = *step.table;
    const std::size_t row = row_of(step, sample);
    const Range& usual = usual_bands_[of]->rows;
    const bool is_usual = row >= usual.first && row < usual.last;
    const Band& band = is_usual ? *usual_bands_[of] : table.bands({row, row + 1}).front();
    const std::ptrdiff_t stride = call_.fields[summand.field].strides[step.axis] *
                                  static_cast<std::ptrdiff_t>(frame_.parts());
    const std::span<const Tap> taps = table.taps(band);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      storage.terms.push_back({own + taps[k].plus * stride, own + taps[k].minus * stride,
                               own, table.weights<T>(band, k, row)});
    }
    product.form = band.form;
    product.scale = RowTable::scale<T>(band);
    const bool has_own_weights = step.axis == frame_.fastest() && band.weight_stride != 0;
    product.weight_step = has_own_weights ? 1 : 0;
    product.terms = {static_cast<const RowTerm<T, T>*>(nullptr), taps.size()};
    constexpr std::size_t bytes_ahead = std::size_t{2} << 10;
    if (leads_[of]) product.ahead = storage.terms.back().plus + bytes_ahead / sizeof(T);
  }

  const FormulaCall& call_;
  const BoxFrame& frame_;
  const Formula& formula_;
  std::span<const FactorLayout<T>> factors_;
  bool can_fuse_;
  Region inner_;
  boost::container::small_vector<const Band*, 8> usual_bands_;  // per summand
  boost::container::small_vector<bool, 8> leads_;               // likewise
  Region only_ranges_;  // of samples held, where it is one
  bool joins_lines_ = false;
};

}  // namespace gridgrad

// spline_coefficients.cpp: axis by axis, several lines at once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "spline_coefficients.hpp"

#include <atomic>
#include <cmath>
#include <complex>
#include <cstring>
#include <string>

#include "element_dispatch.hpp"
#include "message.hpp"
#include "stored_sample.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

using Strides = std::array<std::ptrdiff_t, most_axes>;

// Lines along one axis of an array: blocks of lines side by side along `inner`.
struct Lines {
  std::size_t rank;
  std::size_t axis;
  std::size_t inner;
  std::array<std::size_t, most_axes> extents;

  // A block: where it starts, and how many lines it has.
  struct Block {
    std::array<std::size_t, most_axes> index;
    std::size_t lines;
  };

  [[nodiscard]] std::size_t blocks_across() const {
    if (rank == 1) return 1;
    return (extents[inner] + SplineSystem::lines - 1) / SplineSystem::lines;
  }

  [[nodiscard]] std::size_t blocks() const {
    std::size_t count = blocks_across();
    for (std::size_t a = 0; a < rank; ++a) {
      if (a != axis && a != inner) count *= extents[a];
    }
    return count;
  }

  [[nodiscard]] Block block(std::size_t number) const {
    Block block = {{}, 1};
    if (rank == 1) return block;
    const std::size_t first = number % blocks_across() * SplineSystem::lines;
    block.index[inner] = first;
    block.lines = std::min(SplineSystem::lines, extents[inner] - first);
    std::size_t rest = number / blocks_across();
    for (std::size_t a = rank; a-- > 0;) {
      if (a == axis || a == inner) continue;
      block.index[a] = rest % extents[a];
      rest /= extents[a];
    }
    return block;
  }
};

// Of an element in C order.
std::vector<std::size_t> index_of(std::size_t flat,
                                  std::span<const std::size_t> extents) {
  std::vector<std::size_t> index(extents.size());
  for (std::size_t a = extents.size(); a-- > 0; flat /= extents[a]) {
    index[a] = flat % extents[a];
  }
  return index;
}

std::ptrdiff_t offset_of(const Lines::Block& block, std::size_t rank,
                         const Strides& strides) {
  std::ptrdiff_t offset = 0;
  for (std::size_t a = 0; a < rank; ++a) {
    offset += static_cast<std::ptrdiff_t>(block.index[a]) * strides[a];
  }
  return offset;
}

// A block of lines in memory: strides along the lines and from one to the next.
template <class S>
struct LinesView {
  S* first;
  std::ptrdiff_t along;
  std::ptrdiff_t across;
};

// Calls f(row, line, element). Lines side by side are walked across, others in pieces so
// short that the rows of a piece stay in the nearest cache. The loops that occur most
// have lengths and strides that are constants.
template <class S, class F>
void for_each(const LinesView<S>& view, std::size_t rows, std::size_t lines, F&& f) {
  if (view.across == 1 && lines == SplineSystem::lines) {
    for (std::size_t i = 0; i < rows; ++i) {
      S* const row = view.first + static_cast<std::ptrdiff_t>(i) * view.along;
      for (std::size_t k = 0; k < SplineSystem::lines; ++k) f(i, k, row[k]);
    }
    return;
  }
  constexpr std::size_t piece = 64;
  for (std::size_t first = 0; first < rows; first += piece) {
    const std::size_t last = std::min(rows, first + piece);
    for (std::size_t k = 0; k < lines; ++k) {
      S* const line = view.first + static_cast<std::ptrdiff_t>(k) * view.across;
      for (std::size_t i = first; i < last; ++i) {
        f(i, k, line[static_cast<std::ptrdiff_t>(i) * view.along]);
      }
    }
  }
}

// One component of a field: its coefficients in place of its samples, axis by axis.
class ComponentSolver {
 public:
  ComponentSolver(const Patches& patches, const SampleView& field, std::size_t component,
                  double* to, const Strides& strides)
      : patches_(patches), field_(field), to_(to), strides_(strides) {
    const auto c = static_cast<std::ptrdiff_t>(component);
    sample_offset_ = c * field.component_stride;
    mask_offset_ = c * field.mask_component_stride;
    lines_.rank = patches.rank();
    for (std::size_t a = 0; a < lines_.rank; ++a) {
      lines_.extents[a] = patches.extents()[a];
    }
  }

  // Returns the first sample.
  template <class S>
  double solve(std::size_t threads) {
    level_ = value_of(static_cast<const S*>(field_.first)[sample_offset_]);
    // The last axis first: a field is read along its lines where it is in C order.
    for (std::size_t axis = lines_.rank; axis-- > 0;) {
      lines_.axis = axis;
      const std::size_t last = lines_.rank - 1;
      lines_.inner = axis != last || last == 0 ? last : last - 1;
      const std::size_t blocks = lines_.blocks();
      const auto part = axis == last ? solve_field<S> : solve_coefficients;
      for_each_part(blocks, std::min(threads, blocks), part, this);
      if (!is_complete_) refuse_missing<S>();
      lines_.extents[axis] = patches_.axis(axis).extent();
    }
    return level_;
  }

 private:
  template <class S>
  [[nodiscard]] bool is_missing(S sample, std::ptrdiff_t mask) const {
    return !std::isfinite(value_of(sample)) ||
           (field_.fill && is_filled(sample, *field_.fill)) ||
           (field_.mask != nullptr && field_.mask[mask] != 0);
  }

  template <class S>
  LinesView<S> view_of(const Lines::Block& block, S* first,
                       const Strides& strides) const {
    return {first + offset_of(block, lines_.rank, strides), strides[lines_.axis],
            lines_.rank == 1 ? 0 : strides[lines_.inner]};
  }

  // Rows of a block of lines, solved in turn: read(block, rows) brings the samples.
  template <class Read>
  void solve_blocks(Range blocks, Read&& read) {
    const SplineSystem& system = patches_.axis(lines_.axis).spline();
    constexpr std::size_t side_by_side = SplineSystem::lines;
    std::vector<double> rows(system.coefficients() * side_by_side);
    for (std::size_t b = blocks.first; b < blocks.last; ++b) {
      const Lines::Block block = lines_.block(b);
      if (block.lines < side_by_side || system.coefficients() != system.samples()) {
        std::fill(rows.begin(), rows.end(), 0);
      }
      read(block, system, rows.data());
      system.solve(rows.data());
      // What is not finite has spread to all coefficients of its line.
      for (std::size_t k = 0; k < block.lines; ++k) {
        if (!std::isfinite(rows[k])) is_complete_ = false;
      }
      for_each(view_of(block, to_, strides_), system.coefficients(), block.lines,
               [&](std::size_t r, std::size_t k, double& coefficient) {
                 coefficient = rows[r * side_by_side + k];
               });
    }
  }

  template <class S>
  static void solve_field(void* context, Range blocks) {
    auto& self = *static_cast<ComponentSolver*>(context);
    const S* const samples =
        static_cast<const S*>(self.field_.first) + self.sample_offset_;
    self.solve_blocks(
        blocks, [&](const Lines::Block& block, const SplineSystem& system, double* rows) {
          if (self.field_.is_marked()) self.check_marks<S>(block, system.samples());
          const double level = self.level_;
          for_each(self.view_of(block, samples, self.field_.strides), system.samples(),
                   block.lines, [&](std::size_t i, std::size_t k, S sample) {
                     rows[system.row_of(i) * SplineSystem::lines + k] =
                         value_of(sample) - level;
                   });
        });
  }

  template <class S>
  void check_marks(const Lines::Block& block, std::size_t samples) {
    const auto field = view_of(
        block, static_cast<const S*>(field_.first) + sample_offset_, field_.strides);
    const std::ptrdiff_t first =
        mask_offset_ + offset_of(block, lines_.rank, field_.mask_strides);
    const std::ptrdiff_t along = field_.mask_strides[lines_.axis];
    const std::ptrdiff_t across =
        lines_.rank == 1 ? 0 : field_.mask_strides[lines_.inner];
    for_each(field, samples, block.lines, [&](std::size_t i, std::size_t k, S sample) {
      const std::ptrdiff_t at = first + static_cast<std::ptrdiff_t>(i) * along +
                                static_cast<std::ptrdiff_t>(k) * across;
      if (is_missing(sample, at)) is_complete_ = false;
    });
  }

  static void solve_coefficients(void* context, Range blocks) {
    auto& self = *static_cast<ComponentSolver*>(context);
    self.solve_blocks(
        blocks, [&](const Lines::Block& block, const SplineSystem& system, double* rows) {
          for_each(self.view_of(block, self.to_, self.strides_), system.samples(),
                   block.lines, [&](std::size_t i, std::size_t k, double sample) {
                     rows[system.row_of(i) * SplineSystem::lines + k] = sample;
                   });
        });
  }

  // Names the first sample that is not there. Coefficients of samples that are may still
  // be beyond the numbers of a double.
  template <class S>
  [[noreturn]] void refuse_missing() const {
    const std::span<const std::size_t> extents = patches_.extents();
    std::size_t count = 1;
    for (const std::size_t extent : extents) count *= extent;
    for (std::size_t flat = 0; flat < count; ++flat) {
      const std::vector<std::size_t> index = index_of(flat, extents);
      std::ptrdiff_t sample = sample_offset_;
      std::ptrdiff_t mask = mask_offset_;
      for (std::size_t a = 0; a < index.size(); ++a) {
        sample += static_cast<std::ptrdiff_t>(index[a]) * field_.strides[a];
        mask += static_cast<std::ptrdiff_t>(index[a]) * field_.mask_strides[a];
      }
      if (!is_missing(static_cast<const S*>(field_.first)[sample], mask)) continue;
      throw Error(ErrorCode::bad_argument, "field",
                  "sample " + shape_text(index) +
                      " is missing or not finite; a spline needs all samples, linear and "
                      "cubic interpolation do not");
    }
    throw Error(ErrorCode::bad_argument, "field",
                "samples so large that a spline through them is not finite; smaller ones "
                "are needed, as in another unit");
  }

  const Patches& patches_;
  const SampleView& field_;
  double* to_;
  const Strides& strides_;
  std::ptrdiff_t sample_offset_ = 0;
  std::ptrdiff_t mask_offset_ = 0;
  double level_ = 0;
  Lines lines_ = {};
  std::atomic<bool> is_complete_ = true;
};

}  // namespace

std::vector<double> solve_spline(const Patches& patches, const SampleView& field,
                                 Array<double>& coefficients, Execution execution) {
  constexpr std::size_t small =
      16384;  // samples: below, threads cost more than they save
  std::size_t threads = execution.threads;
  if (threads == 0) threads = coefficients.size() < small ? 1 : default_threads();
  Strides strides = {};
  std::copy_n(coefficients.strides().begin() + 1, patches.rank(), strides.begin());
  std::vector<double> levels;
  for (std::size_t c = 0; c < patches.components(); ++c) {
    double* const to =
        coefficients.data() + static_cast<std::ptrdiff_t>(c) * coefficients.strides()[0];
    ComponentSolver solver(patches, field, c, to, strides);
    dispatch(field.type, [&]<class T>() {
      if constexpr (!std::same_as<T, std::complex<float>> &&
                    !std::same_as<T, std::complex<double>>) {
        levels.push_back(solver.solve<T>(threads));
      }
    });
  }
  return levels;
}

}  // namespace gridgrad

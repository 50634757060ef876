// window_reader.cpp: windows within the field, across its borders and with gaps
//
// SPDX-License-Identifier: BSD-3-Clause

#include "window_reader.hpp"

#include <complex>

#include "element_dispatch.hpp"
#include "stored_sample.hpp"

namespace gridgrad {
namespace {

// Whether every sample of the window is one of the field.
bool is_inside(const Patches& patches, const WindowStart& start) {
  for (std::size_t a = 0; a < patches.rank(); ++a) {
    if (!patches.axis(a).holds(start[a])) return false;
  }
  return true;
}

std::ptrdiff_t offset_of(const WindowStart& start, std::size_t rank,
                         const std::array<std::ptrdiff_t, most_axes>& strides) {
  std::ptrdiff_t offset = 0;
  for (std::size_t a = 0; a < rank; ++a) offset += start[a] * strides[a];
  return offset;
}

// Steps through the lines of a window: the index of each axis but the last.
template <std::size_t W>
class LinesOfWindow {
 public:
  explicit LinesOfWindow(std::size_t rank) : rank_(rank) {}

  // Moves on, and `offset` with it. False after the last line.
  bool next(const std::array<std::ptrdiff_t, most_axes>& strides,
            std::ptrdiff_t& offset) {
    for (std::size_t a = rank_ - 1; a-- > 0;) {
      offset += strides[a];
      if (++index_[a] < W) return true;
      index_[a] = 0;
      offset -= static_cast<std::ptrdiff_t>(W) * strides[a];
    }
    return false;
  }

 private:
  std::size_t rank_;
  std::array<std::size_t, most_axes> index_ = {};
};

template <class S, std::size_t W, class Read>
void read_lines(const Patches& patches, const WindowStart& start, std::size_t component,
                double* window, Read&& read) {
  const SampleView& samples = patches.samples();
  const std::size_t rank = patches.rank();
  const std::ptrdiff_t stride = samples.strides[rank - 1];
  std::ptrdiff_t offset =
      offset_of(start, rank, samples.strides) +
      static_cast<std::ptrdiff_t>(component) * samples.component_stride;
  LinesOfWindow<W> lines(rank);
  const S* const first = static_cast<const S*>(samples.first);
  do {
    if (stride == 1) {
      for (std::size_t s = 0; s < W; ++s) window[s] = read(first[offset + s]);
    } else {
      for (std::size_t s = 0; s < W; ++s) {
        window[s] = read(first[offset + static_cast<std::ptrdiff_t>(s) * stride]);
      }
    }
    window += W;
  } while (lines.next(samples.strides, offset));
}

// One sample at a time, through the rules of the ends.
template <class S>
class ExtendedReader {
 public:
  ExtendedReader(const Patches& patches, const WindowStart& start, std::size_t component)
      : patches_(patches), samples_(patches.samples()), start_(start) {
    const auto c = static_cast<std::ptrdiff_t>(component);
    first_ = static_cast<const S*>(samples_.first) + c * samples_.component_stride;
    if (samples_.mask == nullptr) return;
    mask_ = samples_.mask + c * samples_.mask_component_stride;
  }

  void read(double* window) {
    const std::size_t width = patches_.window();
    const std::size_t rank = patches_.rank();
    std::array<std::size_t, most_axes> slots = {};
    for (bool is_more = true; is_more;) {
      *window++ = along(0, {0, 0}, slots);
      is_more = false;
      for (std::size_t a = rank; a-- > 0;) {
        if (++slots[a] < width) {
          is_more = true;
          break;
        }
        slots[a] = 0;
      }
    }
  }

 private:
  struct Offsets {
    std::ptrdiff_t sample;
    std::ptrdiff_t mask;
  };

  [[nodiscard]] Offsets moved(const Offsets& from, std::size_t a,
                              std::size_t sample) const {
    const auto steps = static_cast<std::ptrdiff_t>(sample);
    return {from.sample + steps * samples_.strides[a],
            from.mask + steps * samples_.mask_strides[a]};
  }

  // The sample at the slots of axis a and those after it.
  [[nodiscard]] double along(std::size_t a, const Offsets& at,
                             const std::array<std::size_t, most_axes>& slots) const {
    if (a == patches_.rank()) return sample(at);
    const AxisCells& axis = patches_.axis(a);
    const std::ptrdiff_t v = start_[a] + static_cast<std::ptrdiff_t>(slots[a]);
    const auto rest = [&](std::size_t index) {
      return along(a + 1, moved(at, a, index), slots);
    };
    if (v >= 0 && v < static_cast<std::ptrdiff_t>(axis.extent())) {
      return rest(static_cast<std::size_t>(v));
    }
    const Ghost ghost = axis.extension().at(v);
    switch (ghost.rule) {
      case GhostRule::negated:
        return -rest(ghost.sample);
      case GhostRule::turned:
        return 2 * rest(ghost.end) - rest(ghost.sample);
      case GhostRule::known:
        return axis.end_value(v < 0);
      default:
        return rest(ghost.sample);
    }
  }

  [[nodiscard]] double sample(const Offsets& at) const {
    if (mask_ != nullptr && mask_[at.mask] != 0) return not_there;
    const S stored = first_[at.sample];
    const bool is_gap = samples_.fill && is_filled(stored, *samples_.fill);
    return is_gap ? not_there : value_of(stored);
  }

  const Patches& patches_;
  const SampleView& samples_;
  const WindowStart& start_;
  const S* first_ = nullptr;
  const std::uint8_t* mask_ = nullptr;
};

template <class S, std::size_t W>
void read_window(const Patches& patches, const WindowStart& start, std::size_t component,
                 double* window) noexcept {
  const SampleView& samples = patches.samples();
  if (samples.mask != nullptr || !is_inside(patches, start)) {
    return ExtendedReader<S>(patches, start, component).read(window);
  }
  if (samples.fill) {
    const double fill = *samples.fill;
    return read_lines<S, W>(patches, start, component, window, [fill](S sample) {
      return is_filled(sample, fill) ? not_there : value_of(sample);
    });
  }
  read_lines<S, W>(patches, start, component, window, value_of<S>);
}

}  // namespace

WindowReader window_reader(ElementType type, std::size_t window) {
  WindowReader reader = nullptr;
  dispatch(type, [&]<class T>() {
    if constexpr (Integer<T> || std::floating_point<T> || is_half<T>) {
      with_window(window, [&]<std::size_t W>() { reader = read_window<T, W>; });
    }
  });
  return reader;
}

}  // namespace gridgrad

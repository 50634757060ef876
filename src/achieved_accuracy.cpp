// achieved_accuracy.cpp: the order of every result, line by line
//
// SPDX-License-Identifier: BSD-3-Clause

#include <complex>
#include <cstdint>
#include <vector>

#include "convert.hpp"
#include "element_dispatch.hpp"
#include "gap_line.hpp"
#include "presence.hpp"
#include "sweep.hpp"

namespace gridgrad {
namespace {

template <class T>
bool exists(T sample, const std::optional<double>& fill) {
  if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>) {
    const float value = to_float(sample);
    const auto of_type = [](double number) {
      return to_float(converted<T>(static_cast<float>(number)));
    };
    return gridgrad::exists(value) && !(fill && value == of_type(*fill));
  } else if constexpr (Integer<T> || std::floating_point<T>) {
    return gridgrad::exists(sample) && !(fill && sample == static_cast<T>(*fill));
  } else {
    using Part = typename T::value_type;
    const bool is_fill = fill && sample == T(static_cast<Part>(*fill));
    return gridgrad::exists(sample.real()) && gridgrad::exists(sample.imag()) && !is_fill;
  }
}

// Walks the lines of a field along one axis.
template <class T>
class Lines {
 public:
  Lines(const AnyField& field, const Term& term)
      : field_(field), term_(term), is_there_(field.extents[term.axis]) {}

  void run() {
    line(0, {static_cast<const T*>(field_.data), field_.marks.mask,
             static_cast<std::uint8_t*>(term_.out.data)});
  }

 private:
  struct At {
    const T* sample;
    const std::uint8_t* mask;
    std::uint8_t* out;
  };

  // Every index of the axes from `axis` on, but that of the term.
  void line(std::size_t axis, At at) {
    if (axis == field_.extents.size()) return orders(at);
    if (axis == term_.axis) return line(axis + 1, at);
    for (std::size_t i = 0; i < field_.extents[axis]; ++i) {
      line(axis + 1, at);
      at.sample += field_.strides[axis];
      at.out += term_.out.strides[axis];
      if (at.mask != nullptr) at.mask += field_.marks.mask_strides[axis];
    }
  }

  void orders(At at) {
    for (std::uint8_t& there : is_there_) {
      const bool is_marked = at.mask != nullptr && *at.mask != 0;
      there = !is_marked && exists(*at.sample, field_.marks.fill) ? 1 : 0;
      at.sample += field_.strides[term_.axis];
      if (at.mask != nullptr) at.mask += field_.marks.mask_strides[term_.axis];
    }
    const RowTable& table = *term_.table;
    const GapLine gaps(table, term_.held, is_there_.data(), 1);
    for (const Band& band : table.bands(term_.rows)) {
      const std::size_t last = std::min(band.rows.last, term_.rows.last);
      for (std::size_t row = std::max(band.rows.first, term_.rows.first); row < last;
           ++row) {
        const int accuracy =
            table.skips_missing() ? gaps.choose(band, row).accuracy(band) : band.accuracy;
        *at.out = static_cast<std::uint8_t>(accuracy);
        at.out += term_.out.strides[term_.axis];
      }
    }
  }

  const AnyField& field_;
  const Term& term_;
  std::vector<std::uint8_t> is_there_;
};

}  // namespace

void achieved_accuracy(const AnyField& field, const Term& term) {
  dispatch(field.type, [&]<class T>() { Lines<T>(field, term).run(); });
}

}  // namespace gridgrad

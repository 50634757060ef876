// poles.cpp: polynomials along meridians, and their mean
//
// SPDX-License-Identifier: BSD-3-Clause

#include "poles.hpp"

#include <complex>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include "convert.hpp"
#include "element_dispatch.hpp"

namespace gridgrad {
namespace {

// The results of one element type.
template <class T>
class PoleRow {
 public:
  using Sum = std::conditional_t<std::is_same_v<T, std::complex<float>> ||
                                     std::is_same_v<T, std::complex<double>>,
                                 std::complex<double>, double>;

  PoleRow(const Pole& pole, const AnyOutput& out)
      : pole_(pole), out_(out), first_(static_cast<T*>(out.data)) {}

  void write(AtPole rule) const {
    const bool is_one = rule == AtPole::one_value || rule == AtPole::one_above_zero;
    const bool is_mean = is_one && pole_.is_ring;
    std::vector<std::size_t> index(out_.extents.size(), 0);
    index[pole_.axis] = pole_.sample;
    do {
      const std::ptrdiff_t at = place(index);
      if (is_mean) {
        write_mean(at);
      } else if (rule == AtPole::missing) {
        first_[at] = rounded(std::numeric_limits<double>::quiet_NaN());
      } else {
        first_[at] = rounded(limit(at));
      }
      if (rule == AtPole::one_above_zero) raise_to_zero(at, is_mean);
    } while (advance(index, is_mean));
  }

 private:
  // To the next place at the pole; along longitudes only if they have one each.
  bool advance(std::vector<std::size_t>& index, bool is_mean) const {
    for (std::size_t d = index.size(); d-- > 0;) {
      if (d == pole_.axis || (is_mean && d == pole_.longitude)) continue;
      if (++index[d] < out_.extents[d]) return true;
      index[d] = 0;
    }
    return false;
  }

  [[nodiscard]] std::ptrdiff_t place(const std::vector<std::size_t>& index) const {
    std::ptrdiff_t place = 0;
    for (std::size_t d = 0; d < index.size(); ++d) {
      place += static_cast<std::ptrdiff_t>(index[d]) * out_.strides[d];
    }
    return place;
  }

  // The polynomial along the meridian of a place at the pole.
  [[nodiscard]] Sum limit(std::ptrdiff_t at) const {
    const std::ptrdiff_t step =
        pole_.sample == 0 ? out_.strides[pole_.axis] : -out_.strides[pole_.axis];
    Sum sum = 0;
    for (std::size_t k = 0; k < pole_.weights.size(); ++k) {
      const T& value = first_[at + static_cast<std::ptrdiff_t>(k + 1) * step];
      sum += pole_.weights[k].f64 * widened_value(value);
    }
    return sum;
  }

  void write_mean(std::ptrdiff_t at) const {
    const std::size_t meridians = out_.extents[pole_.longitude];
    const std::ptrdiff_t step = out_.strides[pole_.longitude];
    Sum sum = 0;
    for (std::size_t i = 0; i < meridians; ++i) {
      sum += limit(at + static_cast<std::ptrdiff_t>(i) * step);
    }
    const T mean = rounded(sum / static_cast<double>(meridians));
    for (std::size_t i = 0; i < meridians; ++i) {
      first_[at + static_cast<std::ptrdiff_t>(i) * step] = mean;
    }
  }

  // A polynomial may fall below what it goes through.
  void raise_to_zero(std::ptrdiff_t at, bool is_mean) const {
    if constexpr (std::is_same_v<Sum, double>) {
      const std::size_t meridians = is_mean ? out_.extents[pole_.longitude] : 1;
      const std::ptrdiff_t step = out_.strides[pole_.longitude];
      for (std::size_t i = 0; i < meridians; ++i) {
        T& value = first_[at + static_cast<std::ptrdiff_t>(i) * step];
        if (widened_value(value) < 0) value = rounded(0.0);
      }
    }
  }

  static Sum widened_value(const T& value) {
    if constexpr (is_half<T>) {
      return static_cast<double>(widened(value));
    } else {
      return static_cast<Sum>(value);
    }
  }

  static T rounded(const Sum& value) {
    if constexpr (is_half<T>) {
      return converted<T>(static_cast<float>(value));
    } else {
      return static_cast<T>(value);
    }
  }

  const Pole& pole_;
  const AnyOutput& out_;
  T* first_;
};

}  // namespace

void write_pole(const Pole& pole, const AnyOutput& out, AtPole rule) {
  for (const std::size_t extent : out.extents) {
    if (extent == 0) return;
  }
  dispatch(out.type, [&]<class T>() {
    if constexpr (!Integer<T>) PoleRow<T>(pole, out).write(rule);
  });
}

}  // namespace gridgrad

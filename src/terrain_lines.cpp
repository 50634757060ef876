// terrain_lines.cpp: arctangents, one by one
//
// SPDX-License-Identifier: BSD-3-Clause

#include "terrain_lines.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>

#include "arctangent.hpp"

namespace gridgrad {
namespace {

// A product from column `first` of its run on.
template <class T>
class ShiftedProduct {
 public:
  ShiftedProduct(const kernels::RowProduct<T>& product, std::size_t first)
      : product_(product) {
    const auto shift = static_cast<std::ptrdiff_t>(first);
    for (RowTerm<T, T> term : product.terms) {
      term.plus += shift;
      if (product.form != RowForm::plain) term.minus += shift;
      if (product.form == RowForm::paired_even) term.centre += shift;
      term.weight += shift * product.weight_step;
      terms_.push_back(term);
    }
    product_.terms = {terms_.data(), terms_.size()};
    product_.factor += shift * product.factor_step;
    if (product.multiplier != nullptr) product_.multiplier += shift;
  }

  void write(T* out, std::size_t count) const {
    kernels::sum({&product_, 1}, {out, count}, kernels::Stores::ordinary);
  }

 private:
  kernels::RowProduct<T> product_;
  boost::container::small_vector<RowTerm<T, T>, 16> terms_;
};

template <class T>
void inclinations(std::span<const kernels::RowProduct<T>> products, T* out,
                  std::size_t count) {
  kernels::magnitude(products, {out, count}, kernels::Stores::ordinary);
  const Arctangent& arctangent = Arctangent::table();
  for (T& tangent : std::span(out, count)) {
    tangent = static_cast<T>(arctangent.degrees(tangent));
  }
}

// Rounding may lead all the way round.
template <class T>
T direction(const Arctangent& arctangent, T y, T x, double of_none) {
  constexpr T turn = 360;
  if (x == 0 && y == 0) return static_cast<T>(of_none);
  const T angle = static_cast<T>(arctangent.degrees(y, x));
  return angle == turn ? T{0} : angle;
}

template <class T>
void directions(std::span<const kernels::RowProduct<T>> products, T* out,
                std::size_t count, double of_none) {
  const Arctangent& arctangent = Arctangent::table();
  std::array<T, 512> x;
  for (std::size_t first = 0; first < count; first += x.size()) {
    const std::size_t part = std::min(x.size(), count - first);
    T* const y = out + first;
    ShiftedProduct<T>(products[0], first).write(y, part);
    ShiftedProduct<T>(products[1], first).write(x.data(), part);
    for (std::size_t j = 0; j < part; ++j) {
      y[j] = direction(arctangent, y[j], x[j], of_none);
    }
  }
}

}  // namespace

void write_inclinations(std::span<const kernels::RowProduct<float>> products, float* out,
                        std::size_t count) {
  inclinations(products, out, count);
}
void write_inclinations(std::span<const kernels::RowProduct<double>> products,
                        double* out, std::size_t count) {
  inclinations(products, out, count);
}
void write_directions(std::span<const kernels::RowProduct<float>> products, float* out,
                      std::size_t count, double of_none) {
  directions(products, out, count, of_none);
}
void write_directions(std::span<const kernels::RowProduct<double>> products, double* out,
                      std::size_t count, double of_none) {
  directions(products, out, count, of_none);
}

}  // namespace gridgrad

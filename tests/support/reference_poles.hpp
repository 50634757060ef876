// support/reference_poles.hpp: results at poles, continued from the nearest parallels
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "support/bounded.hpp"
#include "support/lattice.hpp"
#include "support/line_rows.hpp"

namespace gridgrad::test {

// Poles among the latitudes of a lattice, its second axis; longitudes go all the way
// round. Results are read and written as T, what is in between is in double.
template <class T>
class ReferencePoles {
 public:
  ReferencePoles(const Lattice& lattice, int accuracy) : lattice_(lattice) {
    const Line& latitudes = lattice.lines[1];
    for (const std::size_t end : {std::size_t{0}, latitudes.extent - 1}) {
      const Digits latitude = exact_position(latitudes, end);
      if (abs(latitude) != 90) continue;
      Pole pole = {end, {}, {}};
      std::vector<Digits> colatitudes;
      for (std::size_t k = 1; k <= static_cast<std::size_t>(accuracy); ++k) {
        pole.parallels.push_back(end == 0 ? k : end - k);
        const Digits other = exact_position(latitudes, pole.parallels.back());
        colatitudes.push_back(abs(latitude - other));
      }
      // Lagrange's polynomial at colatitude 0.
      for (std::size_t j = 0; j < colatitudes.size(); ++j) {
        Digits weight = 1;
        for (std::size_t k = 0; k < colatitudes.size(); ++k) {
          if (k == j) continue;
          weight *= colatitudes[k] / (colatitudes[k] - colatitudes[j]);
        }
        pole.weights.push_back(weight);
      }
      poles_.push_back(std::move(pole));
    }
  }

  // One value per meridian.
  void continue_along_meridians(Values& values) const {
    for_each_place([&](const Pole& pole, std::size_t q) {
      values[q] = narrowed<T>(limit(values, pole, q));
    });
  }

  // The mean of what meridians give.
  void continue_scalar(Values& values) const {
    Values limits(values.size());
    for_each_place(
        [&](const Pole& pole, std::size_t q) { limits[q] = limit(values, pole, q); });
    take_means(limits, values);
  }

  // The same of values that stand at the poles already.
  void take_means(const Values& limits, Values& values) const {
    const std::size_t meridians = lattice_.lines[0].extent;
    for_each_place([&](const Pole&, std::size_t q) {
      const std::size_t start = q - lattice_.index(q, 0);
      const std::span<const Bounded> ring(limits.data() + start, meridians);
      const Bounded total = sum<double>(ring);
      const double number = static_cast<double>(meridians);
      const Bounded mean = {total.value / number, total.error / number};
      values[q] = narrowed<T>(narrowed<double>(mean));
    });
  }

 private:
  struct Pole {
    std::size_t sample;
    std::vector<std::size_t> parallels;  // nearest first
    std::vector<Digits> weights;
  };

  template <class F>
  void for_each_place(F&& f) const {
    for (const Pole& pole : poles_) {
      for (std::size_t q = 0; q < lattice_.size(); ++q) {
        if (lattice_.index(q, 1) == pole.sample) f(pole, q);
      }
    }
  }

  [[nodiscard]] Bounded limit(const Values& values, const Pole& pole,
                              std::size_t q) const {
    const std::size_t step = lattice_.step(1);
    const std::size_t start = q - pole.sample * step;
    Values terms;
    for (std::size_t k = 0; k < pole.parallels.size(); ++k) {
      const Bounded& value = values[start + pole.parallels[k] * step];
      terms.push_back(product<double>(rounded<double>(pole.weights[k]), value));
    }
    return sum<double>(terms);
  }

  const Lattice& lattice_;
  std::vector<Pole> poles_;
};

}  // namespace gridgrad::test

// support/charts.hpp: curvilinear axes in space, and fields whose derivatives are known
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "gridgrad/calculus.hpp"
#include "support/lattice.hpp"

namespace gridgrad::test {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

inline double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// A point in space, the unit vectors of the axes there, and, for axes on a surface, its
// normal and how fast that turns along each of them.
struct Place {
  Vector point;
  std::vector<Vector> axes;
  Vector normal = {};
  Vector bends = {};
};
using Chart = Place (*)(const Position&);

inline Place plane_chart(const Position& x) {
  Place place = {{x[0], x[1], 0}, {{1, 0, 0}, {0, 1, 0}}};
  if (x.size() == 3) {
    place.point[2] = x[2];
    place.axes.push_back({0, 0, 1});
  }
  return place;
}

inline Place polar_chart(const Position& x) {
  const double c = std::cos(x[1]);
  const double s = std::sin(x[1]);
  return {{x[0] * c, x[0] * s, 0}, {{c, s, 0}, {-s, c, 0}}};
}

inline Place elliptic_chart(const Position& x) {
  const double h = std::hypot(std::sinh(x[0]), std::sin(x[1]));
  const double a = std::sinh(x[0]) * std::cos(x[1]) / h;
  const double b = std::cosh(x[0]) * std::sin(x[1]) / h;
  return {{std::cosh(x[0]) * std::cos(x[1]), std::sinh(x[0]) * std::sin(x[1]), 0},
          {{a, b, 0}, {-b, a, 0}}};
}

// East, north, up.
inline std::array<Vector, 3> directions(double longitude, double latitude) {
  const double cl = std::cos(longitude * degrees_to_radians);
  const double sl = std::sin(longitude * degrees_to_radians);
  const double cp = std::cos(latitude * degrees_to_radians);
  const double sp = std::sin(latitude * degrees_to_radians);
  return {{{-sl, cl, 0}, {-sp * cl, -sp * sl, cp}, {cp * cl, cp * sl, sp}}};
}

inline Place shell_chart(const Position& x) {
  const auto [east, north, up] = directions(x[0], x[1]);
  return {{x[2] * up[0], x[2] * up[1], x[2] * up[2]}, {east, north, up}};
}

// Radius 1.
inline Place sphere_chart(const Position& x) {
  const auto [east, north, up] = directions(x[0], x[1]);
  return {up, {east, north}, up, {1, 1, 0}};
}

// Semi-major axis 1; so flat that a sphere would not do.
constexpr double inverse_flattening = 10;
inline Place ellipsoid_chart(const Position& x) {
  const auto [east, north, up] = directions(x[0], x[1]);
  const double flattening = 1 / inverse_flattening;
  const double e2 = flattening * (2 - flattening);
  const double w2 = 1 - e2 * up[2] * up[2];
  const double across = 1 / std::sqrt(w2);
  const double along = (1 - e2) * across / w2;
  return {{across * up[0], across * up[1], across * (1 - e2) * up[2]},
          {east, north},
          up,
          {1 / across, 1 / along, 0}};
}

// sin(k . x + phase) in space.
struct Wave {
  Vector k;
  double phase;

  [[nodiscard]] double value(const Vector& x) const {
    return std::sin(dot(k, x) + phase);
  }
  [[nodiscard]] double slope(const Vector& x, const Vector& along) const {
    return dot(k, along) * std::cos(dot(k, x) + phase);
  }
  [[nodiscard]] double bend(const Vector& x, const Vector& a, const Vector& b) const {
    return -dot(k, a) * dot(k, b) * value(x);
  }
};

inline const Wave scalar_wave = {{1.1, -0.8, 1.3}, 0.4};
inline const std::array<Wave, 3> vector_wave = {
    {{{0.9, 1.2, -0.7}, 0.3}, {{-1.1, 0.6, 1.0}, 1.1}, {{0.7, -1.3, 0.8}, 2.0}}};

// The scalar, the components of the vector along the axes, and their derivatives in
// space, taken to the axes: those of components are along the surface, too.
class Truth {
 public:
  explicit Truth(const Place& place) : rank_(place.axes.size()) {
    scalar_ = scalar_wave.value(place.point);
    const auto through = [&](auto&& part) {
      Vector result;
      for (std::size_t c = 0; c < 3; ++c) result[c] = part(vector_wave[c]);
      return result;
    };
    const Vector vector = through([&](const Wave& w) { return w.value(place.point); });
    for (std::size_t i = 0; i < rank_; ++i) {
      const Vector& e = place.axes[i];
      vector_[i] = dot(e, vector);
      gradient_[i] = scalar_wave.slope(place.point, e);
      for (std::size_t j = 0; j < rank_; ++j) {
        const Vector& to = place.axes[j];
        hessian_[i][j] = scalar_wave.bend(place.point, e, to);
        jacobian_[i][j] =
            dot(e, through([&](const Wave& w) { return w.slope(place.point, to); }));
      }
      hessian_[i][i] -= place.bends[i] * scalar_wave.slope(place.point, place.normal);
      jacobian_[i][i] -= place.bends[i] * dot(place.normal, vector);
      laplacians_[i] = -dot(vector_wave[i].k, vector_wave[i].k) * vector[i];
      if (rank_ == 2) {
        const double third = vector_wave[i].k[2];
        laplacians_[i] += third * third * vector[i];
      }
    }
  }

  // Number 0 is the scalar.
  [[nodiscard]] double field(std::size_t number) const {
    return number == 0 ? scalar_ : vector_[number - 1];
  }

  [[nodiscard]] std::vector<double> of(Calculus calculus) const {
    const Matrix& j = jacobian_;
    switch (calculus) {
      case Calculus::gradient:
        return {gradient_.begin(),
                gradient_.begin() + static_cast<std::ptrdiff_t>(rank_)};
      case Calculus::magnitude:
        return {std::sqrt(dot(gradient_, gradient_))};
      case Calculus::directional:
        return {dot(gradient_, vector_)};
      case Calculus::divergence:
        return {trace(jacobian_)};
      case Calculus::curl:
        if (rank_ == 2) return {j[1][0] - j[0][1]};
        return {j[2][1] - j[1][2], j[0][2] - j[2][0], j[1][0] - j[0][1]};
      case Calculus::laplacian:
        return {trace(hessian_)};
      case Calculus::vector_laplacian:
        return {laplacians_.begin(),
                laplacians_.begin() + static_cast<std::ptrdiff_t>(rank_)};
      case Calculus::hessian:
        return pairs([&](std::size_t a, std::size_t b) { return hessian_[a][b]; });
      case Calculus::jacobian:
        return all(jacobian_);
      case Calculus::strain_rate:
        return pairs(
            [&](std::size_t a, std::size_t b) { return (j[a][b] + j[b][a]) / 2; });
      default:
        return pairs(
            [&](std::size_t a, std::size_t b) { return (j[b][a] - j[a][b]) / 2; }, 1);
    }
  }

 private:
  [[nodiscard]] double trace(const Matrix& matrix) const {
    double sum = 0;
    for (std::size_t i = 0; i < rank_; ++i) sum += matrix[i][i];
    return sum;
  }
  [[nodiscard]] std::vector<double> all(const Matrix& matrix) const {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < rank_; ++i) {
      for (std::size_t j = 0; j < rank_; ++j) numbers.push_back(matrix[i][j]);
    }
    return numbers;
  }
  template <class F>
  [[nodiscard]] std::vector<double> pairs(F&& number, std::size_t apart = 0) const {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < rank_; ++i) {
      for (std::size_t j = i + apart; j < rank_; ++j) numbers.push_back(number(i, j));
    }
    return numbers;
  }

  std::size_t rank_;
  double scalar_ = 0;
  Vector vector_ = {};
  Vector gradient_ = {};
  Vector laplacians_ = {};
  Matrix hessian_ = {};
  Matrix jacobian_ = {};
};

}  // namespace gridgrad::test

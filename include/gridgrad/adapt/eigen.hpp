// gridgrad/adapt/eigen.hpp: fields held by Eigen matrices, arrays, maps, refs and blocks
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <Eigen/Core>
#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include "gridgrad/field_traits.hpp"

namespace gridgrad {

/// Anything of Eigen's whose samples lie in memory, at any stride. A type that is a
/// vector at compile time has one axis, any other two: rows, then columns. Results are
/// plain matrices (of arrays: arrays) of the field's shape and storage order.
template <class Dense>
requires requires {
  typename Dense::PlainObject;
} && std::derived_from<Dense, Eigen::DenseBase<Dense>>
struct FieldTraits<Dense> {
  static auto view(const Dense& field) { return lower(field); }
  static auto view(Dense& field) { return lower(field); }

  template <Element R>
  static auto result(const Dense& field) {
    using Plain = typename Dense::PlainObject;
    constexpr int rows = Dense::RowsAtCompileTime;
    constexpr int columns = Dense::ColsAtCompileTime;
    constexpr bool is_array = std::derived_from<Plain, Eigen::ArrayBase<Plain>>;
    std::conditional_t<is_array, Eigen::Array<R, rows, columns, Plain::Options>,
                       Eigen::Matrix<R, rows, columns, Plain::Options>>
        samples;
    samples.resize(field.rows(), field.cols());
    return samples;
  }

 private:
  template <class Self>
  static auto lower(Self& field) {
    static_assert(Dense::Flags & Eigen::DirectAccessBit,
                  "this Eigen expression has no samples in memory: pass its .eval()");
    using Sample = std::remove_pointer_t<decltype(field.data())>;
    const auto rows = static_cast<std::size_t>(field.rows());
    const auto columns = static_cast<std::size_t>(field.cols());
    if constexpr (Dense::IsVectorAtCompileTime) {
      return StridedView<Sample>(field.data(), std::array{rows * columns},
                                 std::array<std::ptrdiff_t, 1>{field.innerStride()});
    } else {
      return StridedView<Sample>(
          field.data(), std::array{rows, columns},
          std::array<std::ptrdiff_t, 2>{field.rowStride(), field.colStride()});
    }
  }
};

}  // namespace gridgrad

// cli/packing.hpp: missing samples and packed integers of netCDF variables
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "gridgrad/io/labelled_file.hpp"

namespace gridgrad::cli {

// What one step of the stored numbers is worth: the attribute scale_factor, else 1.
// Throws Error: unsupported if it is not one finite number other than 0.
[[nodiscard]] double scale_of(const io::Variable& variable);

// What is added to scaled numbers: the attribute add_offset, else 0.
[[nodiscard]] double offset_of(const io::Variable& variable);

// The type of the samples that `read_field` returns while none is missing.
[[nodiscard]] ElementType field_type(const io::Variable& variable);

// Writes NaN over missing samples of a floating type. `samples` are of `field_type`.
void mask(std::span<std::byte> samples, const io::Variable& variable);

// Integers as float64 with missing samples as NaN, if some are missing. Throws Error:
// unsupported if float64 cannot hold the others.
[[nodiscard]] std::optional<io::AnyArray> masked_copy(const io::AnyArray& samples,
                                                      const io::Variable& variable);

// Samples as the numbers they stand for, unpacked, in float64, missing ones as NaN;
// nothing if they are that already.
[[nodiscard]] std::optional<io::AnyArray> unpacked_copy(const io::AnyArray& samples,
                                                        const io::Variable& variable);

// The samples in float64, in their order.
[[nodiscard]] io::AnyArray float64_of(const io::AnyArray& samples);

// Whether the attributes say that samples are packed.
[[nodiscard]] bool is_packed(const io::Variable& variable);

// Bytes per sample of such a copy; 0 if none will be made.
[[nodiscard]] std::size_t masked_copy_bytes(const io::Variable& variable);

// The samples as they are stored, missing ones as NaN: integers become float64 only if
// some are missing. Throws Error: unsupported if float64 cannot hold the others.
[[nodiscard]] io::AnyArray read_field(const io::LabelledReader& file,
                                      const io::Variable& variable);

// Unpacked samples of a coordinate variable.
[[nodiscard]] io::AnyArray read_coordinates(const io::LabelledReader& file,
                                            const io::Variable& variable);

// The number that stands for missing samples in results of `read_field`'s gradient.
[[nodiscard]] std::optional<double> fill_of(const io::Variable& variable);

// Multiplies a floating array.
void scale(io::AnyArray& array, double factor);

// Writes `fill` where a floating array has NaN.
void fill_missing(io::AnyArray& array, double fill);

}  // namespace gridgrad::cli

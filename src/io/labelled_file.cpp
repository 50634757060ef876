// io/labelled_file.cpp: what is the same in every labelled format
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/labelled_file.hpp"

#include <algorithm>
#include <cstdint>

#include "format_module.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::io {
namespace {

// Whole chunks along the first axis, so that each is read once.
std::size_t rows_at_once(const Variable& variable, const Box& box) {
  constexpr std::size_t bytes_at_once = std::size_t{1} << 23;
  Box row = box;
  row.extents[0] = 1;
  const std::size_t row_bytes =
      std::max<std::size_t>(size_of(row) * size_of(*variable.type), 1);
  const std::size_t rows = std::max<std::size_t>(bytes_at_once / row_bytes, 1);
  if (variable.storage.chunks.empty()) return rows;
  const std::size_t chunk = variable.storage.chunks[0];
  return std::max<std::size_t>(rows / chunk, 1) * chunk;
}

}  // namespace

AnyArray LabelledReader::read(const Variable& variable, const Box& box) const {
  if (!variable.type) {
    throw Error(ErrorCode::bad_type, variable.name, "does not hold numbers");
  }
  AnyArray samples = make_array(*variable.type, box.extents);
  read(variable, box, bytes_of(samples));
  return samples;
}

void LabelledReader::read(const Variable& variable, const Box& box,
                          std::span<std::byte> samples) const {
  if (size_of(box) != 0) read_into(variable, box, samples);
}

AnyArray LabelledReader::read(const Variable& variable) const {
  return read(variable, whole(extents_of(dataset_, variable)));
}

Variable LabelledWriter::portable(const Variable& variable) {
  Variable copied = variable;
  copied.storage = {};
  if (copied.type) return copied;
  // Without axes only attributes count, as those of a map projection.
  if (!variable.dimensions.empty()) {
    throw Error(ErrorCode::unsupported, variable.name,
                "does not hold numbers, and can only be copied to a file of the same "
                "format");
  }
  copied.type = ElementType::int32;
  return copied;
}

void LabelledWriter::copy_samples(const LabelledReader& from, const Variable& variable,
                                  const Variable& copied) {
  Box box = whole(extents_of(from.dataset(), variable));
  constexpr std::int32_t zero = 0;
  if (!variable.type) return write(copied, box, std::as_bytes(std::span(&zero, 1)));
  if (box.extents.empty()) {
    const AnyArray sample = from.read(variable, box);
    return write(copied, box, bytes_of(sample));
  }
  const std::size_t extent = box.extents[0];
  const std::size_t rows = rows_at_once(variable, box);
  for (box.first[0] = 0; box.first[0] < extent; box.first[0] += rows) {
    box.extents[0] = std::min(rows, extent - box.first[0]);
    const AnyArray samples = from.read(variable, box);
    write(copied, box, bytes_of(samples));
  }
}

std::unique_ptr<LabelledReader> open_labelled(const std::string& path) {
  return format_module(recognise(path)).open(path);
}

std::unique_ptr<LabelledWriter> create_labelled(const NewFile& file,
                                                const Dataset& contents,
                                                const LabelledReader& like) {
  return format_module(file.format).create(file.path, contents, like);
}

}  // namespace gridgrad::io

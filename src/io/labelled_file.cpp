// io/labelled_file.cpp: what is the same in every labelled format
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/labelled_file.hpp"

#include "format_module.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::io {

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

std::unique_ptr<LabelledReader> open_labelled(const std::string& path) {
  return format_module(recognise(path)).open(path);
}

std::unique_ptr<LabelledWriter> create_labelled(const NewFile& file,
                                                const Dataset& contents,
                                                const LabelledReader& like) {
  return format_module(file.format).create(file.path, contents, like);
}

}  // namespace gridgrad::io

// gridgrad/io/labelled_file.hpp: files whose variables and axes have names, of any format
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/dataset.hpp"
#include "gridgrad/io/format.hpp"

namespace gridgrad::io {

/// A labelled file that is open to be read.
///
/// Every function throws Error: io (naming file or variable, and the reason), unsupported
/// (a codec or filter that is not there, with its name and what brings it). Not from two
/// threads at once, nor together with a writer whose format has the same library
/// (`share_a_library`).
class LabelledReader {
 public:
  LabelledReader(const LabelledReader&) = delete;
  LabelledReader& operator=(const LabelledReader&) = delete;
  virtual ~LabelledReader() = default;

  [[nodiscard]] const Dataset& dataset() const noexcept { return dataset_; }

  /// Throws Error: unsupported if the samples of a variable need a codec or filter that
  /// is not there: known from the description, before any is read.
  virtual void require_readable(const Variable& /*variable*/) const {}

  /// The samples of `box` in the type they have in the file, neither masked nor unpacked,
  /// in C order. `variable` is one of `dataset()`; bad_type if it does not hold numbers.
  [[nodiscard]] AnyArray read(const Variable& variable, const Box& box) const;

  /// The same into memory that is as long as the box needs.
  void read(const Variable& variable, const Box& box, std::span<std::byte> samples) const;

  /// All samples of a variable.
  [[nodiscard]] AnyArray read(const Variable& variable) const;

 protected:
  LabelledReader() = default;

  Dataset dataset_;

 private:
  /// Fills `samples`, which is as long as the box, not empty, needs.
  virtual void read_into(const Variable& variable, const Box& box,
                         std::span<std::byte> samples) const = 0;
};

/// A labelled file that is being written. Errors and threads as of the reader.
class LabelledWriter {
 public:
  LabelledWriter(const LabelledWriter&) = delete;
  LabelledWriter& operator=(const LabelledWriter&) = delete;
  virtual ~LabelledWriter() = default;

  /// Copies a variable of `from`, with samples and attributes. Its dimensions must be
  /// here, by name. Types that are not numbers need a file of the same format.
  virtual void copy(const LabelledReader& from, const Variable& variable) = 0;

  /// Adds variables whose samples are written later; each needs its `type`. After all
  /// that is copied.
  virtual void define(const std::vector<Variable>& variables) = 0;

  /// Writes the samples of a box, in C order and of the type of `variable`, which was
  /// defined; every sample once.
  virtual void write(const Variable& variable, const Box& box,
                     std::span<const std::byte> samples) = 0;

  /// Finishes the file; without it, it is not complete.
  virtual void close() = 0;

 protected:
  LabelledWriter() = default;

  /// A variable of a file of another format, as this one can hold it: without the chunks
  /// and filters of that format, and a grid mapping, of which only the attributes count,
  /// as a number. Throws Error: unsupported for others that are not numbers.
  [[nodiscard]] static Variable portable(const Variable& variable);

  /// Writes the samples of a variable of another file to `copied`, which was defined:
  /// some MiB at a time; what has no axes and is no number as 0.
  void copy_samples(const LabelledReader& from, const Variable& variable,
                    const Variable& copied);
};

/// Opens a local file or directory to read, with the library of its format.
///
/// Throws Error: io, unsupported (not a labelled format, or the module of the format is
/// not installed).
[[nodiscard]] std::unique_ptr<LabelledReader> open_labelled(const std::string& path);

/// What a new file is to be.
struct NewFile {
  std::string path;  ///< it is made empty
  Format format = Format::netcdf;
};

/// Writes dimensions and attributes of `contents`; its variables follow by `copy` and
/// `define`. `like` is the file that the contents come from: what only its format can
/// say, as of a map projection, is carried over if the new file has the same.
[[nodiscard]] std::unique_ptr<LabelledWriter> create_labelled(const NewFile& file,
                                                              const Dataset& contents,
                                                              const LabelledReader& like);

}  // namespace gridgrad::io

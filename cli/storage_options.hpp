// cli/storage_options.hpp: how the samples of results lie in their file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "gridgrad/io/format.hpp"

namespace gridgrad::cli {

// As they were typed; empty where an option was left out.
struct StorageOptions {
  std::string compression;          // "none", "deflate:4"
  std::vector<std::string> chunks;  // AXIS=SAMPLES
};

// What is known of a result before its storage is chosen.
struct StoredField {
  std::vector<std::string> names;  // of its axes
  std::vector<io::Dimension> dimensions;
  std::size_t bytes_of_sample = 0;
  io::Storage like;  // of the field that it is derived from
};

struct ChosenStorage {
  io::Storage storage;
  std::string note;  // on what could not be kept; empty if all was
};

// That can be asked for by name; each format has some of them.
[[nodiscard]] std::vector<std::string> compression_names();

// Like the field, unless the options say otherwise; compressed by deflate where `format`
// cannot write what compresses the field. Throws Error: bad_argument (options that cannot
// be read), unsupported (naming what the format can write).
[[nodiscard]] ChosenStorage chosen_storage(const StorageOptions& options,
                                           const StoredField& field, io::Format format);

// Throws Error: bad_argument if an option names an axis that is not among `names`.
void require_chunk_axes(const StorageOptions& options,
                        const std::vector<std::string>& names);

}  // namespace gridgrad::cli

// gridgrad/io/part_file.hpp: a file that appears under its name only when it is complete
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string>

namespace gridgrad::io {

/// What may happen to a file that has the name already.
enum class Existing {
  keep,     ///< it is never touched, not even by a race
  replace,  ///< it is replaced, all at once
};

/// A new file OUT.part-PID beside OUT, removed again unless it is published.
class PartFile {
 public:
  /// The file is made empty. Throws Error: io if the directory is missing, cannot be
  /// written, or has less than `bytes` free (the message has both figures); bad_argument
  /// if `path` is there and is not a regular file.
  PartFile(const std::string& path, std::uint64_t bytes);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// Where to write.
  [[nodiscard]] const std::string& path() const noexcept { return part_; }

  /// Syncs the file and gives it its name. Returns false, and removes the file, if the
  /// name is taken and its file is to be kept. Throws Error: io.
  [[nodiscard]] bool publish(Existing existing);

 private:
  [[nodiscard]] bool rename_part(Existing existing) const;

  std::string path_;
  std::string part_;
  bool is_published_ = false;
};

/// The checks of PartFile alone, for a caller that has long work to do before it writes.
void require_place(const std::string& path, std::uint64_t bytes);

/// Whether a file, directory or link has this name.
[[nodiscard]] bool name_is_taken(const std::string& path);

/// Whether both names lead to the same file on the disk.
[[nodiscard]] bool is_same_file(const std::string& one, const std::string& other);

}  // namespace gridgrad::io

// gridgrad/io/part_file.hpp: an output that appears under its name only when it is
// complete
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string>

namespace gridgrad::io {

/// What may happen to an output that has the name already.
enum class Existing {
  keep,     ///< it is never touched, not even by a race
  replace,  ///< it is replaced, all at once
};

/// What an output is made of.
enum class PartKind {
  file,
  directory,  ///< a store of many files
};

/// A new file or directory OUT.part-PID beside OUT, removed again with all it holds
/// unless it is published. Part files of the same OUT whose process was killed are
/// removed, too.
///
/// A live part file is told from a left one by a lock that its process holds, which ends
/// with the process: process ids are used again, and differ between containers. Where
/// locks of different kinds see each other, as on NFS, HDF5 would take this lock for its
/// own; none is taken there, and what is left is left alone.
class PartFile {
 public:
  /// The file or directory is made empty. Throws Error: io if the directory around it is
  /// missing, cannot be written, or has less than `bytes` free (the message has both
  /// figures); bad_argument if `path` is there and cannot be replaced: only regular files
  /// are, and by a directory also stores (a directory with the metadata of Zarr, or
  /// nothing, in it).
  PartFile(const std::string& path, std::uint64_t bytes, PartKind kind = PartKind::file);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// Where to write.
  [[nodiscard]] const std::string& path() const noexcept { return part_; }

  /// Syncs what was written and gives it its name. Returns false if the name is taken and
  /// what has it is to be kept. A directory takes the place of another in one step where
  /// the file system can exchange two names; else there is a moment without either, and
  /// what was there is OUT.old-PID until the new one has the name. Throws Error: io.
  [[nodiscard]] bool publish(Existing existing);

 private:
  friend void abandon_part_files() noexcept;

  void make();
  void remove() const noexcept;
  void sync() const;
  [[nodiscard]] bool rename_part(Existing existing) const;
  [[nodiscard]] bool rename_to_free_name() const;
  void replace_directory() const;

  std::string path_;
  std::string part_;
  PartKind kind_;
  int lock_ = -1;  // the descriptor that holds it
  bool is_published_ = false;
  PartFile* next_ = nullptr;  // of those that are there in this process
};

/// For a program that is about to end at once, on any thread but those that make part
/// files: removes all of this process. Calls of PartFile wait forever from then on.
void abandon_part_files() noexcept;

/// The checks of PartFile alone, for a caller that has long work to do before it writes;
/// left part files are removed before free space is looked at.
void require_place(const std::string& path, std::uint64_t bytes,
                   PartKind kind = PartKind::file);

/// Whether a file, directory or link has this name.
[[nodiscard]] bool name_is_taken(const std::string& path);

/// Whether both names lead to the same file on the disk.
[[nodiscard]] bool is_same_file(const std::string& one, const std::string& other);

}  // namespace gridgrad::io

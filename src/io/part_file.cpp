// io/part_file.cpp: write beside, sync, rename
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/part_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "left_parts.hpp"

namespace gridgrad::io {
namespace {

// Held wherever part files are made, renamed or removed, so that a signal comes before or
// after but not between. Neither has a destructor that threads could outlive.
constinit std::mutex parts_mutex;
constinit PartFile* first_part = nullptr;

std::string directory_of(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return directory.empty() ? "." : directory;
}

// Replacing a link would leave the file it leads to as it was.
std::string final_path(const std::string& path) {
  std::string name = path;
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  std::error_code ignored;
  if (!std::filesystem::is_symlink(name, ignored)) return name;
  const auto target = std::filesystem::canonical(name, ignored);
  return target.empty() ? name : target.string();
}

void require_directory(const std::string& directory) {
  struct stat status = {};
  if (stat(directory.c_str(), &status) != 0) {
    throw Error(ErrorCode::io, "output",
                "directory " + directory + ": " + system_reason());
  }
  if (!S_ISDIR(status.st_mode)) {
    throw Error(ErrorCode::io, "output", directory + " is not a directory");
  }
  if (access(directory.c_str(), W_OK | X_OK) != 0) {
    throw Error(ErrorCode::io, "output",
                "directory " + directory + ": " + system_reason());
  }
}

void require_space(const std::string& directory, std::uint64_t bytes) {
  struct statvfs space = {};
  if (statvfs(directory.c_str(), &space) != 0) {
    throw Error(ErrorCode::io, "output",
                "directory " + directory + ": " + system_reason());
  }
  const std::uint64_t available = std::uint64_t{space.f_bavail} * space.f_frsize;
  if (available < bytes) {
    throw Error(ErrorCode::io, "output",
                std::to_string(bytes) + " bytes are needed, " +
                    std::to_string(available) + " are free in " + directory);
  }
}

// A directory of anything else may be dear to its owner.
bool holds_a_store(const std::string& directory) {
  constexpr std::array<const char*, 4> metadata = {"zarr.json", ".zgroup", ".zarray",
                                                   ".zmetadata"};
  std::error_code ignored;
  if (std::filesystem::is_empty(directory, ignored)) return true;
  return std::ranges::any_of(
      metadata, [&](const char* name) { return name_is_taken(directory + "/" + name); });
}

void require_replaceable(const std::string& path, PartKind kind) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return;
  if (kind == PartKind::directory && S_ISDIR(status.st_mode)) {
    if (holds_a_store(path)) return;
    throw Error(ErrorCode::bad_argument, "output",
                path + " is a directory without a Zarr store and cannot be replaced");
  }
  throw Error(ErrorCode::bad_argument, "output",
              path + " is not a regular file and cannot be replaced");
}

// Calls `sync` with a descriptor of `path`; returns whether that went well, else see
// errno.
template <class Sync>
bool is_synced(const std::string& path, Sync sync) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_good = sync(descriptor) == 0;
  const int reason = errno;
  ::close(descriptor);
  errno = reason;
  return is_good;
}

bool can_not_rename_so() {
  return errno == EINVAL || errno == ENOSYS;
}

}  // namespace

bool name_is_taken(const std::string& path) {
  struct stat status = {};
  return lstat(path.c_str(), &status) == 0;
}

bool is_same_file(const std::string& one, const std::string& other) {
  struct stat first = {};
  struct stat second = {};
  return stat(one.c_str(), &first) == 0 && stat(other.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

void require_place(const std::string& path, std::uint64_t bytes, PartKind kind) {
  require_replaceable(path, kind);
  const std::string name = final_path(path);
  const std::string directory = directory_of(name);
  require_directory(directory);
  remove_left_parts(name);
  require_space(directory, bytes);
}

PartFile::PartFile(const std::string& path, std::uint64_t bytes, PartKind kind)
    : path_(final_path(path)), part_(part_name(path_)), kind_(kind) {
  const std::lock_guard held(parts_mutex);
  require_place(path, bytes, kind);
  make();
  lock_ = lock_part(part_);
  next_ = std::exchange(first_part, this);
}

PartFile::~PartFile() {
  const std::lock_guard held(parts_mutex);
  PartFile** link = &first_part;
  while (*link != this) link = &(*link)->next_;
  *link = next_;
  remove();
  if (lock_ >= 0) ::close(lock_);
}

void PartFile::make() {
  if (name_is_taken(part_)) {
    throw Error(ErrorCode::io, part_,
                "is there already; if no other run writes it, it can be removed");
  }
  if (kind_ == PartKind::file) {
    static_cast<void>(File::create(part_));
  } else if (constexpr mode_t every_right = 0777;
             mkdir(part_.c_str(), every_right) != 0) {
    throw Error(ErrorCode::io, part_, system_reason());
  }
}

void PartFile::remove() const noexcept {
  if (is_published_) return;
  // A library may keep the file open, which would keep its space taken.
  if (kind_ == PartKind::file && ::truncate(part_.c_str(), 0) != 0) return;
  remove_whole(part_);
}

void PartFile::sync() const {
  // Of a directory everything that its file system has not written yet: a call for each
  // of many small files takes far longer.
  if (is_synced(part_, kind_ == PartKind::file ? ::fsync : ::syncfs)) return;
  throw Error(ErrorCode::io, part_, system_reason());
}

bool PartFile::publish(Existing existing) {
  sync();
  {
    const std::lock_guard held(parts_mutex);
    if (!rename_part(existing)) return false;
    is_published_ = true;
  }
  // Some file systems have nothing to sync in a directory, and say so.
  if (is_synced(directory_of(path_), ::fsync) || errno == EINVAL) return true;
  throw Error(ErrorCode::io, path_,
              "is complete, but may lose its name in a crash: " + system_reason());
}

bool PartFile::rename_part(Existing existing) const {
  if (existing == Existing::replace && kind_ == PartKind::file) {
    if (::rename(part_.c_str(), path_.c_str()) == 0) return true;
    throw Error(ErrorCode::io, path_, system_reason());
  }
  if (rename_to_free_name()) return true;
  if (errno != EEXIST) throw Error(ErrorCode::io, path_, system_reason());
  if (existing == Existing::keep) return false;
  replace_directory();
  return true;
}

// Returns false and sets errno, to EEXIST if the name is taken.
bool PartFile::rename_to_free_name() const {
  const char* const from = part_.c_str();
  const char* const to = path_.c_str();
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  // Some file systems cannot rename without replacing. A link never replaces, and a
  // renamed directory replaces nothing but an empty one.
  if (!can_not_rename_so()) return false;
  if (kind_ == PartKind::file) {
    if (::link(from, to) != 0) return false;
    ::unlink(from);
    return true;
  }
  if (!name_is_taken(path_)) return ::rename(from, to) == 0;
  errno = EEXIST;
  return false;
}

void PartFile::replace_directory() const {
  require_replaceable(path_, kind_);  // what is there may have come meanwhile
  const char* const part = part_.c_str();
  const char* const name = path_.c_str();
  if (::renameat2(AT_FDCWD, part, AT_FDCWD, name, RENAME_EXCHANGE) == 0) {
    return remove_whole(part_);
  }
  if (!can_not_rename_so()) throw Error(ErrorCode::io, path_, system_reason());
  const std::string old = path_ + ".old-" + std::to_string(getpid());
  if (::rename(name, old.c_str()) != 0) {
    throw Error(ErrorCode::io, path_, system_reason());
  }
  if (::rename(part, name) != 0) {
    const std::string reason = system_reason();
    ::rename(old.c_str(), name);
    throw Error(ErrorCode::io, path_, reason);
  }
  // Under the name of a part file it is removed by the next run if this one is killed.
  ::rename(old.c_str(), part);
  remove_whole(part_);
}

void abandon_part_files() noexcept {
  parts_mutex.lock();
  for (const PartFile* part = first_part; part != nullptr; part = part->next_) {
    part->remove();
  }
}

}  // namespace gridgrad::io

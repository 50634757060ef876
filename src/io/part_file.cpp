// io/part_file.cpp: write beside, sync, rename
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/part_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io {
namespace {

std::string directory_of(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return directory.empty() ? "." : directory;
}

// Replacing a link would leave the file it leads to as it was.
std::string final_path(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_symlink(path, ignored)) return path;
  const auto target = std::filesystem::canonical(path, ignored);
  return target.empty() ? path : target.string();
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

void sync_path(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool is_synced = descriptor >= 0 && fsync(descriptor) == 0;
  const std::string reason = is_synced ? std::string() : system_reason();
  if (descriptor >= 0) ::close(descriptor);
  if (!is_synced) throw Error(ErrorCode::io, path, reason);
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

void require_place(const std::string& path, std::uint64_t bytes) {
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::bad_argument, "output",
                path + " is not a regular file and cannot be replaced");
  }
  const std::string directory = directory_of(final_path(path));
  require_directory(directory);
  require_space(directory, bytes);
}

PartFile::PartFile(const std::string& path, std::uint64_t bytes)
    : path_(final_path(path)), part_(path_ + ".part-" + std::to_string(getpid())) {
  require_place(path, bytes);
  // A part file of this process id can only be left over from a process that was killed.
  ::unlink(part_.c_str());
  static_cast<void>(File::create(part_));
}

PartFile::~PartFile() {
  if (!is_published_) ::unlink(part_.c_str());
}

bool PartFile::publish(Existing existing) {
  sync_path(part_, O_RDONLY);
  if (!rename_part(existing)) return false;
  is_published_ = true;
  sync_path(directory_of(path_), O_RDONLY | O_DIRECTORY);
  return true;
}

bool PartFile::rename_part(Existing existing) const {
  const char* from = part_.c_str();
  const char* to = path_.c_str();
  const bool may_replace = existing == Existing::replace;
  if (may_replace ? ::rename(from, to) == 0
                  : ::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) {
    return true;
  }
  // Some file systems cannot rename without replacing; a link never replaces.
  const bool is_unknown = errno == EINVAL || errno == ENOSYS;
  if (!may_replace && is_unknown && ::link(from, to) == 0) {
    ::unlink(from);
    return true;
  }
  if (!may_replace && errno == EEXIST) return false;
  throw Error(ErrorCode::io, path_, system_reason());
}

}  // namespace gridgrad::io

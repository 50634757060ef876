// fault.c: a library to preload that counts calls on files, and lets one of them fail
//
// SPDX-License-Identifier: BSD-3-Clause
//
// FAULT_PLACE   the directory whose files count; symbolic links resolved
// FAULT_LOG     a line is appended for every call that counts: CALL OFFSET BYTES PATH;
//               the offset of ftruncate is the new length
// FAULT_CALL    the name of the calls of which one fails, without "64"
// FAULT_NUMBER  which of them does, from 1; 0: all
// FAULT_ERROR   its errno, or "short": half of the bytes are transferred
// FAULT_ROOM    bytes that can be written in all, before the disk is full

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long calls;
static long long written;

static const char* setting(const char* name) {
  const char* const text = getenv(name);
  return text == NULL ? "" : text;
}

static int is_in_place(const char* path) {
  const char* const place = setting("FAULT_PLACE");
  return *place != '\0' && strncmp(path, place, strlen(place)) == 0;
}

// The path of an open file; empty if it does not count.
static void path_of(int descriptor, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = '\0';
  if (!is_in_place(path)) path[0] = '\0';
}

static void report(const char* call, off_t offset, ssize_t bytes, const char* path) {
  char line[PATH_MAX + 128];
  const int length = snprintf(line, sizeof line, "%s %lld %lld %s\n", call,
                              (long long)offset, (long long)bytes, path);
  const int log = (int)syscall(SYS_openat, AT_FDCWD, setting("FAULT_LOG"),
                               O_WRONLY | O_APPEND | O_CREAT, 0600);
  if (syscall(SYS_write, log, line, (size_t)length) != length) abort();
  syscall(SYS_close, log);
}

// Whether this call is the one.
static int is_chosen(const char* call) {
  if (strcmp(call, setting("FAULT_CALL")) != 0) return 0;
  const long number = atol(setting("FAULT_NUMBER"));
  return ++calls == number || number == 0;
}

static int fail(void) {
  errno = atoi(setting("FAULT_ERROR"));
  return -1;
}

// How many of `bytes` are to be transferred; -1 with errno for an error.
static ssize_t allowed(const char* call, size_t bytes) {
  if (is_chosen(call)) {
    if (strcmp(setting("FAULT_ERROR"), "short") != 0) return fail();
    return (ssize_t)(bytes / 2 > 0 ? bytes / 2 : bytes);
  }
  const char* const room = setting("FAULT_ROOM");
  if (*room == '\0' || strstr(call, "write") == NULL) return (ssize_t)bytes;
  const long long left = atoll(room) - written;
  if (left <= 0 && bytes > 0) {
    errno = ENOSPC;
    return -1;
  }
  return (long long)bytes < left ? (ssize_t)bytes : (ssize_t)left;
}

enum { at_position = -1 };

// One transfer; `number` is the system call that it is.
static ssize_t transfer(const char* call, long number, int descriptor, void* bytes,
                        size_t count, off_t offset) {
  char path[PATH_MAX];
  path_of(descriptor, path);
  const int is_positioned = offset != at_position;
  if (path[0] == '\0') {
    return is_positioned ? syscall(number, descriptor, bytes, count, offset)
                         : syscall(number, descriptor, bytes, count);
  }
  pthread_mutex_lock(&mutex);
  const off_t start = is_positioned ? offset : lseek(descriptor, 0, SEEK_CUR);
  const ssize_t most = allowed(call, count);
  ssize_t done = most;
  if (most >= 0) {
    done = is_positioned ? syscall(number, descriptor, bytes, (size_t)most, offset)
                         : syscall(number, descriptor, bytes, (size_t)most);
  }
  const int reason = errno;
  if (done > 0 && strstr(call, "write") != NULL) written += done;
  report(call, start, done, path);
  pthread_mutex_unlock(&mutex);
  errno = reason;
  return done;
}

ssize_t read(int descriptor, void* bytes, size_t count) {
  return transfer("read", SYS_read, descriptor, bytes, count, at_position);
}

ssize_t pread(int descriptor, void* bytes, size_t count, off_t offset) {
  return transfer("pread", SYS_pread64, descriptor, bytes, count, offset);
}

ssize_t pread64(int descriptor, void* bytes, size_t count, off_t offset) {
  return pread(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  return transfer("write", SYS_write, descriptor, (void*)bytes, count, at_position);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return transfer("pwrite", SYS_pwrite64, descriptor, (void*)bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

// What has no bytes to count: the call is made unless it is to fail.
#define CALL_OF_PATH(name, path, offset, made) \
  do {                                         \
    int is_to_fail = 0;                        \
    if (is_in_place(path)) {                   \
      pthread_mutex_lock(&mutex);              \
      is_to_fail = is_chosen(name);            \
      report(name, offset, 0, path);           \
      pthread_mutex_unlock(&mutex);            \
    }                                          \
    return is_to_fail ? fail() : (int)(made);  \
  } while (0)

static int of_descriptor(const char* call, long number, int descriptor, off_t length) {
  char path[PATH_MAX];
  path_of(descriptor, path);
  CALL_OF_PATH(call, path, length, syscall(number, descriptor, length));
}

int fsync(int descriptor) {
  return of_descriptor("fsync", SYS_fsync, descriptor, 0);
}

int fdatasync(int descriptor) {
  return of_descriptor("fdatasync", SYS_fdatasync, descriptor, 0);
}

int syncfs(int descriptor) {
  return of_descriptor("syncfs", SYS_syncfs, descriptor, 0);
}

int ftruncate(int descriptor, off_t length) {
  return of_descriptor("ftruncate", SYS_ftruncate, descriptor, length);
}

int ftruncate64(int descriptor, off_t length) {
  return ftruncate(descriptor, length);
}

// Names are given as they are: relative to the directory of the run, which is the place.
static void full_path(const char* name, char path[PATH_MAX]) {
  if (name[0] == '/') {
    snprintf(path, PATH_MAX, "%s", name);
  } else {
    snprintf(path, PATH_MAX, "%s/%s", setting("FAULT_PLACE"), name);
  }
}

int rename(const char* from, const char* to) {
  char path[PATH_MAX];
  full_path(to, path);
  CALL_OF_PATH("rename", path, 0,
               syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int renameat2(int from_place, const char* from, int to_place, const char* to,
              unsigned flags) {
  char path[PATH_MAX];
  full_path(to, path);
  CALL_OF_PATH("renameat2", path, 0,
               syscall(SYS_renameat2, from_place, from, to_place, to, flags));
}

int link(const char* from, const char* to) {
  char path[PATH_MAX];
  full_path(to, path);
  CALL_OF_PATH("link", path, 0, syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

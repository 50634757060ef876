// cli/interrupt.cpp: a signal handler and the one path it needs
//
// SPDX-License-Identifier: BSD-3-Clause

#include "interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "exit_code.hpp"

namespace gridgrad::cli {
namespace {

// A handler may neither allocate nor lock; the text lives as long as the part file.
std::atomic<const char*> path_to_remove = nullptr;
static_assert(std::atomic<const char*>::is_always_lock_free);

extern "C" void on_signal(int) {
  const char* const path = path_to_remove.load();
  if (path != nullptr) ::unlink(path);
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

}  // namespace

RemoveOnSignal::RemoveOnSignal(const std::string& path) {
  path_to_remove = path.c_str();
}

RemoveOnSignal::~RemoveOnSignal() {
  path_to_remove = nullptr;
}

void exit_on_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before = {};
    sigaction(signal, nullptr, &before);
    // A job in the background of a script was told to ignore the keyboard.
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
}

}  // namespace gridgrad::cli

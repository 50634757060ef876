// cli/interrupt.cpp: a thread that waits for signals, and may do what a handler may not
//
// SPDX-License-Identifier: BSD-3-Clause

#include "interrupt.hpp"

#include <pthread.h>
#include <unistd.h>

#include <csignal>

#include "exit_code.hpp"
#include "gridgrad/io/part_file.hpp"

namespace gridgrad::cli {
namespace {

// Written before the thread that waits is started.
sigset_t awaited;
pthread_t waiting;

bool is_ignored(int signal) {
  struct sigaction action = {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

[[noreturn]] void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  std::raise(signal);
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

extern "C" void* wait_for_signals(void*) {
  int signal = 0;
  while (sigwait(&awaited, &signal) != 0) continue;
  io::abandon_part_files();
  if (signal == SIGPIPE || signal == SIGQUIT) end_by(signal);
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

// SIGPIPE comes to the thread that wrote, whatever others wait for.
extern "C" void hand_over(int signal) {
  pthread_kill(waiting, signal);
  for (;;) pause();
}

}  // namespace

void exit_on_signals() {
  sigemptyset(&awaited);
  for (const int signal : {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU}) {
    if (!is_ignored(signal)) sigaddset(&awaited, signal);
  }
  std::signal(SIGXFSZ, SIG_IGN);
  // Threads inherit what is blocked.
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &awaited, &before);
  const bool is_waiting =
      pthread_create(&waiting, nullptr, wait_for_signals, nullptr) == 0;
  if (!is_waiting) {
    // Where not even one thread can be had, signals do what they always do.
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return;
  }
  pthread_detach(waiting);
  if (sigismember(&awaited, SIGPIPE) == 0) return;
  struct sigaction action = {};
  action.sa_handler = hand_over;
  sigemptyset(&action.sa_mask);
  sigaction(SIGPIPE, &action, nullptr);
  sigset_t pipe_only;
  sigemptyset(&pipe_only);
  sigaddset(&pipe_only, SIGPIPE);
  pthread_sigmask(SIG_UNBLOCK, &pipe_only, nullptr);
}

}  // namespace gridgrad::cli

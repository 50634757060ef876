// cli/interrupt.cpp: a thread that waits for signals, and may do what a handler may not
//
// SPDX-License-Identifier: BSD-3-Clause

#include "interrupt.hpp"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "exit_code.hpp"
#include "gridgrad/io/part_file.hpp"

namespace gridgrad::cli {
namespace {

// Written before the thread that waits is started.
sigset_t awaited;
pthread_t waiting;
bool is_called = false;

bool is_ignored(int signal) {
  struct sigaction action = {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

// Sanitizers have handlers of their own.
bool is_default(int signal) {
  struct sigaction action = {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_DFL;
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
  const auto asks = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
  const bool is_asked = std::ranges::find(asks, signal) != asks.end();
  // What a thread that crashed has locked stays so.
  constexpr unsigned most_seconds = 10;
  if (!is_asked) alarm(most_seconds);
  io::abandon_part_files();
  if (!is_asked) end_by(signal);
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

// These signals come to the thread that wrote or crashed, whatever others wait for.
extern "C" void hand_over(int signal) {
  pthread_kill(waiting, signal);
  for (;;) pause();
}

void hand_over_signals(const sigset_t& signals) {
  struct sigaction action = {};
  action.sa_handler = hand_over;
  sigemptyset(&action.sa_mask);
  for (int signal = 1; signal < NSIG; ++signal) {
    if (sigismember(&signals, signal) == 1) sigaction(signal, &action, nullptr);
  }
}

}  // namespace

void exit_on_signals() {
  if (std::exchange(is_called, true)) return;
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  sigemptyset(&awaited);
  sigset_t handed_over = awaited;
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU}) {
    if (!is_ignored(signal)) sigaddset(&awaited, signal);
  }
  const sigset_t blocked = awaited;
  for (const int signal : {SIGPIPE, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV}) {
    if (!is_default(signal)) continue;
    sigaddset(&awaited, signal);
    sigaddset(&handed_over, signal);
  }
  std::signal(SIGXFSZ, SIG_IGN);
  // Threads inherit what is blocked.
  pthread_sigmask(SIG_BLOCK, &awaited, nullptr);
  const bool is_waiting =
      pthread_create(&waiting, nullptr, wait_for_signals, nullptr) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  // Where not even one thread can be had, signals do what they always do.
  if (!is_waiting) return;
  pthread_detach(waiting);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
  hand_over_signals(handed_over);
}

}  // namespace gridgrad::cli

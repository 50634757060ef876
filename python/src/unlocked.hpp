// unlocked.hpp: letting other threads of Python run
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cxxabi.h>
#include <nanobind/nanobind.h>
#include <unistd.h>

namespace gridgrad::python {

// Releases the interpreter while it lives. Not nanobind's: where the interpreter has
// ended meanwhile, Python ends a daemon thread by unwinding its stack, which no
// destructor lets pass; the thread stays here instead, as it does from Python 3.14 on.
class Unlocked {
 public:
  Unlocked() : state_(PyEval_SaveThread()) {}
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;
  ~Unlocked() {
    try {
      PyEval_RestoreThread(state_);
    } catch (const abi::__forced_unwind&) {
      for (;;) pause();
    }
  }

 private:
  PyThreadState* state_;
};

}  // namespace gridgrad::python

// gridgrad/error.hpp: the one exception type the library throws
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "gridgrad/api.hpp"

namespace gridgrad {

/// Why a call was refused. Names are stable; the tool and the bindings map them.
enum class ErrorCode {
  bad_argument,     ///< a value is outside its documented range
  bad_axis,         ///< an axis does not exist or is named twice
  bad_shape,        ///< two arrays that must agree in shape do not
  bad_type,         ///< an element type that the call does not take
  too_few_samples,  ///< an axis is shorter than the stencil needs
  unsupported,      ///< a format, filter or type that this build cannot read
  io,               ///< a file could not be read, parsed or written
};

/// Thrown before any output is written: a call that throws has changed nothing.
///
/// `what()` is "argument: message"; the message says what was given and what is accepted.
class GRIDGRAD_API Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string argument, const std::string& message)
      : std::runtime_error(argument + ": " + message),
        code_(code),
        argument_(std::move(argument)) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

  /// The name of the argument at fault, as it stands in the documentation.
  [[nodiscard]] const std::string& argument() const noexcept { return argument_; }

 private:
  ErrorCode code_;
  std::string argument_;
};

}  // namespace gridgrad

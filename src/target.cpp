// target.cpp: the instruction sets, as users see them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/target.hpp"

#include "gridgrad/error.hpp"
#include "kernels/targets.hpp"

namespace gridgrad {

std::vector<std::string> available_targets() {
  return kernels::targets();
}

std::string active_target() {
  return kernels::chosen_target();
}

void force_target(std::string_view name) {
  kernels::ensure_target();
  if (kernels::choose_target(name)) return;
  std::string message = "'" + std::string(name) + "' given; this CPU has";
  for (const std::string& target : kernels::targets()) message += " " + target;
  throw Error(ErrorCode::bad_argument, "target", message);
}

}  // namespace gridgrad

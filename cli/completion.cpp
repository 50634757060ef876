// cli/completion.cpp: the shell that was asked for
//
// SPDX-License-Identifier: BSD-3-Clause

#include "completion.hpp"

namespace gridgrad::cli {

std::string completion_script(const OptionTree& tree, Shell shell) {
  switch (shell) {
    case Shell::bash:
      return bash_completion(tree);
    case Shell::zsh:
      return zsh_completion(tree);
    case Shell::fish:
      break;
  }
  return fish_completion(tree);
}

}  // namespace gridgrad::cli
